"""What goes into and comes out of an extraction: frozen data, and the closed sets of its outcomes."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo


class ExtractError(Exception):
    """The only error this package raises: a caller's mistake, such as a base URL that is no URL."""


class StampSource(StrEnum):
    """Where a time was read, most trusted first."""

    JSONLD = "jsonld"
    OPENGRAPH = "opengraph"
    TIME = "time"
    TEXT = "text"
    FEED = "feed"
    URL = "url"


class RejectReason(StrEnum):
    """Why a page is not taken as an article."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_HTML = "not_html"
    FEED = "feed"
    FRONT_PAGE = "front_page"
    LISTING = "listing"
    GALLERY = "gallery"
    PAYWALL = "paywall"
    ERROR_PAGE = "error_page"
    NO_TITLE = "no_title"
    NO_TEXT = "no_text"
    TOO_SHORT = "too_short"
    UNREADABLE = "unreadable"


def zone_info(name: str) -> tzinfo:
    """Return the zone of an IANA name or of an offset such as +01:00.

    Raises ExtractError for a name that is neither.
    """
    if name[:1] in "+-" and len(name) == 6:
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ExtractError(f"unknown time zone {name!r}") from error


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment: `at` in UTC, the zone it was given in (IANA name, or an offset such as +01:00), where it was read."""

    at: datetime
    zone: str
    source: StampSource

    def local_iso(self) -> str:
        """Return ISO 8601 with the offset of the article's own zone."""
        return self.at.astimezone(zone_info(self.zone)).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class FeedHints:
    """What the feed said about the page. Times must be aware."""

    title: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """One page of one article. `text` is paragraphs separated by a blank line."""

    canonical_url: str
    title: str
    text: str
    authors: tuple[str, ...]
    section: str | None
    image_url: str | None
    published: Stamp | None
    modified: Stamp | None
    language: str | None
    outlet_domain: str
    next_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that is not an article, with the reason and, for a person, what was seen.

    `missing` is the line with which the page itself says that what was asked for does not exist.
    """

    reason: RejectReason
    detail: str
    canonical_url: str | None = None
    missing: str | None = None
