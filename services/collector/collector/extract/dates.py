"""When an article was published: reads every date form Indonesian outlets write, and decides which one to believe.

A date without a zone is in the source's zone (WIB unless the source says otherwise). Machine-readable dates win over
visible text, unless the visible text shows that they lie: many templates write local time and label it Z.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from collector.extract.model import Stamp, StampSource, zone_info

_MONTH_NAMES = {
    1: "januari january jan",
    2: "februari february pebruari feb peb",
    3: "maret march mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agu agt ags agst aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
LABEL_ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura", "gmt": "UTC", "utc": "UTC"}
_INDONESIAN_OFFSETS = {7: "Asia/Jakarta", 8: "Asia/Makassar", 9: "Asia/Jayapura"}
_TIME = (
    r"(?P<hour>[01]?\d|2[0-3])\s?[:.]\s?(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?(?![\d%])"
    r"\s*(?P<ampm>[ap]\.?m\.?)?"
    r"(?:\s*\(?(?P<label>wita|wib|wit|gmt|utc)\b(?:\s*(?P<shift>[+-]\d{1,2})(?!\d))?)?"
)
_BETWEEN = r"[\s,|\-–—/•·:]{0,6}(?:(?:pukul|jam|at|pk\.?|@)\s*)?[\s,|\-–—•·:]{0,4}"
_DAY_MONTH_YEAR = (
    rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s.\-/]{{1,3}}{_MONTH}[\s,.\-/]{{1,3}}(?P<year>(?:19|20)\d\d)(?!\d)"
)
_MONTH_DAY_YEAR = rf"{_MONTH}\s{{1,2}}(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>(?:19|20)\d\d)(?!\d)"
_NUMERIC = (
    r"(?<![\d/.])(?P<day>[0-3]?\d)\s?(?P<sep>[/.\-])\s?(?P<month>[01]?\d)\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d)(?![\d/])"
)
_YEAR_FIRST = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/\-])(?P<month>[01]?\d)(?P=sep)(?P<day>[0-3]?\d)(?!\d)"
_FORMS = tuple(
    re.compile(rf"{date}(?:{_BETWEEN}{_TIME})?", re.IGNORECASE)
    for date in (_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _NUMERIC, _YEAR_FIRST)
)
_TIME_FIRST = re.compile(
    rf"(?<![\d.:]){_TIME}[\s,|\-–—]{{1,4}}(?:[a-z']{{4,7}},?\s{{1,2}})?{_DAY_MONTH_YEAR}", re.IGNORECASE
)
_ISO = re.compile(
    r"^\s*(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:\s*[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|WIB|WITA|WIT|[+-]\d\d:?\d\d|[+-]\d\d)?)?\s*$",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"/(?P<year>20\d\d)/(?P<month>[01]?\d)/(?P<day>[0-3]?\d)(?:/(?P<clock>\d{6})(?=/))?(?=/|-|$)")
_URL_COMPACT = re.compile(r"/(?P<year>20[012]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?P<clock>[0-2]\d[0-5]\d[0-5]\d)?[-/]")
_LIE_TOLERANCE = timedelta(minutes=30)
_SAME = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time as it was written: the wall clock, the zone that stood beside it, and whether a clock was given at all."""

    wall: datetime
    zone: str | None
    has_clock: bool

    def stamp(self, zone: str, source: StampSource) -> Stamp:
        """Return the moment, taking `zone` where none was written; UTC is shown in `zone`."""
        written = self.zone or zone
        at = self.wall.replace(tzinfo=zone_info(written)).astimezone(UTC)
        return Stamp(at, zone if written == "UTC" else written, source)


def _offset_zone(minutes: int) -> str:
    if minutes == 0:
        return "UTC"
    if minutes % 60 == 0 and minutes // 60 in _INDONESIAN_OFFSETS:
        return _INDONESIAN_OFFSETS[minutes // 60]
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _zone_of(label: str | None) -> str | None:
    if not label:
        return None
    key = label.lower()
    if key in LABEL_ZONES:
        return LABEL_ZONES[key]
    if key == "z":
        return "UTC"
    digits = key[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:4])
    if minutes > 14 * 60:
        return None
    return _offset_zone(-minutes if key[0] == "-" else minutes)


def _built(match: re.Match[str], month: int, zone: str | None) -> ReadTime | None:
    groups = match.groupdict()
    hour, ampm = groups.get("hour"), (groups.get("ampm") or "").lower()[:1]
    clock = int(hour) if hour is not None else 0
    if ampm and clock <= 12:
        clock = clock % 12 + (12 if ampm == "p" else 0)
    try:
        wall = datetime(  # noqa: DTZ001 - a wall clock; its zone is kept beside it
            int(groups["year"]), month, int(groups["day"]), clock, int(groups.get("minute") or 0),
            int(groups.get("second") or 0),
        )  # fmt: skip
    except ValueError:
        return None
    return ReadTime(wall, zone, hour is not None)


