"""The sample site of an agency, the provincial health office: press releases behind an index page, no feed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsroom.site import Site


def routes(site: Site, _feed_size: int) -> list[Route]:
    """The site's addresses."""

    async def index(request: Request) -> Response:
        return site.listing(request)

    async def release(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path))

    async def topic(request: Request) -> Response:
        return site.tagged(request, request.path_params["tag"])

    async def robots(_request: Request) -> Response:
        return site.robots(("/admin/",))

    return [
        Route("/", index),
        Route("/siaran-pers", index),
        Route("/siaran-pers/{number:int}/{slug}", release),
        Route("/topik/{tag}", topic),
        Route("/robots.txt", robots),
        Route("/assets/dinkes.css", site.style),
        Route("/gambar/{name}.svg", site.picture),
    ]
