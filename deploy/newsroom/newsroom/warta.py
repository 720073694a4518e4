"""Warta Contoh: Atom with tracking parameters in its links, JSON-LD on the pages, AMP variants."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsroom.conditional import conditional_response
from newsroom.site import Site


def routes(site: Site, feed_size: int) -> list[Route]:
    """The outlet's addresses."""

    async def home(request: Request) -> Response:
        return site.listing(request)

    async def feed(request: Request) -> Response:
        items = site.items()[:feed_size]
        body = site.render("atom.xml", items=items, changed_at=site.changed_at(items))
        return conditional_response(request, body, "application/atom+xml", site.changed_at(items))

    async def article(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path))

    async def amp(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path.removeprefix("/amp")), "amp.html")

    async def section(request: Request) -> Response:
        return site.listing(request, request.path_params["section"])

    async def tag(request: Request) -> Response:
        return site.tagged(request, request.path_params["tag"])

    async def robots(_request: Request) -> Response:
        return site.robots(("/cari", "/akun"))

    return [
        Route("/", home),
        Route("/atom.xml", feed),
        Route("/robots.txt", robots),
        Route("/aset/warta.css", site.style),
        Route("/gambar/{name}.svg", site.picture),
        Route("/tag/{tag}", tag),
        Route("/amp/{section}/read/{number:int}/{slug}", amp),
        Route("/{section}/read/{number:int}/{slug}", article),
        Route("/{section}", section),
    ]
