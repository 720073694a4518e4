"""The page of one story: its articles from the first on, who copied whom, and how people join and set apart."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from runtime.retry import BusyError

from search.api.answers import ask_name, message
from search.api.forms import name_of, read_form, remember_name, single, tidy_name
from search.api.gateway import Gateway, gateway_of
from search.api.pages import html
from search.api.shapes import article_item
from search.domain.conditions import CLASSES
from search.domain.desk import Seen, Stories, StoryMovedError
from search.domain.filters import Filters, Sort
from search.domain.problems import InvalidRequestError
from search.domain.stats import GroupBy, buckets_of
from search.web.story_view import members_of, opinions

router = APIRouter(include_in_schema=False)

Here = Annotated[Gateway, Depends(gateway_of)]
Form = Annotated[dict[str, list[str]], Depends(read_form)]
MAX_MEMBERS = 200
MAX_WHY_CHARS = 500
MAX_VERSION_CHARS = 40
MAX_KEPT = 100
"""Fields that are kept in the address, which must stay shorter than proxies allow."""
_NOTHING_LOST = (
    "Yang Anda minta belum dikerjakan, tetapi tidak hilang: kembali, lihat ceritanya sekarang, lalu tekan lagi bila "
    "masih perlu."
)
_ID = re.compile(r"^[0-9a-z][0-9a-z-]{0,63}$")
_GIVEN = re.compile(r"(?:.*/(?:cerita|berita)/)?([0-9a-z][0-9a-z-]{0,63})/?(?:[?#].*)?$")
_AWAY = "Perubahan Anda belum tersimpan. Coba lagi sebentar lagi."


@router.get("/cerita/{story_id}")
def story_page(story_id: str, request: Request, gateway: Here) -> Response:
    """Show a story with its articles; the old name of a story that was merged leads to the new one."""
    if not _ID.match(story_id):
        return message(404, "Cerita tidak ditemukan", "Periksa alamatnya, atau buka dari halaman beritanya.")
    try:
        # The version first: what is shown may then be newer than it, never older.
        known = gateway.desk.stories.story(story_id) if gateway.desk.stories else None
        found = gateway.library.find(Filters(story=(story_id,)), Sort.OLDEST, MAX_MEMBERS, (), None)
        if not found.hits and known and known["story_id"] != story_id:
            return RedirectResponse(f"/cerita/{known['story_id']}?{request.url.query}", 302)
        if not found.hits:
            return message(404, "Cerita tidak ditemukan", "Ceritanya mungkin sudah digabung dengan cerita lain.")
        facts = gateway.library.story_facts([story_id]).get(story_id)
        cells = gateway.library.counts(Filters(story=(story_id,)), GroupBy.OPD, None)
    except BusyError:
        return message(503, "Mesin pencari sedang tidak menjawab", "Coba lagi sebentar lagi.")
    items = [article_item(hit.source, gateway.vocabulary) for hit in found.hits]
    members = members_of(items, known or {})
    return html(
        "cerita.html",
        story_id=story_id,
        total=found.total,
        members=members,
        title=next(one.item["title"] for one in members if one.represents),
        reason=(known or {}).get("reason", ""),
        decided=(known or {}).get("decided", ()),
        seen=_shown(known or {}),
        kept=_kept(request),
        outlets=len({one["outlet"] for one in items if not one["own_of"]}) or 1,
        tones=[(label, facts.tones[label]) for label in CLASSES] if facts else [],
        opinions=opinions(buckets_of(GroupBy.OPD, cells, []), story_id, gateway.vocabulary),
        can_change=gateway.desk.stories is not None,
        name=name_of(request),
        saved=request.query_params.get("tersimpan") == "ya",
        sample=any(one["sample"] for one in items),
        now=gateway.clock.now(),
    )


@router.post("/cerita/{story_id}/gabung")
def merge(story_id: str, request: Request, gateway: Here, form: Form) -> Response:
    """Join this story with another one, which is named by its code, its address, or an article of it."""
    other = _other_story(single(form, "lain"), gateway)
    if other is None:
        unknown = "Tempel alamat halaman cerita, atau alamat halaman berita di Pantau, yang hendak digabung."
        return message(422, "Cerita lain itu tidak ditemukan", unknown, f"/cerita/{story_id}")
    change = _Change(story_id, "gabung", lambda desk, by, why: desk.merge(story_id, other, by, why, seen=_seen(form)))
    return _changed(change, request, gateway, form)


@router.post("/cerita/{story_id}/pisah")
def split(story_id: str, request: Request, gateway: Here, form: Form) -> Response:
    """Set the articles that are ticked apart from the story."""
    chosen = [one for one in form.get("berita", []) if one]
    if not chosen:
        return message(
            422, "Belum ada yang dipilih", "Beri centang pada berita yang bukan cerita ini.", f"/cerita/{story_id}"
        )
    change = _Change(story_id, "pisah", lambda desk, by, why: desk.split(story_id, chosen, by, why, seen=_seen(form)))
    return _changed(change, request, gateway, form)


@dataclass(frozen=True)
class _Change:
    """What is done to a story, and the end of the address that does it."""

    story_id: str
    verb: str
    do: Callable[[Stories, str, str], None]


def _changed(change: _Change, request: Request, gateway: Gateway, form: dict[str, list[str]]) -> Response:
    desk = gateway.desk.stories
    back = f"/cerita/{change.story_id}"
    name = tidy_name(single(form, "nama")) or name_of(request)
    if desk is None or not _ID.match(change.story_id):
        return message(404, "Cerita tidak ditemukan", "Pemasangan ini belum mengelompokkan berita.")
    if not name:
        return ask_name(form, f"{back}/{change.verb}")
    try:
        change.do(desk, name, single(form, "alasan")[:MAX_WHY_CHARS])
    except BusyError:
        return message(503, "Belum tersimpan", _AWAY, back)
    except StoryMovedError as error:
        again = f"{back}?{_as_query(form)}"
        return message(409, "Cerita ini baru saja berubah", f"{error} {_NOTHING_LOST}", again)
    except InvalidRequestError as error:
        return message(422, "Perubahan ini tidak dapat disimpan", " ".join(one.message for one in error.flaws), back)
    response = RedirectResponse(f"{back}?tersimpan=ya", 303)
    remember_name(request, response, name)
    return response


def _shown(known: Mapping[str, Any]) -> Seen:
    """Return what the page shows of a story, to be sent back with what a person decides."""
    decided: Sequence[Mapping[str, Any]] = known.get("decided") or ({},)
    return Seen(known.get("version", ""), decided[0].get("decision_id", ""))


def _seen(form: dict[str, list[str]]) -> Seen:
    return Seen(single(form, "versi")[:MAX_VERSION_CHARS], single(form, "putusan")[:MAX_VERSION_CHARS])


@dataclass(frozen=True)
class _Kept:
    """What somebody had filled in when the story changed under them."""

    ticked: frozenset[str]
    other: str
    why: str


def _kept(request: Request) -> _Kept:
    given = request.query_params
    ticked = frozenset(given.getlist("berita"))
    return _Kept(ticked, given.get("lain", "")[:MAX_WHY_CHARS], given.get("alasan", "")[:MAX_WHY_CHARS])


def _as_query(form: dict[str, list[str]]) -> str:
    """Return what was filled in as part of the page's address, so that it stands there again."""
    pairs = [(name, value) for name in ("lain", "alasan", "berita") for value in form.get(name, ()) if value]
    return urlencode([(name, value[:MAX_WHY_CHARS]) for name, value in pairs[:MAX_KEPT]])


def _other_story(given: str, gateway: Gateway) -> str | None:
    """Return the story that somebody means by a code or an address; None where there is none."""
    match = _GIVEN.match(given.strip())
    if match is None:
        return None
    source = gateway.library.get(match[1])
    story: str | None = source.get("story_id") if source else None
    if story is not None and "/cerita/" not in given:
        return story
    found = gateway.library.find(Filters(story=(match[1],)), Sort.NEWEST, 1, (), None)
    return match[1] if found.hits else story
