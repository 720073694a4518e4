"""Reads a source's body by its kind."""

from collections.abc import Callable

from collector.adapters.feeds import read_feed
from collector.adapters.listing import read_listing
from collector.adapters.sitemap import read_sitemap
from collector.domain.fetching import Page
from collector.domain.reading import Reading
from collector.domain.sources import Source, SourceKind


def body_reader(*, sitemap_bytes: int, sitemap_entries: int) -> Callable[[Source, Page], Reading]:
    """Return the function that reads a body; it raises UnreadableError. The limits are those of sitemaps."""

    def read(source: Source, page: Page) -> Reading:
        match source.kind:
            case SourceKind.FEED:
                return read_feed(page.body, url=page.url, zone=source.zone, content_type=page.content_type)
            case SourceKind.SITEMAP:
                return read_sitemap(
                    page.body, url=page.url, zone=source.zone, max_bytes=sitemap_bytes, max_entries=sitemap_entries
                )
            case SourceKind.LISTING:
                assert source.listing is not None
                return read_listing(
                    page.body, source.listing, url=page.url, zone=source.zone, content_type=page.content_type
                )

    return read
