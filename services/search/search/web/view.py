"""What the search page shows, computed before the template: rows, chips, strips, days. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from search.domain.conditions import NEEDS_READING
from search.domain.filters import CLOSED, OPEN, SINGLE, Sort
from search.domain.query.dates import moment
from search.domain.stats import Bucket, Interval, following
from search.domain.vocabulary import Vocabulary
from search.web import words
from search.web.address import Address

Json = dict[str, Any]

CHIP_NAMES = {
    "suggested": "Usulan",
    "origin": "Asal",
    "jurisdiction": "Wewenang",
    "story": "Cerita",
    "needs_reading": "Perlu dibaca",
    "corrected": "Dikoreksi",
    "edited": "Disunting",
    "vanished": "Halaman hilang",
    "copies": "Salinan",
    "opd": "OPD",
    "unit": "Unit",
    "bakorwil": "Bakorwil",
    "region": "Kab/kota",
    "tone": "Nada berita",
    "outlet": "Media",
    "category": "Kategori",
    "from": "Sejak",
    "to": "Sampai",
}
EXAMPLES = (
    ('"antrean pasien"', "kata berurutan persis"),
    ("banjir (Jember ATAU Lumajang)", "salah satu dari dua kata"),
    ("jalan rusak TANPA tol", "tanpa kata tertentu"),
    ("vaksin*", "awal kata: vaksin, vaksinasi, vaksinator"),
    ('opd:dinkes nada:negatif "rumah sakit"~5', "bidang tertentu, dan dua kata yang berdekatan"),
)
TONES = ("negative", "neutral", "positive", "needs_reading")
"""The fixed order of charts: negative at the base, what is still to be read on top."""
SHOWN_AGENCIES = 3
WIDEST_BAR = 4.0
"""Per cent of the histogram; a few days must not become walls."""
_WORST_FIRST = {"negative": 0, "needs_reading": 1, "positive": 2, "neutral": 3}


def toward(address: Address, vocabulary: Vocabulary) -> str:
    """Return what the filter by sentiment is about: the agency asked for, else whoever is mentioned."""
    named = [vocabulary.label(kind, one) for kind in ("opd", "unit") for one in address.values(kind)]
    if not named:
        return "Nada terhadap yang disebut"
    return f"Nada terhadap {named[0]}" if len(named) == 1 else "Nada terhadap yang dipilih"


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    name: str
    label: str
    without: str


def _said(name: str, value: str, vocabulary: Vocabulary) -> str:
    """Return a filter's value for people; a date that cannot be read stays as it was typed."""
    if name == "story":
        return value[:8]
    if name not in ("from", "to"):
        return vocabulary.label(name, vocabulary.value_of(name, value))
    try:
        return words.day(moment(value, end=False)) if "T" not in value else words.moment(moment(value, end=False))
    except (ValueError, OverflowError):
        return value


def chips(address: Address, vocabulary: Vocabulary) -> list[Chip]:
    """Return a chip for each filter in force, the query first."""
    found = [Chip("Kata", query, address.drop("q").href) for query in address.values("q")]
    for name in (*CLOSED, *OPEN, *SINGLE, "from", "to"):
        for value in address.values(name):
            label = _said(name, value, vocabulary)
            title = toward(address, vocabulary) if name == "sentiment" else CHIP_NAMES[name]
            found.append(Chip(title, label, address.drop(name, value).href))
    return found


@dataclass(frozen=True)
class Agency:
    """An agency that an article concerns, as a row names it: `Dinas Kesehatan › RSUD Dr. Soetomo`.

    `sentiment` is what counts: `needs_reading` where the reading is too uncertain.
    """

    label: str
    parent: str
    sentiment: str
    mention: Json


@dataclass(frozen=True)
class Row:
    """One article in the list. `suggested` are shown where no agency is named, or where suggestions are asked for."""

    item: Json
    agencies: list[Agency]
    hidden: int
    quote: Json | None
    places: list[str]
    suggested: list[str]


def rows(items: Iterable[Json], address: Address, vocabulary: Vocabulary) -> list[Row]:
    return [row(item, address, vocabulary) for item in items]


def row(item: Json, address: Address, vocabulary: Vocabulary) -> Row:
    """Return an article's row: the agencies that were asked for first, then the worst spoken of."""
    asked = set(address.values("opd")) | set(address.values("unit"))
    found = agencies(item["mentions"], vocabulary)
    found.sort(key=lambda one: (one.mention["id"] not in asked, _WORST_FIRST[one.sentiment]))
    # A title stands above already; then the beginning of the text says more.
    quoted = [one.mention for one in found if one.mention["evidence"] not in ("", item["title"])]
    places = [one["label"] for one in item["mentions"] if one["kind"] == "region"]
    told = not found or address.values("suggested")
    suggested = [vocabulary.label("opd", one) for one in item["suggested"]] if told else []
    quote = quoted[0] if quoted else None
    return Row(item, found[:SHOWN_AGENCIES], len(found) - SHOWN_AGENCIES, quote, places, suggested)


