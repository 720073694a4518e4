"""The `probe` command: finds the feeds, sitemaps and listings of a site, judges each, prints registry entries."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TextIO
from urllib.parse import urljoin, urlsplit

import yaml
from lxml import html as lxml_html
from lxml.etree import LxmlError
from runtime.clock import Clock

from collector.adapters.feeds import read_feed
from collector.adapters.fetch import PoliteFetcher
from collector.adapters.listing import read_listing
from collector.adapters.sitemap import read_sitemap
from collector.domain.fetching import Page
from collector.domain.judging import Grade, Judgement, judge_source, unusable
from collector.domain.ports import Urgency
from collector.domain.reading import UnreadableError
from collector.domain.sources import ListingRules, SourceKind
from collector.extract.decoding import decode
from collector.extract.urls import names_article, registrable_domain
from collector.settings import CollectorSettings

USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/rss/terkini.xml")
USUAL_SITEMAPS = ("/sitemap_news.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml")
MAX_CANDIDATES = 40
_FEED_TYPES = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/xml|application/xml")
_ZONE = "Asia/Jakarta"


class Probe:
    """Probes one site. Everything is fetched politely: robots.txt and spacing hold here too."""

    def __init__(self, fetcher: PoliteFetcher, settings: CollectorSettings, *, clock: Clock, out: TextIO) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._clock = clock
        self._out = out

    async def run(self, url: str) -> int:
        """Print a judgement per candidate and the registry entries of the usable ones; return 1 when there is none."""
        if "://" not in url:
            url = f"https://{url}"
        home = await self._fetcher.fetch(url, max_bytes=self._settings.collector_feed_bytes, urgency=Urgency.POLL)
        if not isinstance(home, Page):
            self._say(f"{url}: {getattr(home, 'detail', 'not modified')}")
            return 1
        site = home.url
        judged = [await self._judge(candidate, kind) for candidate, kind in await self._candidates(home)]
        best = [one for one in judged if one.grade >= Grade.USABLE]
        listing = None
        if not best:
            listing = guess_listing(home.body, site, home.content_type)
            if listing is not None:
                judged.append(self._judge_listing(home, listing))
                best = [judged[-1]] if judged[-1].grade >= Grade.WEAK else []
        for one in sorted(judged, key=lambda j: (-j.grade, j.url)):
            self._say(f"{one.grade.name.lower():9}{one.kind.value:9}{one.items:5} items  {one.url}")
            self._say(f"         {'; '.join(one.reasons)}")
        if best:
            self._say("\n# For the registry; check outlet, tier and area, then switch it on.")
            chosen = sorted(best, key=lambda j: (-j.grade, j.kind is SourceKind.SITEMAP, j.url))
            self._say(yaml.safe_dump(snippet(chosen, site, listing), sort_keys=False, allow_unicode=True, width=120))
        return 0 if best else 1

    def _say(self, line: str) -> None:
        self._out.write(line + "\n")

    async def _candidates(self, home: Page) -> list[tuple[str, SourceKind]]:
        """Return what to look at: the address itself, what the page and robots.txt name, then the usual paths."""
        found: dict[str, SourceKind] = {}
        start = home.body[:2_000].lstrip()
        if start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"{", b"\x1f\x8b")):
            is_map = b"<urlset" in start or b"<sitemapindex" in start or start.startswith(b"\x1f\x8b")
            return [(home.url, SourceKind.SITEMAP if is_map else SourceKind.FEED)]
        for link in alternate_links(home.body, home.url, home.content_type):
            found.setdefault(link, SourceKind.FEED)
        for link in await self._fetcher.robots.sitemaps(home.url):
            found.setdefault(urljoin(home.url, link), SourceKind.SITEMAP)
        for path in USUAL_FEEDS:
            found.setdefault(urljoin(home.url, path), SourceKind.FEED)
        for path in USUAL_SITEMAPS:
            found.setdefault(urljoin(home.url, path), SourceKind.SITEMAP)
        return list(found.items())[:MAX_CANDIDATES]

    async def _judge(self, url: str, kind: SourceKind) -> Judgement:
        limit = self._settings.collector_sitemap_bytes
        got = await self._fetcher.fetch(url, max_bytes=limit, urgency=Urgency.POLL)
        if not isinstance(got, Page):
            return unusable(url, kind, getattr(got, "detail", "not modified"))
        try:
            if kind is SourceKind.FEED:
                reading = read_feed(got.body, url=got.url, zone=_ZONE, content_type=got.content_type)
            else:
                entries = self._settings.collector_sitemap_entries
                reading = read_sitemap(got.body, url=got.url, zone=_ZONE, max_bytes=limit, max_entries=entries)
        except UnreadableError as error:
            return unusable(url, kind, str(error))
        return judge_source(got.url, kind, reading, self._clock.now())

    def _judge_listing(self, home: Page, rules: ListingRules) -> Judgement:
        try:
            reading = read_listing(home.body, rules, url=home.url, zone=_ZONE, content_type=home.content_type)
        except UnreadableError as error:
            return unusable(home.url, SourceKind.LISTING, str(error))
        judged = judge_source(home.url, SourceKind.LISTING, reading, self._clock.now())
        said = (f"guessed selectors: item {rules.item!r}, link {rules.link!r}", *judged.reasons)
        return replace(judged, grade=min(judged.grade, Grade.USABLE), reasons=said)


def alternate_links(body: bytes, url: str, content_type: str | None) -> list[str]:
    """Return the feeds that a page names in its head."""
    return [
        urljoin(url, link.get("href"))
        for link in _elements(body, content_type, "link")
        if "alternate" in (link.get("rel") or "").lower()
        and _FEED_TYPES.match((link.get("type") or "").lower())
        and link.get("href")
    ]


def _elements(body: bytes, content_type: str | None, tag: str) -> Iterator[Any]:
    try:
        root: Any = lxml_html.document_fromstring(decode(body, content_type))
    except (LxmlError, ValueError):
        return iter(())
    return iter(root.iter(tag))


def guess_listing(body: bytes, url: str, content_type: str | None) -> ListingRules | None:
    """Guess the selectors of a listing: the tag and class whose elements most often hold one link to an article."""
    counts: dict[str, set[str]] = {}
    site = registrable_domain(url)
    for anchor in _elements(body, content_type, "a"):
        link = urljoin(url, anchor.get("href") or "")
        if registrable_domain(link) != site or not names_article(urlsplit(link).path):
            continue
        for ancestor in list(anchor.iterancestors("article", "li", "div"))[:4]:
            for selector in _selectors_of(ancestor):
                counts.setdefault(selector, set()).add(link)
    best = max(counts.items(), key=lambda pair: len(pair[1]), default=None)
    if best is None or len(best[1]) < 3:
        return None
    return ListingRules(item=best[0], link="a[href]")


def _selectors_of(element: Any) -> list[str]:
    """Return selectors for elements of this kind, unless the element holds links to many articles itself."""
    links = {
        anchor.get("href") for anchor in element.iter("a") if names_article(urlsplit(anchor.get("href") or "").path)
    }
    if len(links) != 1:
        return []
    classes = [name for name in (element.get("class") or "").split() if re.fullmatch(r"[A-Za-z][\w-]{0,60}", name)]
    return [f"{element.tag}.{name}" for name in classes] or ([element.tag] if element.tag == "article" else [])


def snippet(judged: list[Judgement], site: str, listing: ListingRules | None) -> list[dict[str, Any]]:
    """Return registry entries for the candidates, switched off."""
    host = (urlsplit(site).hostname or "").removeprefix("www.")
    outlet = re.sub(r"[^a-z0-9]+", "-", host.rsplit(".", 1)[0].lower()).strip("-") or "outlet"
    name = next((one.title for one in judged if one.title), None) or host
    entries: list[dict[str, Any]] = []
    for number, one in enumerate(judged):
        entry: dict[str, Any] = {
            "id": outlet if number == 0 else f"{outlet}-{number + 1}",
            "outlet": outlet,
            "outlet_name": name[:200],
            "kind": one.kind.value,
            "url": one.url,
            "zone": _ZONE,
            "interval_s": int(one.interval_s),
            "enabled": False,
        }
        if one.kind is SourceKind.LISTING and listing is not None:
            entry["listing"] = listing.model_dump(exclude_none=True)
        entries.append(entry)
    return entries
