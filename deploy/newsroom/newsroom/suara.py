"""Suara Contoh Timur: sitemap index and news sitemaps, multi-page articles, a mobile variant, visible dates."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsroom.conditional import conditional_response
from newsroom.edition import Item
from newsroom.site import Site

# A news sitemap is meant for the last two days; what is older moves to the second file.
RECENT = timedelta(days=2)
XML = "application/xml"


def routes(site: Site, feed_size: int) -> list[Route]:
    """The outlet's addresses."""

    async def home(request: Request) -> Response:
        return site.listing(request)

    async def sitemap_index(request: Request) -> Response:
        listed = [(name, site.changed_at(items)) for name, items in _parts(site, feed_size).items() if items]
        body = site.render("sitemap-index.xml", parts=listed)
        return conditional_response(request, body, XML, site.changed_at(site.items()))

    async def news_sitemap(request: Request) -> Response:
        items = _parts(site, feed_size).get(request.url.path.removeprefix("/"), ())
        body = site.render("news-sitemap.xml", items=items)
        return conditional_response(request, body, XML, site.changed_at(items))

    async def article(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path), page=_page_number(request))

    async def mobile(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path.removeprefix("/m")), "mobile.html")

    async def channel(request: Request) -> Response:
        return site.listing(request, request.path_params["section"])

    async def topic(request: Request) -> Response:
        return site.tagged(request, request.path_params["tag"])

    async def robots(_request: Request) -> Response:
        return site.robots(("/cari/",), sitemap="/sitemap.xml")

    return [
        Route("/", home),
        Route("/indeks.html", home),
        Route("/sitemap.xml", sitemap_index),
        Route("/news-sitemap-terbaru.xml", news_sitemap),
        Route("/news-sitemap-arsip.xml", news_sitemap),
        Route("/robots.txt", robots),
        Route("/css/suara.css", site.style),
        Route("/gambar/{name}.svg", site.picture),
        Route("/kanal/{section}.html", channel),
        Route("/topik/{tag}.html", topic),
        Route("/berita/{name}.html", article),
        Route("/m/berita/{name}.html", mobile),
    ]


def _parts(site: Site, feed_size: int) -> dict[str, tuple[Item, ...]]:
    items = site.items()[:feed_size]
    since = site.edition.pace.start - RECENT
    return {
        "news-sitemap-terbaru.xml": tuple(item for item in items if item.published_at >= since),
        "news-sitemap-arsip.xml": tuple(item for item in items if item.published_at < since),
    }


def _page_number(request: Request) -> int:
    """The ``page`` parameter; 404 when it is not a number."""
    given = request.query_params.get("page", "1")
    if not given.isdecimal():
        raise HTTPException(404)
    return int(given)
