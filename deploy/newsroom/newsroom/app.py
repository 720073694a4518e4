"""Puts the outlets behind their ports, with health and the list of what is published for tests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from newsroom import dinkes, kabar, suara, warta
from newsroom.edition import Edition, Item
from newsroom.outlets import CARDS, Outlet
from newsroom.pages import make_environment
from newsroom.site import Clock, Site

FEED_SIZE = 200


class PortSwitch:
    """Hands a request to the outlet whose port it came in on; ports nobody owns go to the first outlet."""

    def __init__(self, by_port: Mapping[int, ASGIApp]) -> None:
        self._by_port = dict(by_port)
        self._first = next(iter(self._by_port.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _, port = scope.get("server") or ("", 0)
        await self._by_port.get(int(port or 0), self._first)(scope, receive, send)


def build_app(edition: Edition, *, host: str, ports: Mapping[Outlet, int], clock: Clock) -> Starlette:
    """The whole newsroom. ``host`` and ``ports`` form the addresses it prints; ``clock`` says what is out."""
    templates = make_environment()
    bases = {outlet: f"http://{host}:{port}" for outlet, port in ports.items()}
    makers = {
        Outlet.KABAR: kabar.routes,
        Outlet.WARTA: warta.routes,
        Outlet.SUARA: suara.routes,
        Outlet.DINKES: dinkes.routes,
    }
    routers: dict[int, ASGIApp] = {
        port: Router(makers[outlet](Site(outlet, edition, bases[outlet], clock, templates), FEED_SIZE))
        for outlet, port in ports.items()
    }

    async def published(_request: Request) -> Response:
        return JSONResponse(published_list(edition, clock(), bases))

    async def live(_request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(_request: Request) -> Response:
        return JSONResponse({"status": "ready", "published": len(edition.published(clock())), "planned": len(edition)})

    application = Starlette(
        routes=[
            Route("/_newsroom/published.json", published),
            Route("/health/live", live),
            Route("/health/ready", ready),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024)],
        exception_handlers={404: _not_found},
    )
    application.mount("/", PortSwitch(routers))
    return application


def published_list(edition: Edition, now: datetime, bases: Mapping[Outlet, str]) -> dict[str, Any]:
    """What is out by ``now``, newest first, with what a reader should find in it."""
    next_change = edition.next_change(now)
    pace = edition.pace
    return {
        "start": pace.start.isoformat(),
        "now": now.isoformat(),
        "speed": pace.speed,
        "seed": pace.seed,
        "planned": len(edition),
        "next_change_at": next_change.isoformat() if next_change else None,
        "items": [_record(edition, item, bases) for item in edition.published(now)],
    }


def _record(edition: Edition, item: Item, bases: Mapping[Outlet, str]) -> dict[str, Any]:
    article = item.article
    expect = article.expect
    vanishes_at = edition.vanishes_at(article)
    return {
        "slug": article.slug,
        "theme": article.theme,
        "outlet": item.outlet.value,
        "url": bases[item.outlet] + item.path,
        "title": item.title,
        "published_at": item.published_at.isoformat(),
        "modified_at": item.modified_at.isoformat(),
        "revision": item.revision,
        "revision_times": [at.isoformat() for at in edition.version_times(article)],
        "vanishes_at": vanishes_at.isoformat() if vanishes_at else None,
        "vanishes_how": article.matter.vanish.how.value if article.matter.vanish else None,
        "pages": len(item.version.pages()),
        "copy_of": article.matter.copy_of,
        "own_of": CARDS[item.outlet].own_of,
        "origin": edition.origin(article).value,
        "release_of": edition.release_of(article),
        "same_outlet_copy": edition.is_same_outlet_copy(article),
        "expect": {
            "tone": expect.tone,
            "regions": list(expect.regions),
            "sentiment": dict(expect.sentiment),
            "lookalikes": list(expect.lookalikes),
        },
    }


async def _not_found(_request: Request, _error: Exception) -> Response:
    page = "<!doctype html><html lang=id><title>404</title><h1>404</h1><p>Halaman tidak ditemukan.</p></html>"
    return HTMLResponse(page, status_code=404)