def counted(mention: Json) -> str:
    """Return what a mention counts as."""
    return NEEDS_READING if mention["uncertain"] else str(mention["sentiment"])


def agencies(mentions: Sequence[Json], vocabulary: Vocabulary) -> list[Agency]:
    """Return the agencies and units; an agency that is only there for its unit is named with the unit."""
    by_unit = [one for one in mentions if one["kind"] == "unit"]
    covered = {vocabulary.unit_opd.get(one["id"]) for one in by_unit}
    found = [
        Agency(one["label"], vocabulary.opd.get(vocabulary.unit_opd.get(one["id"]) or "", ""), counted(one), one)
        for one in by_unit
    ]
    found += [
        Agency(one["label"], "", counted(one), one)
        for one in mentions
        if one["kind"] == "opd" and not (one["derived"] and one["id"] in covered)
    ]
    return found


@dataclass(frozen=True)
class Strip:
    """The counts toward one agency, each with the address that lists them; widths add up to 100."""

    label: str
    href: str
    counts: list[tuple[str, int, str]]
    parts: list[tuple[str, float, float]]
    total: int


def strips(buckets: Iterable[Bucket], address: Address, vocabulary: Vocabulary) -> list[Strip]:
    """Return the agencies with the most negative articles first."""
    found = [strip(one, vocabulary.opd.get(one.key, one.key), address.put(opd=one.key)) for one in buckets]
    return sorted(found, key=lambda one: (-one.counts[0][1], -one.total, one.label))


def strip(bucket: Bucket, label: str, address: Address) -> Strip:
    plain = address.drop("sentiment")
    counts = [(tone, bucket.counts[tone], plain.put(sentiment=tone).href) for tone in TONES]
    total = bucket.counts["total"]
    parts: list[tuple[str, float, float]] = []
    left = 0.0
    for tone, count, _ in counts:
        width = 100 * count / total
        if count:
            parts.append((tone, round(left, 2), round(width, 2)))
        left += width
    return Strip(label, plain.href, counts, parts, total)


@dataclass(frozen=True)
class Bar:
    """One slot of time in the histogram, in per cent of its box; negative articles at the base.

    The whole slot can be clicked, not only its bar: a bar may be too small for a finger.
    """

    label: str
    href: str
    slot_x: float
    slot_width: float
    x: float
    width: float
    parts: list[tuple[str, float, float]]
    total: int
    negative: int


def bars(series: Sequence[tuple[datetime, dict[str, int]]], address: Address, interval: Interval) -> list[Bar]:
    """Return the bars of a series; a click on one asks for its time."""
    highest = max((counts["total"] for _, counts in series), default=0) or 1
    step = 100 / max(len(series), 1)
    found = []
    for place, (start, counts) in enumerate(series):
        last = following(start, interval) - timedelta(days=1)
        href = address.put(from_=f"{start.date()}", to=f"{last.date()}").href
        label = words.day(start) if interval is Interval.DAY else f"{words.day(start)} – {words.day(last)}"
        parts, base = [], 0.0
        for tone in TONES:
            height = 100 * counts[tone] / highest
            if counts[tone]:
                parts.append((tone, round(100 - base - height, 2), round(height, 2)))
            base += height
        width = round(min(step * 0.86, WIDEST_BAR), 3)
        x = round(place * step + (step - width) / 2, 3)
        found.append(
            Bar(
                label,
                href,
                round(place * step, 3),
                round(step, 3),
                x,
                width,
                parts,
                counts["total"],
                counts["negative"],
            )
        )
    return found


def showing(page: int, size: int, shown: int, total: int) -> str:
    """Return `26–50 dari 340 berita`."""
    if not total:
        return "Tidak ada berita"
    first = (page - 1) * size + 1
    if shown == total:
        return f"{words.number(total)} berita"
    return f"{words.number(first)}–{words.number(first + shown - 1)} dari {words.number(total)} berita"


def sort_links(address: Address, *, has_query: bool) -> list[tuple[str, str, bool]]:
    """Return (label, address, chosen) of each order; by relevance only where there are words to be relevant to."""
    now = address.value("sort") or Sort.NEWEST
    return [
        (words.SORTS[sort], address.put(sort="" if sort == Sort.NEWEST else str(sort)).href, sort == now)
        for sort in Sort
        if has_query or sort != Sort.RELEVANCE
    ]
