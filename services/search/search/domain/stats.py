"""Counts of positive, neutral, negative and to be read: what is counted, in which slots of time, in which shape."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from search.domain.bodies import query_of
from search.domain.conditions import CLASSES, tone_counts, toward_counts
from search.domain.filters import Filters
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.query.dates import WIB
from search.domain.vocabulary import Vocabulary

Json = dict[str, Any]

MAX_SLOTS = 10_000
"""Groups times slots of time in one answer; with four labels each this stays below the cluster's own limit."""


class GroupBy(StrEnum):
    """What the counts are split by."""

    NONE = "none"
    OPD = "opd"
    UNIT = "unit"
    REGION = "region"
    BAKORWIL = "bakorwil"
    OUTLET = "outlet"
    CATEGORY = "category"

    @property
    def measure(self) -> str:
        """Return what is counted: the sentiment toward the agency, or the article's own tone."""
        return "sentiment" if self in (GroupBy.OPD, GroupBy.UNIT) else "tone"


class Interval(StrEnum):
    """The length of a slot of time, in WIB; a week begins on Monday."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


MOST_GROUPS: dict[GroupBy, int] = {
    GroupBy.NONE: 1,
    GroupBy.OPD: 60,
    GroupBy.UNIT: 160,
    GroupBy.REGION: 38,
    GroupBy.BAKORWIL: 5,
    GroupBy.OUTLET: 100,
    GroupBy.CATEGORY: 60,
}
_AUTOMATIC = (Interval.DAY, Interval.WEEK, Interval.MONTH)


@dataclass(frozen=True)
class Cell:
    """One count: so many articles of a group with a label, in the slot that begins then (None: over all)."""

    key: str
    label: str
    count: int
    at: datetime | None = None


def floor(at: datetime, interval: Interval) -> datetime:
    """Return the beginning of the slot that holds a moment, in WIB."""
    local = at.astimezone(WIB).replace(minute=0, second=0, microsecond=0)
    if interval is Interval.HOUR:
        return local
    local = local.replace(hour=0)
    if interval is Interval.WEEK:
        return local - timedelta(days=local.weekday())
    return local.replace(day=1) if interval is Interval.MONTH else local


def following(at: datetime, interval: Interval) -> datetime:
    """Return the beginning of the next slot."""
    if interval is Interval.HOUR:
        return at + timedelta(hours=1)
    if interval is Interval.MONTH:
        return (at.replace(day=1) + timedelta(days=32)).replace(day=1)
    return at + timedelta(days=7 if interval is Interval.WEEK else 1)


def slots(first: datetime, last: datetime, interval: Interval, most: int) -> list[datetime] | None:
    """Return the beginnings of all slots that touch first..last (both included), or None when there are too many."""
    found = [floor(first, interval)]
    while (after := following(found[-1], interval)) <= last:
        found.append(after)
        if len(found) > most:
            return None
    return found


def choose_slots(
    group: GroupBy, wanted: Interval | None, first: datetime, last: datetime, groups: int | None = None
) -> tuple[Interval | None, list[datetime]]:
    """Return the interval and its slots over first..last; `groups` is how many there are at most.

    Without a wish the finest of day, week and month that fits is taken, and none where not even months fit.
    Raises InvalidRequestError when the wanted interval makes too many slots.
    """
    most = MAX_SLOTS // min(groups or MOST_GROUPS[group], MOST_GROUPS[group])
    for interval in (wanted,) if wanted else _AUTOMATIC:
        found = slots(first, last, interval, most)
        if found is not None:
            return interval, found
    if wanted is None:
        return None, []
    raise InvalidRequestError(
        Flaw(
            "interval",
            f"Terlalu banyak selang waktu: lebih dari {most} per kelompok.",
            hint="Persempit `from` dan `to`, atau pakai interval yang lebih panjang (day, week, month).",
        )
    )


def groups_left(group: GroupBy, filters: Filters, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return the groups that the filters leave, or None when they say nothing about the groups.

    Left are those asked for by id; of units only those under the agencies asked for, of regions those of the Bakorwil.
    """
    if group is GroupBy.NONE:
        return None
    left: tuple[str, ...] | None = getattr(filters, group) or None
    parents, within = {
        GroupBy.UNIT: (vocabulary.unit_opd, filters.opd),
        GroupBy.REGION: (vocabulary.region_bakorwil, filters.bakorwil),
    }.get(group, ({}, ()))
    if within:
        left = tuple(key for key in (left or parents) if parents.get(key) in within)
    return left


