"""The library as a plain scan of documents: what Elasticsearch must answer, spelt out without it.

It is the reference of the brute-force check and the store of the gateway's unit tests. Text is compared word by
word, unstemmed, so queries that lean on the stemmer do not belong here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from runtime.retry import BusyError
from search.domain import stats
from search.domain.conditions import AGENCIES, CLASSES, FLAGS, HIDE, NEEDS_READING, YES
from search.domain.filters import CLOSED, OPEN, Filters, Sort
from search.domain.library import After, Found, Hit, Json, Span
from search.domain.query.dates import WIB
from search.domain.query.elastic import STOP_WORDS
from search.domain.query.parser import fold
from search.domain.query.tree import And, Keyword, Node, Not, Or, Phrase, Prefix, Published, Severity, Words
from search.domain.story_facts import StoryFacts

STORY_LISTS = ("opd", "unit", "origin")
LISTS = ("opd", "unit", "region", "bakorwil", "category")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def moment(source: Json) -> datetime:
    return datetime.fromisoformat(source["published_at"])


def holds(node: Node | None, source: Json) -> bool:
    """Return whether an article fulfils a query."""
    match node:
        case None:
            return True
        case And(children):
            return all(holds(child, source) for child in children)
        case Or(children):
            return any(holds(child, source) for child in children)
        case Not(child):
            return not holds(child, source)
    return leaf_holds(node, source)


def leaf_holds(node: Words | Phrase | Prefix | Keyword | Severity | Published, source: Json) -> bool:
    match node:
        case Keyword(field, value):
            return value_holds(field, value, source)
        case Severity(least, most):
            return least <= source["severity"] <= most
        case Published(since, until):
            return (since is None or moment(source) >= since) and (until is None or moment(source) < until)
    return any(text_holds(node, part) for part in texts_of(node, source))


def texts_of(node: Words | Phrase | Prefix, source: Json) -> list[list[str]]:
    title, text = words(source["title"]), words(source["text"])
    if node.field is not None:
        return [{"title": title, "text": text, "authors": words(" ".join(source["authors"]))}[node.field]]
    return [title + text] if isinstance(node, Words) else [title, text]


def text_holds(node: Words | Phrase | Prefix, found: list[str]) -> bool:
    match node:
        case Words(wanted):
            return all(word in found for one in wanted if one not in STOP_WORDS for word in words(one))
        case Prefix(stem):
            return any(word.startswith(stem) for word in found)
        case Phrase(text, slop):
            return near(words(text), found, slop)


def near(wanted: list[str], found: list[str], slop: int) -> bool:
    """Return whether the words stand in this order with at most `slop` others between; enough for these tests."""

    def fits(place: int, rest: list[str], left: int) -> bool:
        if not rest:
            return True
        reach = range(place + 1, min(len(found), place + 2 + left))
        return any(found[at] == rest[0] and fits(at, rest[1:], left - (at - place - 1)) for at in reach)

    return any(word == wanted[0] and fits(at, wanted[1:], slop) for at, word in enumerate(found))


def values_of(field: str, source: Json) -> list[str]:
    found = source[field]
    return found if isinstance(found, list) else [found]


def tone_of(source: Json) -> str:
    return NEEDS_READING if source.get("tone_uncertain") else str(source["tone"])


def class_of(mention: Json) -> str:
    return NEEDS_READING if mention.get("uncertain") else str(mention["sentiment"])


def agencies_of(source: Json, asked: dict[str, tuple[str, ...]]) -> list[Json]:
    """Return the mentions of the agencies asked for, or of all where none is."""
    return [
        one
        for one in source["mentions"]
        if one["kind"] in AGENCIES and (not asked or one["id"] in asked.get(one["kind"], ()))
    ]


def flag_of(name: str, source: Json, asked: dict[str, tuple[str, ...]]) -> bool:
    if name == "vanished":
        return source.get("vanished_at") is not None and source.get("vanished_how") != "restored"
    if name != "needs_reading":
        return bool(source.get(name))
    return NEEDS_READING in {tone_of(source), *(class_of(one) for one in agencies_of(source, asked))}


def value_holds(field: str, value: str, source: Json) -> bool:
    """Return whether one value of one field holds."""
    if field in FLAGS:
        return flag_of(field, source, {}) == (value == YES)
    if field == "copies":
        return value != HIDE or source.get("copy_of") is None
    if field == "sentiment":
        return value in {class_of(one) for one in agencies_of(source, {})}
    return value in field_values(field, source)


def field_values(field: str, source: Json) -> list[str]:
    """Return what a filter by a field compares with."""
    match field:
        case "tone":
            return [tone_of(source)]
        case "origin":
            return [source.get("origin", "earned")]
        case "story":
            return [source.get("story_id", "")]
        case "suggested" | "jurisdiction":
            return list(source.get(field, []))
    return values_of(field, source)


def chosen(filters: Filters, source: Json) -> bool:
    """Return whether an article fulfils the filters."""
    for field in (*CLOSED, *OPEN):
        wanted = getattr(filters, field)
        if field != "sentiment" and wanted and not set(wanted) & set(field_values(field, source)):
            return False
    asked = {kind: getattr(filters, kind) for kind in AGENCIES if getattr(filters, kind)}
    for name in FLAGS:
        wanted = getattr(filters, name)
        if wanted is not None and flag_of(name, source, asked) != wanted:
            return False
    if filters.hide_copies and source.get("copy_of") is not None:
        return False
    if filters.sentiment and not toward(filters, source, asked):
        return False
    return holds(Published(filters.since, filters.until), source) and holds(filters.query, source)


def toward(filters: Filters, source: Json, asked: dict[str, tuple[str, ...]]) -> bool:
    right = [one for one in agencies_of(source, {}) if class_of(one) in filters.sentiment]
    return all(any(one["kind"] == kind and one["id"] in ids for one in right) for kind, ids in asked.items()) and bool(
        right
    )


ORDERS: dict[Sort, Callable[[Json], tuple[Any, ...]]] = {
    Sort.NEWEST: lambda one: (-moment(one).timestamp(), one["article_id"]),
    Sort.OLDEST: lambda one: (moment(one).timestamp(), one["article_id"]),
    Sort.RELEVANCE: lambda one: (-moment(one).timestamp(), one["article_id"]),
    Sort.SEVERITY: lambda one: (-one["severity"], -moment(one).timestamp(), one["article_id"]),
}


class ScanLibrary:
    """Answers by looking at every document."""

    def __init__(
        self, sources: Iterable[Json] = (), dispositions: Iterable[Json] = (), entries: Iterable[Json] = ()
    ) -> None:
        self.sources = list(sources)
        self.dispositions = list(dispositions)
        self.entries = list(entries)
        self.away = False

    def _all(self, filters: Filters) -> list[Json]:
        if self.away:
            raise BusyError("connection refused")
        return [source for source in self.sources if chosen(filters, source)]

    def problem(self) -> str | None:
        return "connection refused" if self.away else None

    def find(self, filters: Filters, sort: Sort, size: int, facets: tuple[str, ...], after: After | None) -> Found:
        every = sorted(self._all(filters), key=ORDERS[sort])
        rest = [one for one in every if after is None or ORDERS[sort](one) > tuple(after.values)]
        page = [Hit(one, ORDERS[sort](one)) for one in rest[:size]]
        more = len(rest) > size
        return Found(
            len(every),
            page,
            After(page[-1].sort) if more else None,
            {name: self._facet(name, filters, every) for name in facets},
        )

    def _facet(self, name: str, filters: Filters, every: list[Json]) -> list[tuple[str, int]]:
        counter: Counter[str] = Counter()
        for source in every:
            if name == "day":
                counter[f"{moment(source).astimezone(WIB):%Y-%m-%d}"] += 1
            elif name == "sentiment":
                asked = {kind: getattr(filters, kind) for kind in AGENCIES if getattr(filters, kind)}
                counter.update({class_of(one) for one in agencies_of(source, asked)})
            else:
                counter.update(set(field_values(name, source)))
        return sorted(counter.items(), key=(lambda pair: pair[0]) if name == "day" else (lambda p: (-p[1], p[0])))

    def get(self, article_id: str) -> Json | None:
        return next((one for one in self.sources if one["article_id"] == article_id), None)

    def span(self, filters: Filters) -> Span:
        every = [moment(one) for one in self._all(filters)]
        return Span(len(every), min(every, default=None), max(every, default=None))

    def counts(
        self,
        filters: Filters,
        group: stats.GroupBy,
        interval: stats.Interval | None,
        only: tuple[str, ...] | None = None,
    ) -> list[stats.Cell]:
        counter: Counter[tuple[str, str, datetime | None]] = Counter()
        for source in self._all(filters):
            at = stats.floor(moment(source), interval) if interval else None
            for key, label in self._labelled(group, source):
                if only is not None and key not in only:
                    continue
                counter[key, label, None] += 1
                if at is not None:
                    counter[key, label, at] += 1
        return [stats.Cell(key, label, count, at) for (key, label, at), count in counter.items()]

    def _labelled(self, group: stats.GroupBy, source: Json) -> list[tuple[str, str]]:
        if group is stats.GroupBy.NONE:
            return [("all", tone_of(source))]
        if group.measure == "sentiment":
            return [(one["id"], class_of(one)) for one in source["mentions"] if one["kind"] == group]
        return [(key, tone_of(source)) for key in values_of(group, source)]

    def story_ids(self, filters: Filters) -> tuple[str, ...]:
        latest: dict[str, datetime] = {}
        for source in self._all(filters):
            if story := source.get("story_id"):
                latest[story] = max(moment(source), latest.get(story, moment(source)))
        return tuple(sorted(latest, key=lambda one: (-latest[one].timestamp(), one)))

    def story_facts(self, story_ids: Sequence[str]) -> dict[str, StoryFacts]:
        found: dict[str, StoryFacts] = {}
        for story in story_ids:
            every = self._all(Filters(story=(story,)))
            lists = [sorted({one for source in every for one in field_values(name, source)}) for name in STORY_LISTS]
            if every:
                tones = Counter(tone_of(source) for source in every)
                found[story] = StoryFacts({label: tones[label] for label in CLASSES}, *map(tuple, lists))
        return found

    def dispositions_at(self, urls: Sequence[str]) -> list[Json]:
        return [one for one in self.dispositions if {one["url"], one["canonical_url"]} & set(urls)]

    def dispositions_of(self, article_id: str) -> list[Json]:
        return [one for one in self.dispositions if one["article_id"] == article_id]

    def page_entries(self, article_id: str) -> list[Json]:
        return [
            {k: v for k, v in one.items() if k != "text"} for one in self.entries if one["article_id"] == article_id
        ]

    def revision(self, article_id: str, number: int) -> Json | None:
        wanted = {"entry": "revision", "article_id": article_id, "revision": number}
        return next((one for one in self.entries if wanted.items() <= one.items()), None)
