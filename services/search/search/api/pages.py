"""The search page, and what all pages are made with: templates, static files."""

import hashlib
from datetime import timedelta
from importlib import resources
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from runtime.retry import BusyError

from search.api.articles import answer_articles
from search.api.gateway import Gateway, gateway_of
from search.domain.asking import ARTICLE_PARAMETERS, ArticlesAsk, read_articles_ask
from search.domain.filters import CLOSED, OPEN, SINGLE, Filters
from search.domain.problems import ExpiredCursorError, Flaw, InvalidCursorError, InvalidRequestError
from search.domain.query.dates import WIB
from search.domain.stats import GroupBy, Interval, buckets_of, coarser, slots
from search.web import view, words
from search.web.address import Address

router = APIRouter(include_in_schema=False)

Here = Annotated[Gateway, Depends(gateway_of)]
PAGE_SIZE = 25
FACETS = ("tone", "origin", "outlet", "category", "region", "bakorwil", "unit")
STATIC = {
    "pantau.css": "text/css; charset=utf-8",
    "pantau.js": "text/javascript; charset=utf-8",
    "pantau.svg": "image/svg+xml",
}
MAX_BARS = 70
KEPT = (*CLOSED, *OPEN, *SINGLE)
CHOSEN = ("opd", "unit", "sentiment", "tone", "bakorwil", "region", "origin", "copies")
"""The filters that a list of the form shows; all others stay in force as hidden fields."""


def _static(name: str) -> bytes:
    return resources.files("search.web").joinpath("static", name).read_bytes()


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("search.web"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "moment": words.moment,
        "long_moment": words.long_moment,
        "number": words.number,
        "certainty": words.certainty,
        "percent": words.percent,
        # Highlights come escaped from the cluster, with our own marks as the only markup.
        "marked": Markup,
    }
    made.globals |= {"words": words, "static": {name: f"/static/{_fingerprint(name)}/{name}" for name in STATIC}}
    return made


def _fingerprint(name: str) -> str:
    return hashlib.sha256(_static(name)).hexdigest()[:10]


TEMPLATES = _environment()