def range_body(filters: Filters) -> Json:
    """Return the request for the first and last time of publication among the articles, and their number."""
    ends = {"first": {"min": {"field": "published_at"}}, "last": {"max": {"field": "published_at"}}}
    return {"query": query_of(filters), "size": 0, "track_total_hits": True, "aggs": ends}


def count_body(
    filters: Filters, group: GroupBy, interval: Interval | None, only: tuple[str, ...] | None = None
) -> Json:
    """Return the request for the counts, over all and per slot; with `only`, of these groups alone."""
    labelled: Json = toward_counts() if group.measure == "sentiment" else tone_counts()
    if interval is not None:
        series: Json = {
            "date_histogram": {
                "field": "published_at",
                "calendar_interval": str(interval),
                "time_zone": "Asia/Jakarta",
                "min_doc_count": 1,
            }
        }
        if group.measure == "sentiment":
            labelled["aggs"] = {"articles": {"reverse_nested": {}, "aggs": {"series": series}}}
        else:
            labelled["aggs"] = {"series": series}
    return {
        "query": query_of(filters),
        "size": 0,
        "track_total_hits": True,
        "aggs": {"top": _grouped(group, labelled, only)},
    }


def _grouped(group: GroupBy, labelled: Json, only: tuple[str, ...] | None) -> Json:
    if group is GroupBy.NONE:
        return labelled
    which: Json = {"size": MOST_GROUPS[group]} | ({} if only is None else {"include": list(only)})
    if group.measure == "tone":
        return {"terms": {"field": str(group), **which}, "aggs": {"labels": labelled}}
    groups = {"terms": {"field": "mentions.id", **which}, "aggs": {"labels": labelled}}
    ofkind = {"filter": {"term": {"mentions.kind": str(group)}}, "aggs": {"groups": groups}}
    return {"nested": {"path": "mentions"}, "aggs": {"ofkind": ofkind}}


def cells_of(group: GroupBy, answer: Json) -> list[Cell]:
    """Return the counts in an answer to `count_body`."""
    if group is GroupBy.NONE:
        return _labels("all", answer["buckets"])
    buckets = answer["buckets"] if group.measure == "tone" else answer["ofkind"]["groups"]["buckets"]
    return [cell for bucket in buckets for cell in _labels(bucket["key"], bucket["labels"]["buckets"])]


def _labels(key: str, labels: Mapping[str, Json]) -> list[Cell]:
    found: list[Cell] = []
    for name, label in labels.items():
        if not label["doc_count"]:
            continue
        found.append(Cell(key, name, label["doc_count"]))
        series = label.get("articles", label).get("series", {"buckets": []})
        found += [
            Cell(key, name, slot["doc_count"], datetime.fromtimestamp(slot["key"] / 1000, UTC))
            for slot in series["buckets"]
        ]
    return found


def coarser(cells: Iterable[Cell], interval: Interval) -> list[Cell]:
    """Return the counts of days put together into a longer interval."""
    sums: dict[tuple[str, str, datetime | None], int] = {}
    for cell in cells:
        key = (cell.key, cell.label, None if cell.at is None else floor(cell.at, interval).astimezone(UTC))
        sums[key] = sums.get(key, 0) + cell.count
    return [Cell(key, label, count, at) for (key, label, at), count in sums.items()]


def empty() -> dict[str, int]:
    """Return a count of nothing. The total counts every article once, also those that are still to be read."""
    return dict.fromkeys((*CLASSES, "total"), 0)


def _add(counts: dict[str, int], label: str, count: int) -> None:
    counts[label] += count
    counts["total"] += count


@dataclass(frozen=True)
class Bucket:
    """The counts of one group, and of each slot of time in order, empty slots included."""

    key: str
    counts: dict[str, int]
    series: list[tuple[datetime, dict[str, int]]]


def buckets_of(group: GroupBy, cells: Iterable[Cell], starts: list[datetime]) -> list[Bucket]:
    """Return the groups, most counted first, then by key. Without a group there is always one bucket, `all`."""
    over_all: dict[str, dict[str, int]] = {"all": empty()} if group is GroupBy.NONE else {}
    per_slot: dict[str, dict[datetime, dict[str, int]]] = {}
    known = {start.astimezone(UTC): start for start in starts}
    for cell in cells:
        if cell.at is None:
            _add(over_all.setdefault(cell.key, empty()), cell.label, cell.count)
        elif cell.at in known:
            _add(per_slot.setdefault(cell.key, {}).setdefault(known[cell.at], empty()), cell.label, cell.count)
    made = [
        Bucket(key, counts, [(start, per_slot.get(key, {}).get(start, empty())) for start in starts])
        for key, counts in over_all.items()
    ]
    return sorted(made, key=lambda bucket: (-bucket.counts["total"], bucket.key))
