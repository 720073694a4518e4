"""Kabar Contoh Jatim: a WordPress-like site with RSS 2.0 and dated permalinks."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from newsroom.conditional import conditional_response
from newsroom.site import Site


def routes(site: Site, feed_size: int) -> list[Route]:
    """The outlet's addresses."""

    async def home(request: Request) -> Response:
        short = request.query_params.get("p")
        if short is None:
            return site.listing(request)
        for item in site.items():
            if str(item.article.number) == short:
                return RedirectResponse(item.path, status_code=301)
        raise HTTPException(404)

    async def feed(request: Request) -> Response:
        items = site.items()[:feed_size]
        body = site.render("feed.xml", items=items, changed_at=site.changed_at(items))
        return conditional_response(request, body, "application/rss+xml", site.changed_at(items))

    async def article(request: Request) -> Response:
        return site.article(request, site.item_at(request.url.path))

    async def category(request: Request) -> Response:
        return site.listing(request, request.path_params["section"])

    async def tag(request: Request) -> Response:
        return site.tagged(request, request.path_params["tag"])

    async def robots(_request: Request) -> Response:
        return site.robots(("/wp-admin/", "/?s="))

    return [
        Route("/", home),
        Route("/feed/", feed),
        Route("/category/{section}/", category),
        Route("/tag/{tag}/", tag),
        Route("/{year:int}/{month}/{day}/{slug}/", article),
        Route("/robots.txt", robots),
        Route("/gambar/{name}.svg", site.picture),
        Route("/wp-content/themes/kabar/style.css", site.style),
    ]