def html(name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Return a page. It may carry the name of who reads it, so nobody else keeps it."""
    headers = {"Cache-Control": "private, no-cache"}
    return HTMLResponse(TEMPLATES.get_template(name).render(**values), status, headers)


@router.get("/static/{fingerprint}/{name}")
def static(fingerprint: str, name: str) -> Response:  # noqa: ARG001 - it only makes the address change with the file
    if name not in STATIC:
        return Response(status_code=404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_static(name), media_type=STATIC[name], headers=headers)


@router.get("/favicon.ico")
def favicon() -> Response:
    return Response(_static("pantau.svg"), media_type=STATIC["pantau.svg"])


@router.get("/")
def search_page(request: Request, gateway: Here) -> HTMLResponse:
    """Show the results of the search that the address describes."""
    known = {
        name: request.query_params.getlist(name)
        for name in (*ARTICLE_PARAMETERS, "hal")
        if name in request.query_params
    }
    address = Address.of(known)
    frame = _frame(address, gateway)
    try:
        ask = read_articles_ask(_asked(address), gateway.vocabulary, gateway.cursor_key)
        return html("cari.html", **(frame | _results(ask, address, gateway)))
    except InvalidRequestError as error:
        return html("cari.html", 422, **(frame | {"flaws": error.flaws}))
    except (InvalidCursorError, ExpiredCursorError):
        first = address.drop("cursor").href
        flaw = Flaw("cursor", "Halaman hasil ini tidak berlaku lagi.", hint="Mulai lagi dari halaman pertama.")
        return html("cari.html", 410, **(frame | {"flaws": (flaw,), "first_page": first}))
    except BusyError:
        return html("cari.html", 503, **(frame | {"away": True}))


def _asked(address: Address) -> dict[str, list[str]]:
    asked = {name: address.values(name) for name, _ in address.pairs if name not in ("hal", "size", "facets")}
    return asked | {"size": [str(PAGE_SIZE)], "facets": list(FACETS)}


def unit_options(gateway: Gateway) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the province's units as (id, name) under the name of their OPD."""
    units: dict[str, list[tuple[str, str]]] = {}
    for unit in gateway.gazetteer.provincial_units:
        units.setdefault(gateway.vocabulary.opd.get(unit.parent_opd or "", ""), []).append((unit.id, unit.name))
    return sorted(units.items())


def _frame(address: Address, gateway: Gateway) -> dict[str, Any]:
    """Return what the page shows also when nothing can be found."""
    names = gateway.vocabulary
    today = gateway.clock.now().astimezone(WIB).date()
    periods = [
        (label, address.put(from_=f"{today - timedelta(days=days)}", to=f"{today}").href)
        for label, days in (("Hari ini", 0), ("7 hari", 6), ("30 hari", 29))
    ]
    return {
        "address": address,
        "chips": view.chips(address, names),
        "toward": view.toward(address, names),
        "kept": {name: address.values(name) for name in KEPT if name not in CHOSEN or address.several(name)},
        "examples": [(text, note, address.put(q=text).href) for text, note in view.EXAMPLES],
        "opd_options": sorted(names.opd.items(), key=lambda pair: pair[1]),
        "unit_options": unit_options(gateway),
        "bakorwil_options": list(names.bakorwil.items()),
        "region_options": sorted(names.region.items(), key=lambda pair: pair[1].split(" ", 1)[-1]),
        "periods": periods,
        "flaws": (),
        "away": False,
    }


def _results(ask: ArticlesAsk, address: Address, gateway: Gateway) -> dict[str, Any]:
    answer = answer_articles(ask, gateway)
    filters = ask.filters
    by_opd = buckets_of(GroupBy.OPD, gateway.library.counts(filters, GroupBy.OPD, None), [])
    page = int(address.value("hal")) if address.value("hal").isdigit() and len(address.value("hal")) < 6 else 1
    rows = view.rows(answer["items"], address, gateway.vocabulary)
    return {
        "total": answer["total"],
        "rows": rows,
        "sample": any(row.item["sample"] for row in rows),
        "now": gateway.clock.now(),
        "showing": view.showing(page, PAGE_SIZE, len(rows), answer["total"]),
        "sorts": view.sort_links(address, has_query=ask.filters.query is not None),
        "next_page": address.turn(answer["next"], page + 1).href if answer["next"] else None,
        "first_page": address.drop("cursor").href if page > 1 else None,
        "facets": answer["facets"],
        "outlet_names": {item["outlet"]: item["outlet_name"] for item in answer["items"]},
        **_earned(address),
        "suggestions": _suggestions(address, gateway),
        "strips": view.strips(by_opd, address, gateway.vocabulary),
        "days": _days(filters, address, gateway),
    }


def _suggestions(address: Address, gateway: Gateway) -> tuple[str, str] | None:
    """Return the one agency asked for and the address of what is suggested to it, or None."""
    asked = address.values("opd")
    if len(asked) != 1:
        return None
    label = gateway.vocabulary.label("opd", asked[0])
    return label, address.drop("opd").drop("sentiment").put(suggested=asked[0]).href


def _earned(address: Address) -> dict[str, Any]:
    """Return the address that counts what media wrote themselves alone, or, where it does so already, all."""
    only = address.values("origin") == ["earned"]
    return {"earned_only": only, "earned_href": (address.drop("origin") if only else address.put(origin="earned")).href}


def _days(filters: Filters, address: Address, gateway: Gateway) -> dict[str, Any] | None:
    """Return the histogram, or None where the articles lie too close together or too far apart for one."""
    cells = gateway.library.counts(filters, GroupBy.NONE, Interval.DAY)
    days = [cell.at for cell in cells if cell.at is not None]
    if not days:
        return None
    first = filters.since or min(days)
    last = filters.until - timedelta(milliseconds=1) if filters.until else max(days)
    for interval in (Interval.DAY, Interval.WEEK, Interval.MONTH):
        starts = slots(first, last, interval, MAX_BARS)
        if starts is not None:
            break
    else:
        return None
    if len(starts) < 2:
        return None
    (everything,) = buckets_of(GroupBy.NONE, coarser(cells, interval), starts)
    bars = view.bars(everything.series, address, interval)
    return {"bars": bars, "interval": words.INTERVALS[interval]}
