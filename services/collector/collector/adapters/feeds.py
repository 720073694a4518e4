"""Reads RSS 0.9x to 2.0, RDF, Atom (feedparser) and JSON Feed, told apart by content, never by the header."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from time import struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import html as lxml_html

from collector.adapters.xml_guard import check_xml
from collector.domain.items import Entry
from collector.domain.reading import Reading, UnreadableError
from collector.domain.told_dates import parse_told_date

MAX_ENTRIES = 2_000
"""Entries read of one feed; what is taken of them is a setting."""
MAX_JSON_DEPTH = 50
_TAG = re.compile(r"<[^<>]{0,500}>")
_HTML_START = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def read_feed(body: bytes, *, url: str, zone: str, content_type: str | None = None) -> Reading:
    """Return the entries of a feed. `url` resolves relative links, `zone` is for dates without one.

    Raises UnreadableError for HTML, for what is neither XML nor JSON Feed, and for hostile documents.
    """
    start = body[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise UnreadableError("the feed is empty")
    if start.startswith((b"{", b"[")):
        return _read_json(body, url=url, zone=zone)
    if _HTML_START.match(start):
        raise UnreadableError("an HTML page came instead of a feed")
    well_formed = check_xml(body)
    headers = {"content-location": url, "content-type": _xml_type(content_type)}
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableError(f"no feed: {_bozo(parsed)}")
    is_atom = str(parsed.get("version")).startswith("atom")
    entries = (_entry(raw, url, zone, is_atom=is_atom) for raw in islice(parsed.entries, MAX_ENTRIES))
    return Reading(
        entries=tuple(entry for entry in entries if entry is not None),
        form=str(parsed.get("version") or "xml"),
        title=_plain(parsed.feed.get("title")),
        notes=() if well_formed else (f"malformed XML, read all the same: {_bozo(parsed)}",),
    )


def _xml_type(content_type: str | None) -> str:
    """Return a content type that keeps the declared charset, since feedparser refuses odd media types."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", content_type or "", re.IGNORECASE)
    return f"application/xml; charset={charset.group(1)}" if charset else "application/xml"


def _bozo(parsed: Any) -> str:
    return str(parsed.get("bozo_exception") or "neither RSS, RDF nor Atom")[:200]


def _entry(raw: Any, base: str, zone: str, *, is_atom: bool) -> Entry | None:
    link = _link(raw)
    if not link:
        return None
    published, modified = _moment(raw, "published", zone), _moment(raw, "updated", zone)
    if published is None and not is_atom:
        # In RSS and RDF the one date of an item (dc:date) is its publication, which the parser calls "updated".
        published, modified = modified, None
    return Entry(
        url=urljoin(base, link.strip()),
        title=_plain(raw.get("title")),
        published=published,
        modified=modified,
        authors=_authors(raw),
        summary=_plain(raw.get("summary")),
    )


def _link(raw: Any) -> str | None:
    """Return the entry's page: the address behind FeedBurner's, an HTML link, any link, a guid that is a permalink."""
    if raw.get("feedburner_origlink"):
        return str(raw["feedburner_origlink"])
    links = [link for link in raw.get("links", ()) if link.get("href")]
    for link in links:
        if link.get("rel", "alternate") == "alternate" and "html" in link.get("type", "text/html"):
            return str(link["href"])
    if raw.get("link"):
        return str(raw["link"])
    guid = str(raw.get("id") or "")
    return guid if raw.get("guidislink", True) and guid.startswith(("http://", "https://")) else None


def _moment(raw: Any, name: str, zone: str) -> datetime | None:
    """Return an entry's time: our own reading first, since feedparser takes a time without zone for UTC."""
    if name not in raw:
        return None
    told = parse_told_date(str(raw.get(name)), zone)
    if told is not None:
        return told
    parsed = raw.get(f"{name}_parsed")
    return datetime(*parsed[:6], tzinfo=UTC) if isinstance(parsed, struct_time) and parsed.tm_year > 1 else None


def _authors(raw: Any) -> tuple[str, ...]:
    names = [_plain(author.get("name")) for author in raw.get("authors", ()) if author]
    return tuple(dict.fromkeys(name for name in names if name))[:20]


def _plain(text: Any) -> str | None:
    """Return a feed's text, which may be HTML, as plain text; None when there is none."""
    if not isinstance(text, str) or not text.strip():
        return None
    text = text[:20_000]
    if "<" in text or "&" in text:
        try:
            element: Any = lxml_html.fromstring(f"<div>{text}</div>")
            text = element.text_content()
        except (ValueError, lxml_html.etree.ParserError):
            text = _TAG.sub(" ", text)
    return " ".join(text.replace("\x00", "").split()) or None


def _read_json(body: bytes, *, url: str, zone: str) -> Reading:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {str(error)[:200]}") from error
    if not isinstance(document, dict) or "jsonfeed.org/version/" not in str(document.get("version", "")):
        raise UnreadableError("JSON, but no JSON Feed")
    items = document.get("items")
    if not isinstance(items, list):
        raise UnreadableError("a JSON Feed without items")
    return Reading(
        entries=tuple(_json_entries(items[:MAX_ENTRIES], url, zone)),
        form="json",
        title=_text_of(document.get("title")),
    )


def _json_entries(items: list[Any], base: str, zone: str) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        link = next((v for v in (item.get("url"), item.get("id")) if isinstance(v, str) and v.strip()), None)
        if link is None or not urljoin(base, link).startswith(("http://", "https://")):
            continue
        authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
        names = [_text_of(author.get("name")) for author in authors or () if isinstance(author, dict)]
        yield Entry(
            url=urljoin(base, link.strip()),
            title=_text_of(item.get("title")),
            published=parse_told_date(_text_of(item.get("date_published")), zone),
            modified=parse_told_date(_text_of(item.get("date_modified")), zone),
            authors=tuple(name for name in names if name),
            summary=_text_of(item.get("summary")),
        )


def _text_of(value: Any) -> str | None:
    return _plain(value) if isinstance(value, str) else None
