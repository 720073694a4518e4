"""What a person should read: `/v1/needs-reading` for systems, `/perlu-dibaca` for people."""

from collections import Counter
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from runtime.retry import BusyError

from search.api import described, parameters, refusals
from search.api.articles import answer_articles
from search.api.forms import name_of
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.models import NeedsReadingOut
from search.api.notices import notice_of
from search.api.pages import html, unit_options
from search.domain.asking import ArticlesAsk, Raw, read_articles_ask
from search.domain.conditions import CLASSES, NEEDS_READING
from search.domain.filters import Filters, Sort
from search.domain.problems import ExpiredCursorError, InvalidCursorError, InvalidRequestError
from search.domain.questions import Question, questions_of
from search.domain.stats import GroupBy
from search.web import view
from search.web.address import Address
from search.web.answering import question_forms, token

router = APIRouter()

Here = Annotated[Gateway, Depends(gateway_of)]
PAGE = "/perlu-dibaca"
PAGE_SIZE = 20
SCOPE = ("opd", "unit", "bakorwil")
SORTS = ((Sort.SEVERITY, "Keparahan tertinggi"), (Sort.NEWEST, "Terbaru"))


@router.get(
    "/v1/needs-reading",
    tags=["articles"],
    dependencies=[parameters.Filters, parameters.Learnt, parameters.Articles],
    **refusals.also(described.NEEDS_READING, refusals.CURSOR),
)
def needs_reading(request: Request, gateway: Here) -> NeedsReadingOut:
    """List what is too uncertain to count, the gravest first, with the questions that a person can answer."""
    ask = read_queue_ask(raw_parameters(request), gateway)
    return NeedsReadingOut.model_validate(_queue(ask, gateway))


def read_queue_ask(raw: Raw, gateway: Gateway) -> ArticlesAsk:
    """Return the page of the queue that is asked for. Raises InvalidRequestError and InvalidCursorError."""
    asked = {"sort": [str(Sort.SEVERITY)], **raw, "needs_reading": ["true"]}
    return read_articles_ask(asked, gateway.vocabulary, gateway.cursor_key)


def _queue(ask: ArticlesAsk, gateway: Gateway) -> dict[str, Any]:
    answer = answer_articles(ask, gateway)
    items = [
        {"article": item, "questions": [_plain(one) for one in _questions(ask, item, gateway)]}
        for item in answer["items"]
    ]
    return {"total": answer["total"], "items": items, "next": answer["next"], "facets": answer["facets"]}


def _questions(ask: ArticlesAsk, item: dict[str, Any], gateway: Gateway) -> list[Question]:
    return questions_of(item, gateway.vocabulary, (*ask.filters.opd, *ask.filters.unit))


def _plain(one: Question) -> dict[str, Any]:
    return {
        "about": one.about,
        "kind": one.kind or None,
        "id": one.entity_id or None,
        "label": one.label,
        "guess": one.guess,
        "score": one.score,
        "evidence": one.evidence,
        "cues": list(one.cues),
        "speaker": one.speaker or None,
        "reason": one.reason,
    }


@router.get(PAGE, include_in_schema=False)
def queue_page(request: Request, gateway: Here) -> HTMLResponse:
    """Show what is to be read, each question with the buttons that answer it."""
    known = (*SCOPE, "sort", "cursor", "hal")
    address = Address.of({name: request.query_params.getlist(name) for name in known}, PAGE)
    frame = _frame(address, gateway) | {"name": name_of(request), "notice": None}
    try:
        ask = read_queue_ask(
            {name: address.values(name) for name in (*SCOPE, "sort", "cursor") if address.values(name)}
            | {"size": [str(PAGE_SIZE)]},
            gateway,
        )
        frame["notice"] = notice_of(request, gateway)
        return html("perlu_dibaca.html", **(frame | _results(ask, address, gateway)))
    except InvalidRequestError as error:
        return html("perlu_dibaca.html", 422, **(frame | {"flaws": error.flaws}))
    except (InvalidCursorError, ExpiredCursorError):
        return html("perlu_dibaca.html", 410, **(frame | {"expired": True}))
    except BusyError:
        return html("perlu_dibaca.html", 503, **(frame | {"away": True}))


def _frame(address: Address, gateway: Gateway) -> dict[str, Any]:
    names = gateway.vocabulary
    sort = address.value("sort") or Sort.SEVERITY
    return {
        "address": address,
        "opd_options": sorted(names.opd.items(), key=lambda pair: pair[1]),
        "unit_options": unit_options(gateway),
        "bakorwil_options": list(names.bakorwil.items()),
        "sorts": [
            (label, address.put(sort="" if one is Sort.SEVERITY else str(one)).href, one == sort)
            for one, label in SORTS
        ],
        "first_page": address.drop("cursor").href,
        "flaws": (),
        "away": False,
        "expired": False,
    }


def _results(ask: ArticlesAsk, address: Address, gateway: Gateway) -> dict[str, Any]:
    answer = answer_articles(ask, gateway)
    page = int(address.value("hal")) if address.value("hal").isdigit() and len(address.value("hal")) < 6 else 1
    back = address.href
    cards = [
        {
            "item": item,
            "row": view.row(item, address, gateway.vocabulary),
            "forms": question_forms(item, _questions(ask, item, gateway), back),
        }
        for item in answer["items"]
    ]
    return {
        "total": answer["total"],
        "cards": cards,
        "token": token(),
        "scope": ", ".join(gateway.vocabulary.label(name, value) for name in SCOPE for value in address.values(name)),
        "waiting": [
            (
                gateway.vocabulary.label("opd", key),
                count,
                address.drop("unit").put(opd=key).href,
                key in ask.filters.opd,
            )
            for key, count in waiting_per_opd(ask.filters, gateway)
        ],
        "now": gateway.clock.now(),
        "can_answer": gateway.desk.corrections is not None,
        "sample": any(card["item"]["sample"] for card in cards),
        "next_page": address.turn(answer["next"], page + 1).href if answer["next"] else None,
        "page_number": page,
    }


def waiting_per_opd(filters: Filters, gateway: Gateway) -> list[tuple[str, int]]:
    """Return (OPD, articles to read) as each OPD's own queue counts them, the most first.

    To an OPD's queue belong the articles about it whose tone is unsure, and those that are unsure about itself.
    """
    base = Filters(bakorwil=filters.bakorwil)
    unsure = gateway.library.find(replace(base, tone=(NEEDS_READING,)), Sort.NEWEST, 1, ("opd",), None)
    sums = Counter(dict(unsure.facets["opd"]))
    sure = replace(base, tone=tuple(one for one in CLASSES if one != NEEDS_READING))
    for cell in gateway.library.counts(sure, GroupBy.OPD, None):
        if cell.label == NEEDS_READING:
            sums[cell.key] += cell.count
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
