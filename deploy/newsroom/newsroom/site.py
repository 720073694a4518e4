"""What all outlets have in common: finding items, rendering, listings, robots.txt, pictures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from newsroom import wib
from newsroom.article import VanishingHow
from newsroom.conditional import conditional_response
from newsroom.edition import Edition, Item
from newsroom.outlets import CARDS, MENU, NOTICE, Outlet, section_slug
from newsroom.pages import caption, json_ld, picture_path, static_css, summary, text_stream
from newsroom.pictures import UnknownPictureError, draw

HTML = "text/html"
LISTING_SIZE = 30
RELATED_COUNT = 3
SIDEBAR_COUNT = 7

Clock = Callable[[], datetime]


def _taken_away(item: Item) -> HTTPException:
    vanish = item.article.matter.vanish
    if vanish is not None and vanish.how is VanishingHow.HOME:
        return HTTPException(302, headers={"Location": "/"})
    return HTTPException(410 if vanish is not None and vanish.how is VanishingHow.GONE else 404)


class Site:
    """One outlet's pages at the moment the clock shows."""

    def __init__(self, outlet: Outlet, edition: Edition, base: str, clock: Clock, templates: Environment) -> None:
        self.outlet = outlet
        self.edition = edition
        self.base = base
        self._clock = clock
        self._templates = templates
        self._folder = outlet.value.split("-")[0]

    def items(self) -> tuple[Item, ...]:
        """What the outlet shows by now, newest first."""
        now = self._clock()
        return tuple(
            item
            for item in self.edition.published(now, self.outlet)
            if not self.edition.is_taken_away(item.article, now)
        )

    def item_at(self, path: str) -> Item:
        """The published item with this canonical path; 404 when there is none (yet).

        What was taken away answers as its file says: 410, 404, or a redirect to the front page.
        """
        now = self._clock()
        for item in self.edition.published(now, self.outlet):
            if item.path == path:
                if self.edition.is_taken_away(item.article, now):
                    raise _taken_away(item)
                return item
        raise HTTPException(404)

    def render(self, template: str, **context: Any) -> str:
        """A template of this outlet with what every template needs."""
        start = self.edition.pace.start
        shared = {
            "card": CARDS[self.outlet],
            "base": self.base,
            "menu": MENU,
            "notice": NOTICE,
            # Printed dates follow the start, not the clock: a page changes only when its article does.
            "today": wib.long_date(start).rsplit(" ", 2)[0],
            "year": wib.in_wib(start).year,
        }
        return self._templates.get_template(f"{self._folder}/{template}").render(**shared, **context)

    def article(self, request: Request, item: Item, template: str = "page.html", page: int = 1) -> Response:
        """An article page, or in one piece for a variant template; ``page`` beyond the last is 404."""
        whole = template != "page.html"
        pages = (item.version.counted(),) if whole else item.version.pages()
        if not 1 <= page <= len(pages):
            raise HTTPException(404)
        related = self.edition.neighbours(item, RELATED_COUNT + 2, same_section=True)
        inline = related[:2] if page == 1 else ()
        url = self.base + item.path
        body = self.render(
            template,
            item=item,
            matter=item.article.matter,
            url=url,
            page=page,
            pages=len(pages),
            stream=text_stream(pages[page - 1], inline),
            related=related[2:] or related,
            latest=self.edition.neighbours(item, SIDEBAR_COUNT),
            image=picture_path(item),
            image_url=self.base + picture_path(item),
            caption=caption(item),
            summary=summary(item),
            json_ld=json_ld(item, self.base, url),
            initials="wc/red",
        )
        return conditional_response(request, body, HTML, item.modified_at)

    def listing(self, request: Request, section: str | None = None) -> Response:
        """The front page or a rubric; a rubric that does not exist is 404."""
        items = self.items()
        heading = None
        if section is not None:
            names = {section_slug(name): name for name in (*MENU, *(each.article.matter.section for each in items))}
            if section not in names:
                raise HTTPException(404)
            heading = names[section]
            chosen = [each for each in items if section_slug(each.article.matter.section) == section]
        else:
            chosen = list(items)
        body = self.render("home.html", items=chosen[:LISTING_SIZE], heading=heading, latest=items[:SIDEBAR_COUNT])
        return conditional_response(request, body, HTML, self.changed_at(items))

    def tagged(self, request: Request, tag: str) -> Response:
        """All articles with a tag; an unknown tag is 404."""
        items = self.items()
        chosen = [each for each in items if tag in {section_slug(name) for name in each.article.tags}]
        if not chosen:
            raise HTTPException(404)
        name = next(name for name in chosen[0].article.tags if section_slug(name) == tag)
        body = self.render("home.html", items=chosen[:LISTING_SIZE], heading=name, latest=items[:SIDEBAR_COUNT])
        return conditional_response(request, body, HTML, self.changed_at(items))

    def changed_at(self, items: tuple[Item, ...]) -> datetime:
        """When the newest of the items changed; the start when there is none."""
        return max((item.modified_at for item in items), default=self.edition.pace.start)

    async def picture(self, request: Request) -> Response:
        """The drawn picture of a motif."""
        try:
            svg = draw(request.path_params["name"])
        except UnknownPictureError as error:
            raise HTTPException(404) from error
        return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})

    async def style(self, _request: Request) -> Response:
        """The style sheet."""
        return Response(static_css(self.outlet), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    def robots(self, disallow: tuple[str, ...], sitemap: str | None = None, delay_s: float = 0.2) -> Response:
        """robots.txt; the small crawl delay keeps a demonstration quick and still has to be honoured."""
        lines = ["User-agent: *", f"Crawl-delay: {delay_s}", *(f"Disallow: {path}" for path in disallow)]
        if sitemap:
            lines += ["", f"Sitemap: {self.base}{sitemap}"]
        return PlainTextResponse("\n".join(lines) + "\n")
