"""Which entries of a feed, sitemap or listing are taken up as links to visit."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from contract.ids import article_id
from contract.messages import MAX_URL_CHARS

from collector.domain.addresses import problem_with_url, tidied
from collector.extract.model import ExtractError
from collector.extract.urls import canonical_url

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
OLDEST_BELIEVABLE = datetime(1995, 1, 1, tzinfo=UTC)
"""Before the first Indonesian news site; an older date is the machine's zero, not a date."""


@dataclass(frozen=True)
class Entry:
    """What a source says about one article. Times are aware; the URL is absolute."""

    url: str
    title: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None

    @property
    def told(self) -> str:
        """A short mark of title and modification: when it changes, the outlet says that the article changed."""
        said = f"{self.title or ''}|{self.modified.isoformat() if self.modified else ''}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Link:
    """An entry with the identity of its URL, which is the article's unless the page declares another."""

    link_id: str
    canonical_url: str
    entry: Entry


@dataclass(frozen=True)
class ItemTerms:
    """Limits on what one poll may bring.

    `max_new` links are taken up at a time, the rest at the next poll. `max_items` entries are looked at. `max_age_s`
    only drops what says that it is older.
    """

    max_new: int = 200
    max_items: int = 5_000
    max_age_s: float = 60 * 24 * 3_600
    max_title_chars: int = 1_000
    max_authors: int = 20
    max_summary_chars: int = 4_000


@dataclass(frozen=True)
class Taken:
    """Links in the source's order, and how many entries were left out, by reason."""

    links: tuple[Link, ...]
    skipped: dict[str, int] = field(default_factory=dict)


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """Return the moment unless it lies over a day ahead or before there were news sites."""
    return moment if moment is not None and OLDEST_BELIEVABLE <= moment <= now + timedelta(days=1) else None


def take(entries: Iterable[Entry], *, now: datetime, terms: ItemTerms, dated_only: bool = False) -> Taken:
    """Choose the links of one poll: web URLs, each article once, not too old, no more than the limit.

    `entries` may be endless: reading stops at the limit. `dated_only` is for sitemaps: without a date nothing tells
    today's articles from a whole archive.
    """
    links: dict[str, Link] = {}
    skipped: dict[str, int] = {}
    for entry in entries:
        if len(links) >= terms.max_items:
            skipped["over_limit"] = 1
            break
        link, reason = _one(entry, now, terms)
        if link is not None and dated_only and not (link.entry.published or link.entry.modified):
            link, reason = None, "undated"
        if link is None:
            skipped[reason] = skipped.get(reason, 0) + 1
        else:
            links.setdefault(link.link_id, link)
    return Taken(tuple(links.values()), skipped)


def _one(entry: Entry, now: datetime, terms: ItemTerms) -> tuple[Link | None, str]:
    address = tidied(entry.url[: MAX_URL_CHARS + 1])
    if len(address) > MAX_URL_CHARS or problem_with_url(address) is not None:
        return None, "no_web_url"
    try:
        url = canonical_url(address)
    except ExtractError:
        return None, "no_web_url"
    cleaned = Entry(
        url=address,
        title=_cut(entry.title, terms.max_title_chars),
        published=believable(entry.published, now),
        modified=believable(entry.modified, now),
        authors=tuple(name for raw in entry.authors[: terms.max_authors] if (name := _cut(raw, 200))),
        summary=_cut(entry.summary, terms.max_summary_chars),
    )
    latest = max((m for m in (cleaned.published, cleaned.modified) if m is not None), default=None)
    if latest is not None and (now - latest).total_seconds() > terms.max_age_s:
        return None, "too_old"
    return Link(article_id(url), url, cleaned), ""


def _cut(text: str | None, limit: int) -> str | None:
    """Return a text on one line within the limit, without what UTF-8 or XML cannot carry; None when nothing is left."""
    stripped = _NO_TEXT.sub("", " ".join(text[: limit * 4].split()))[:limit] if text else ""
    return stripped or None
