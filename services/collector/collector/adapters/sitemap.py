"""Reads sitemaps, news sitemaps and sitemap indices, plain or gzipped, with defusedxml."""

import io
import zlib
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from collector.adapters.decompress import BodyTooLargeError, gunzipped
from collector.domain.items import Entry
from collector.domain.reading import Child, Reading, UnreadableError
from collector.domain.told_dates import parse_told_date

MAX_DEPTH = 20
_OLDEST = datetime(1, 1, 1, tzinfo=UTC)


def read_sitemap(body: bytes, *, url: str, zone: str, max_bytes: int, max_entries: int) -> Reading:
    """Return the entries, newest first as far as they have a date, or the children of an index.

    Reads at most `max_entries` of either. Raises UnreadableError for what is no sitemap and for hostile documents.
    """
    if body.startswith(b"\x1f\x8b"):
        try:
            body = gunzipped(body, max_bytes=max_bytes)
        except (zlib.error, BodyTooLargeError) as error:
            raise UnreadableError(f"gzip: {error}") from error
    entries: list[Entry] = []
    children: list[Child] = []
    root = ""
    try:
        for kind, value in _walk(body):
            if kind == "root":
                root = str(value)
            elif len(entries) + len(children) >= max_entries:
                break
            elif kind == "url":
                entries.extend(_entry(value, url, zone))
            else:
                children.extend(_child(value, url, zone))
    except DefusedXmlException as error:
        raise UnreadableError(f"hostile XML: {type(error).__name__}") from error
    except (ParseError, ValueError, LookupError) as error:
        if not entries and not children:
            raise UnreadableError(f"no sitemap: {str(error)[:200]}") from error
    if root not in ("urlset", "sitemapindex"):
        raise UnreadableError(f"no sitemap: the root element is {root[:40]!r}")
    entries.sort(key=lambda entry: entry.published or entry.modified or _OLDEST, reverse=True)
    children.sort(key=lambda child: child.changed or _OLDEST, reverse=True)
    return Reading(entries=tuple(entries), children=tuple(children), form=root)


def _walk(body: bytes) -> Any:
    """Yield ("root", name), then ("url" or "sitemap", element) as they end; each is emptied behind the reader."""
    depth = 0
    for event, element in iterparse(io.BytesIO(body), events=("start", "end"), forbid_dtd=False):
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                raise UnreadableError(f"nested deeper than {MAX_DEPTH} elements")
            if depth == 1:
                yield "root", _local(element.tag)
            continue
        depth -= 1
        if depth == 1 and _local(element.tag) in ("url", "sitemap"):
            yield _local(element.tag), element
            element.clear()


def _local(tag: Any) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _texts(element: Element) -> dict[str, str]:
    """Return the texts inside an element by local name; the first of a name wins, so an image's title comes late."""
    found: dict[str, str] = {}
    for inner in element.iter():
        if inner.text and inner.text.strip():
            namespace = str(inner.tag).rsplit("}", 1)[0]
            prefix = "image:" if "sitemap-image" in namespace else "video:" if "sitemap-video" in namespace else ""
            found.setdefault(prefix + _local(inner.tag), inner.text.strip())
    return found


def _entry(element: Element, base: str, zone: str) -> list[Entry]:
    texts = _texts(element)
    if "loc" not in texts:
        return []
    return [
        Entry(
            url=urljoin(base, texts["loc"]),
            title=texts.get("title"),
            published=parse_told_date(texts.get("publication_date"), zone),
            modified=parse_told_date(texts.get("lastmod"), zone),
        )
    ]


def _child(element: Element, base: str, zone: str) -> list[Child]:
    texts = _texts(element)
    if "loc" not in texts:
        return []
    return [Child(urljoin(base, texts["loc"]), texts.get("lastmod"), parse_told_date(texts.get("lastmod"), zone))]
