"""Which articles are asked for: the parameters of a request, checked, as one value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from search.domain.conditions import FLAGS, HIDE, YES
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.query import dates
from search.domain.query.parser import parse
from search.domain.query.tree import Node
from search.domain.vocabulary import Vocabulary, nearest

CLOSED = ("opd", "unit", "bakorwil", "region", "tone", "sentiment", "suggested", "origin", "jurisdiction")
OPEN = ("outlet", "category", "story")
SINGLE = (*FLAGS, "copies")
"""Fields with one value: yes or no, and whether copies are shown."""
PARAMETERS = ("q", *CLOSED, *OPEN, *SINGLE, "from", "to")
MAX_VALUES = 60
_SLUG = re.compile(r"^[a-z0-9][a-z0-9 ._-]{0,79}$")


class Sort(StrEnum):
    """The order of results. Newest first unless asked otherwise, also with `q`: a desk asks what is new."""

    NEWEST = "-published_at"
    OLDEST = "published_at"
    RELEVANCE = "relevance"
    SEVERITY = "severity"


@dataclass(frozen=True)
class Filters:
    """What an article must fulfil. Values of one field are alternatives; fields add up. `until` is exclusive.

    A yes-or-no filter that is None does not matter. `hide_copies` leaves the first of each group of near-copies.
    """

    query: Node | None = None
    text: str = ""
    opd: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    bakorwil: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    sentiment: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    needs_reading: bool | None = None
    corrected: bool | None = None
    edited: bool | None = None
    vanished: bool | None = None
    hide_copies: bool = False
    since: datetime | None = None
    until: datetime | None = None

    def parts(self) -> dict[str, Any]:
        """Return what the filters ask for, as plain values in a fixed order; equal filters have equal parts."""
        found: dict[str, Any] = {name: sorted(getattr(self, name)) for name in (*CLOSED, *OPEN) if getattr(self, name)}
        found |= {name: getattr(self, name) for name in FLAGS if getattr(self, name) is not None}
        if self.hide_copies:
            found["copies"] = HIDE
        for name, value in (("q", self.text), ("from", self.since), ("to", self.until)):
            if value:
                found[name] = value if isinstance(value, str) else value.isoformat()
        return found


def read_filters(raw: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> Filters:
    """Return the filters in raw parameters: repeated or comma-separated values, empty ones left out.

    Raises InvalidRequestError with every mistake found, each with what would be right.
    """
    flaws: list[Flaw] = []
    chosen = {name: _values(name, raw.get(name, ()), vocabulary, flaws) for name in (*CLOSED, *OPEN)}
    flags = {name: _flag(name, raw.get(name, ()), vocabulary, flaws) for name in FLAGS}
    hide_copies = HIDE in _values("copies", raw.get("copies", ()), vocabulary, flaws)
    since = _moment("from", raw.get("from", ()), flaws)
    until = _moment("to", raw.get("to", ()), flaws)
    if since is not None and until is not None and since >= until:
        flaws.append(Flaw("from", "Tanggal awal sesudah tanggal akhir.", hint="Tukar `from` dan `to`."))
    text = " ".join(raw.get("q", ())).strip()
    query: Node | None = None
    try:
        query = parse(text, vocabulary)
    except InvalidRequestError as error:
        flaws += error.flaws
    if flaws:
        raise InvalidRequestError(*flaws)
    return Filters(
        query,
        text,
        since=since,
        until=until,
        hide_copies=hide_copies,
        needs_reading=flags["needs_reading"],
        corrected=flags["corrected"],
        edited=flags["edited"],
        vanished=flags["vanished"],
        **chosen,
    )


def _values(name: str, raw: Sequence[str], vocabulary: Vocabulary, flaws: list[Flaw]) -> tuple[str, ...]:
    values = dict.fromkeys(vocabulary.value_of(name, part) for one in raw for part in one.split(","))
    values.pop("", None)
    if len(values) > MAX_VALUES:
        flaws.append(Flaw(name, f"Terlalu banyak nilai: {len(values)}, paling banyak {MAX_VALUES}."))
        return ()
    names = vocabulary.names_of(name)
    for value in values:
        if names is None and not _SLUG.match(value):
            flaws.append(
                Flaw(name, f"Nilai “{value[:40]}” tidak bisa dipakai.", hint="Huruf kecil, angka, dan tanda hubung.")
            )
        elif names is not None and value not in names:
            flaws.append(unknown(name, value, tuple(names)))
    return tuple(values)


def _flag(name: str, raw: Sequence[str], vocabulary: Vocabulary, flaws: list[Flaw]) -> bool | None:
    """Return yes, no, or None where both or neither are asked for."""
    values = _values(name, raw, vocabulary, flaws)
    return values[0] == YES if len(values) == 1 else None


def unknown(parameter: str, value: str, allowed: tuple[str, ...]) -> Flaw:
    """Return the flaw of a value outside a closed set, with the nearest values or, where they are few, all."""
    shown = value[:60]
    if len(allowed) <= 12:
        hint = f"Nilai yang dikenal: {', '.join(allowed)}."
        return Flaw(parameter, f"Nilai “{shown}” tidak dikenal.", hint=hint, allowed=allowed)
    close = nearest(value[:60], allowed)
    where = {"opd": "GET /v1/opd", "unit": "GET /v1/units", "region": "GET /v1/regions"}.get(parameter, "")
    hint = f"Mungkin maksud Anda {' atau '.join(close)}. " if close else ""
    return Flaw(parameter, f"Nilai “{shown}” tidak dikenal.", hint=f"{hint}Daftar lengkap: {where}.", allowed=close)


def _moment(name: str, raw: Sequence[str], flaws: list[Flaw]) -> datetime | None:
    values = [value.strip() for value in raw if value.strip()]
    if not values:
        return None
    if len(values) > 1:
        flaws.append(Flaw(name, "Tanggal ini diberikan lebih dari sekali.", hint="Berikan satu saja."))
        return None
    try:
        return dates.moment(values[0], end=name == "to")
    except (ValueError, OverflowError):
        flaws.append(Flaw(name, f"Tanggal “{values[0][:40]}” tidak terbaca.", hint=dates.HINT))
        return None
