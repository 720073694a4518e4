"""The page of one article: what was read in it and why, what people corrected, its story, what the outlet changed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from runtime.retry import BusyError

from search.api.forms import name_of
from search.api.gateway import Gateway, gateway_of
from search.api.notices import notice_of
from search.api.pages import html, unit_options
from search.api.shapes import article_whole
from search.domain.filters import Filters, Sort
from search.web.answering import token
from search.web.article_view import Box, boxes, machine_words, others, suggestions, tone_box
from search.web.changes import Change, changes
from search.web.history import entries
from search.web.passages import paragraphs

router = APIRouter(include_in_schema=False)

Here = Annotated[Gateway, Depends(gateway_of)]
MAX_RELATED = 6
MAX_REVISIONS = 8
"""Shown side by side; the API has all."""


@router.get("/berita/{article_id}")
def article_page(article_id: str, request: Request, gateway: Here) -> HTMLResponse:
    """Show one article with what was read in it, why it came to whom, and the forms that correct it."""
    try:
        source = gateway.library.get(article_id) if len(article_id) <= 64 else None
        if source is None:
            return html("pesan.html", 404, title="Berita tidak ditemukan", text="Periksa alamatnya, atau cari lagi.")
        related = _related(source, gateway)
    except BusyError:
        return html("pesan.html", 503, title="Mesin pencari sedang tidak menjawab", text="Coba lagi sebentar lagi.")
    item = article_whole(source, gateway.vocabulary)
    back = f"/berita/{article_id}"
    found = boxes(item, gateway.vocabulary, back)
    numbers = {box.mention["id"]: box.number for box in found if box.number}
    return html(
        "berita.html",
        item=item,
        kinds=[
            (gateway.vocabulary.label("category", one), item["category_cues"].get(one, ())) for one in item["category"]
        ],
        boxes=found,
        tone=tone_box(item, back),
        machine=machine_words(item, gateway.vocabulary),
        paragraphs=paragraphs(item["text"], item["reading"].get("mentions", ()), numbers),
        others=others(item["reading"]),
        suggestions=suggestions(item, gateway.vocabulary, back),
        related=related,
        back=back,
        token=token(),
        name=name_of(request),
        notice=notice_of(request, gateway),
        can_correct=gateway.desk.corrections is not None,
        choices=_choices(found, gateway),
        now=gateway.clock.now(),
        **_learnt(article_id, gateway),
    )


def _learnt(article_id: str, gateway: Gateway) -> dict[str, Any]:
    """Return the history and the changes; without them, where their store does not answer, and that is told."""
    desk = gateway.desk
    history: list[Any] = []
    changed: list[Change] = []
    missing = False
    try:
        history = entries(desk.corrections.history(article_id), gateway.vocabulary) if desk.corrections else []
        changed = changes(_entries(article_id, gateway))
    except BusyError:
        missing = True
    return {"history": history, "changes": changed, "learnt_missing": missing}


def _entries(article_id: str, gateway: Gateway) -> list[dict[str, Any]]:
    """Return what is kept of the page, the texts of its newest revisions included."""
    found = gateway.library.page_entries(article_id)
    numbers = sorted(one["revision"] for one in found if one["entry"] == "revision")
    wanted = numbers[-MAX_REVISIONS:] if len(numbers) > 1 else []
    texts = [one for number in wanted if (one := gateway.library.revision(article_id, number)) is not None]
    return [*texts, *(one for one in found if one["entry"] != "revision")]


def _related(source: dict[str, Any], gateway: Gateway) -> dict[str, Any]:
    """Return the others of the story: how many, the first of them, and what this one copies or picks up."""
    story = source.get("story_id")
    if not story or source.get("story_articles", 1) < 2:
        return {}
    found = gateway.library.find(Filters(story=(story,)), Sort.OLDEST, MAX_RELATED, (), None)
    members = [hit.source for hit in found.hits]
    wanted = {key: source.get(key) for key in ("copy_of", "release_of")}
    known = {one["article_id"]: one for one in members}
    named = {key: known.get(value) or gateway.library.get(value) for key, value in wanted.items() if value is not None}
    return {"total": found.total, "members": members, **named}


def _choices(found: list[Box], gateway: Gateway) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be added, as groups of (kind:id, name): OPD first, then the units of each."""
    there = {(box.mention["kind"], box.mention["id"]) for box in found}
    opd = sorted(gateway.vocabulary.opd.items(), key=lambda pair: pair[1])
    groups = [("OPD", [(f"opd:{key}", name) for key, name in opd if ("opd", key) not in there])]
    for parent, units in unit_options(gateway):
        groups.append((parent, [(f"unit:{key}", name) for key, name in units if ("unit", key) not in there]))
    return [group for group in groups if group[1]]