def read_machine(value: object) -> ReadTime | None:
    """Read a date of JSON-LD, a meta tag or a time tag: ISO 8601 in the loose forms outlets use, or RFC 2822."""
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 60:
        return None
    value = value.strip()
    match = _ISO.match(value)
    if match:
        return _built(match, int(match["month"]), _zone_of(match["zone"]))
    if re.match(r"^[A-Za-z]{3}, \d", value):
        try:
            parsed = parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return read_visible(value)
        return from_aware(parsed) if parsed.tzinfo else ReadTime(parsed, None, has_clock=True)
    return read_visible(value)


def from_aware(moment: datetime) -> ReadTime:
    """Return an aware datetime as a read time; its zone becomes a name or an offset."""
    offset = moment.utcoffset() or timedelta()
    return ReadTime(moment.replace(tzinfo=None), _offset_zone(int(offset.total_seconds()) // 60), has_clock=True)


def _labelled(match: re.Match[str]) -> str | None:
    zone, shift = _zone_of(match["label"]), match["shift"]
    if zone == "UTC" and shift:
        hours = int(shift)
        return _offset_zone(hours * 60) if abs(hours) <= 14 else None
    return zone


def read_visible(text: str) -> ReadTime | None:
    """Read the first date of a visible line such as "Jum'at, 17 Februari 2017 - 13:30 wib"; None without a year."""
    text = re.sub(r"\s+", " ", text[:400])
    found: list[tuple[int, ReadTime]] = []
    for form in (_TIME_FIRST, *_FORMS):
        match = form.search(text)
        if match is None:
            continue
        name = match["month"].lower().rstrip(".")
        month = int(name) if name.isdigit() else _MONTHS.get(name, 0)
        read = _built(match, month, _labelled(match))
        if read is not None:
            found.append((match.start() - (500 if read.has_clock else 0), read))
    return min(found, key=lambda item: item[0])[1] if found else None


def read_url(url: str) -> ReadTime | None:
    """Read the date of a URL such as /read/2015/11/05/100026/…; the clock counts only where it has six digits."""
    path = url.split("?", 1)[0]
    match = _URL_DATE.search(path) or _URL_COMPACT.search(path)
    if match is None:
        return None
    clock = match["clock"]
    try:
        wall = datetime(int(match["year"]), int(match["month"]), int(match["day"]))  # noqa: DTZ001 - see ReadTime
        if clock:
            wall = wall.replace(hour=int(clock[:2]), minute=int(clock[2:4]), second=int(clock[4:6]))
    except ValueError:
        return None
    return ReadTime(wall, None, bool(clock))


def _moment(read: ReadTime, zone: str) -> datetime:
    return read.wall.replace(tzinfo=zone_info(read.zone or zone))


def lies_about_zone(claimed: ReadTime, visible: ReadTime | None, zone: str) -> bool:
    """Tell whether a time labelled UTC is really the local time that the page shows beside its zone."""
    if claimed.zone != "UTC" or visible is None or not (visible.has_clock and claimed.has_clock):
        return False
    shown = _moment(visible, zone)
    as_claimed = abs(_moment(claimed, zone) - shown)
    as_local = abs(_moment(ReadTime(claimed.wall, visible.zone, has_clock=True), zone) - shown)
    return as_local <= _LIE_TOLERANCE < as_claimed and visible.zone not in (None, "UTC")


def choose(candidates: Iterable[tuple[StampSource, ReadTime]], visible: ReadTime | None, zone: str) -> Stamp | None:
    """Return the first candidate (best source first) that holds, or the visible time, or None.

    A date without a clock gives way to a later candidate of the same day that has one.
    """
    reads = list(candidates)
    for source, read in reads:
        if lies_about_zone(read, visible, zone) and visible is not None:
            local = ReadTime(read.wall, visible.zone, has_clock=True)
            if abs(_moment(local, zone) - _moment(visible, zone)) > _SAME:
                return visible.stamp(zone, StampSource.TEXT)
            return local.stamp(zone, source)
        if not read.has_clock:
            finer = [(s, r) for s, r in reads if r.has_clock and r.wall.date() == read.wall.date()]
            if finer:
                return _with_visible_zone(finer[0][1], visible).stamp(zone, finer[0][0])
        return _with_visible_zone(read, visible).stamp(zone, source)
    return None


def _with_visible_zone(read: ReadTime, visible: ReadTime | None) -> ReadTime:
    """Give a time the zone that the page shows beside the same clock or the same moment."""
    if visible is None or not (visible.zone and visible.has_clock and read.has_clock):
        return read
    if read.zone is None:
        return ReadTime(read.wall, visible.zone, has_clock=True) if abs(read.wall - visible.wall) <= _SAME else read
    moment, shown = _moment(read, visible.zone), _moment(visible, visible.zone)
    if abs(moment - shown) <= _SAME:
        return ReadTime(moment.astimezone(zone_info(visible.zone)).replace(tzinfo=None), visible.zone, has_clock=True)
    return read
