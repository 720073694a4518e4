"""From a page's bytes to an article, or to the reason why it is none. Pure: no network, no clock, no files."""

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import LxmlError

from collector.extract.attributes import find_authors, find_image, find_section
from collector.extract.body import Body, find_body, from_jsonld, headings
from collector.extract.decoding import MAX_BYTES, decode
from collector.extract.head import Head
from collector.extract.jsonld import read_jsonld
from collector.extract.kind import Evidence, error_page, judge, not_html, says_missing
from collector.extract.language import language_of
from collector.extract.metatags import read_metatags
from collector.extract.model import ExtractedArticle, FeedHints, Rejected, RejectReason, zone_info
from collector.extract.multipage import further_pages
from collector.extract.page import Page, PageTooDeepError, parse
from collector.extract.profiles import profile_for
from collector.extract.times import find_times
from collector.extract.titles import Title, find_title
from collector.extract.urls import absolute, canonical_url, choose_canonical, is_web_url, registrable_domain

MAX_TITLE_CHARS = 1_000
MAX_TEXT_CHARS = 200_000
_BROKEN = (
    LxmlError, PageTooDeepError, ValueError, RecursionError, AssertionError, ArithmeticError, LookupError, TypeError,
    AttributeError,
)  # fmt: skip
"""What lxml, trafilatura and their helpers may raise on markup nobody foresaw."""
_TOLD_SHARE = 0.4
"""The text in JSON-LD is taken when the page shows less than this share of it."""
_SOCIAL = re.compile(
    r"(?:facebook|twitter|instagram|youtube|google\w*|whatsapp|t|telegram|linkedin|pinterest|tiktok|apple|addthis|x)\."
)


def _site_of(page: Page) -> str | None:
    """Return the front page of the site that a saved page's links mostly lead to."""
    hosts: Counter[str] = Counter()
    for element in page.root.iter("a", "link"):
        link = absolute(element.get("href"), page.url)
        host = urlsplit(link).hostname if link else None
        if host and not _SOCIAL.search(host):
            hosts[registrable_domain(link or "")] += 1
    return f"https://{hosts.most_common(1)[0][0]}/" if hosts else None


def _open(html: bytes, url: str, content_type: str | None) -> Head | Rejected:
    if not html.strip(b"\x00\t\n\r "):
        return Rejected(RejectReason.EMPTY, "the page is empty")
    if len(html) > MAX_BYTES:
        return Rejected(RejectReason.TOO_LARGE, f"{len(html)} bytes, more than {MAX_BYTES}")
    text = decode(html, content_type)
    other = not_html(text, content_type)
    if other is not None:
        return other
    try:
        page = parse(text, url)
    except PageTooDeepError as error:
        return Rejected(RejectReason.TOO_DEEP, str(error))
    if page is None:
        return Rejected(RejectReason.NOT_HTML, "there is no HTML element in it")
    site = url if is_web_url(url) else _site_of(page) or url
    return Head(page, read_metatags(page), read_jsonld(page), profile_for(site))


def declared_url(html: bytes) -> str | None:
    """Return the absolute URL a saved page gives for itself, in a link, meta tag, JSON-LD or microdata."""
    read = _open(html, "file:///", None)
    if isinstance(read, Rejected):
        return None
    for link in (*read.declared_urls, read.meta.amp_link):
        url = absolute(link, "file:///")
        if url is not None and urlsplit(url).path not in {"", "/"}:
            return url
    return next((url for link in read.declared_urls if (url := absolute(link, "file:///"))), None)


def _body(read: Head, title: Title) -> Body:
    """Return the body that the page shows, or the one its JSON-LD carries when the page itself shows little of it."""
    body = find_body(read.page, read.profile, title.text, title.element)
    if not read.jsonld.body or body.is_captions:
        return body
    told = from_jsonld(read.jsonld.body, read.profile, title.text)
    # trafilatura falls back on JSON-LD too, but makes one paragraph of it.
    lumped = not body.certain and len(body.lines) == 1 < len(told.lines)
    return told if lumped or body.prose_chars < _TOLD_SHARE * told.prose_chars else body


def _article(read: Head, zone: str, hints: FeedHints | None) -> ExtractedArticle | Rejected:
    page = read.page
    canonical = choose_canonical(page.url, read.declared_urls, read.profile.domains)
    found_headings = headings(page)
    lines = [read.meta.page_title or "", *(text for _, text in found_headings[:3])]
    title: Title | None = find_title(read, found_headings, hints.title if hints else None)
    if title is None or not title.text:
        found = error_page(lines[:1], 0) or Rejected(RejectReason.NO_TITLE, "the page has no title")
        return replace(found, canonical_url=canonical, missing=says_missing(lines, 0))
    body = _body(read, title)
    published, modified = find_times(read, (title.element, body.element), hints, zone)
    rejected = judge(Evidence(read, body, title.text, title.element is not None, published is not None))
    if rejected is not None:
        return replace(rejected, canonical_url=canonical, missing=says_missing(lines, len(body.text)))
    if len(body.text) > MAX_TEXT_CHARS:
        detail = f"the text has {len(body.text)} characters, more than {MAX_TEXT_CHARS}"
        return Rejected(RejectReason.TOO_LARGE, detail, canonical_url=canonical)
    site = canonical if is_web_url(canonical) else _site_of(page) or canonical
    return ExtractedArticle(
        canonical_url=canonical,
        title=title.text[:MAX_TITLE_CHARS],
        text=body.text,
        authors=find_authors(read, body, hints.authors if hints else ()),
        section=find_section(read, title.text),
        image_url=find_image(read, body),
        published=published,
        modified=modified,
        language=language_of(f"{title.text}\n{body.text}"),
        outlet_domain=registrable_domain(site),
        next_pages=further_pages(page),
    )


def extract_article(
    html: bytes,
    *,
    url: str,
    content_type: str | None = None,
    zone: str = "Asia/Jakarta",
    hints: FeedHints | None = None,
) -> ExtractedArticle | Rejected:
    """Extract the article of a page that came from `url` (http, https, or file for a saved page).

    `content_type` is the response's header, `zone` the IANA name in which a date without a zone is read, `hints` what
    the feed said. Raises ExtractError only when `url` or `zone` is not valid; no content of a page raises.
    """
    canonical_url(url)
    zone_info(zone)
    try:
        read = _open(html, url, content_type)
        return read if isinstance(read, Rejected) else _article(read, zone, hints)
    except _BROKEN as error:
        # Broken markup can still break a library; the page is then told apart from the good ones, and seen.
        return Rejected(RejectReason.UNREADABLE, f"{type(error).__name__}: {str(error)[:300]}")
