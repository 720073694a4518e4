"""Dates as people write them: a day, or a moment. Without a zone it is WIB."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
EARLIEST = datetime(1970, 1, 1, tzinfo=WIB)
LATEST = datetime(2200, 1, 1, tzinfo=WIB)
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
HINT = "Tulis tahun-bulan-hari, misalnya 2026-11-24, atau dengan jam: 2026-11-24T06:30. Tahun 1970 sampai 2199."


def moment(value: str, *, end: bool) -> datetime:
    """Return the UTC moment a date begins, or with `end` the first moment after it.

    A day ends at the midnight that follows; a date with a time is one millisecond long, the index's resolution.
    Raises ValueError for anything else, and for years outside 1970..2199 in WIB.
    """
    value = value.strip()
    if match := _DAY.match(value):
        start = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=WIB)
        length = timedelta(days=1)
    elif match := _DAY_FIRST.match(value):
        start = datetime(int(match[3]), int(match[2]), int(match[1]), tzinfo=WIB)
        length = timedelta(days=1)
    else:
        if len(value) < len("2026-11-24T06"):
            raise ValueError(value)
        # A plus sign in an address that was not escaped arrives as a space.
        start = datetime.fromisoformat(re.sub(r" (\d\d:\d\d)$", r"+\1", value) if "T" in value else value)
        start = start if start.tzinfo else start.replace(tzinfo=WIB)
        length = timedelta(milliseconds=1)
    if not EARLIEST <= start < LATEST:
        raise ValueError(value)
    found = start.astimezone(UTC)
    return found + length if end else found
