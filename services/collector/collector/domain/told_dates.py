"""Reads the dates of feeds, sitemaps and listings as Indonesian outlets write them. A date without a zone is local."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
_INDONESIAN_ZONE = re.compile(r"\s*\b(WIB|WITA|WIT)\b\.?\s*$", re.IGNORECASE)
_DAY_NAMES = re.compile(
    r"^\s*(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*)\b[.,]*\s*",
    re.IGNORECASE,
)
_MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "pebruari": 2, "feb": 2, "february": 2, "maret": 3, "mar": 3,
    "march": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7,
    "july": 7, "agustus": 8, "agu": 8, "ags": 8, "agt": 8, "aug": 8, "august": 8, "september": 9, "sep": 9, "sept": 9,
    "oktober": 10, "okt": 10, "oct": 10, "october": 10, "november": 11, "nov": 11, "nopember": 11, "nop": 11,
    "desember": 12, "des": 12, "dec": 12, "december": 12,
}  # fmt: skip
_NAMED = re.compile(
    r"^(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s,-]+(\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?", re.I
)
_SLASHED = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")
_NUMERIC_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|\b(?:UTC?|GMT|[ECMP][SD]T))\s*$", re.IGNORECASE)
MAX_DATE_CHARS = 100


def parse_told_date(text: str | None, zone: str) -> datetime | None:
    """Return the moment in UTC, or None for what is no date.

    Understands RFC 822, ISO 8601 and W3C forms, and Indonesian day and month names; WIB, WITA and WIT are zones.
    `zone` (an IANA name) is used when the text has none. Days come before months in 02/03/2026.
    """
    if not text or len(text) > MAX_DATE_CHARS:
        return None
    cleaned = " ".join(text.replace("|", " ").split())
    named = _INDONESIAN_ZONE.search(cleaned)
    where: timezone | ZoneInfo = timezone(timedelta(hours=_ZONES[named.group(1).upper()])) if named else ZoneInfo(zone)
    cleaned = _INDONESIAN_ZONE.sub("", cleaned)
    try:
        found = _iso(cleaned) or _worded(cleaned) or _rfc822(cleaned)
        if found is None:
            return None
        return (found if found.tzinfo is not None else found.replace(tzinfo=where)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", text))
    except ValueError:
        return None


def _worded(text: str) -> datetime | None:
    if _NUMERIC_ZONE.search(text):
        return None
    bare = _DAY_NAMES.sub("", text)
    match = _NAMED.match(bare)
    if match:
        month = _MONTHS.get(match.group(2).lower())
        return _built(match, month) if month else None
    match = _SLASHED.match(bare)
    return _built(match, int(match.group(2))) if match else None


def _built(match: "re.Match[str]", month: int) -> datetime:
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    return datetime(int(match.group(3)), month, int(match.group(1)), hour, minute, second)  # noqa: DTZ001 - zone follows


def _rfc822(text: str) -> datetime | None:
    words = _DAY_NAMES.sub("", text).split(" ")
    if len(words) > 1 and words[1].lower().strip(".") in _MONTHS:
        words[1] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[
            _MONTHS[words[1].lower().strip(".")] - 1
        ]
    try:
        return parsedate_to_datetime(" ".join(words))
    except (ValueError, TypeError, IndexError):
        return None
