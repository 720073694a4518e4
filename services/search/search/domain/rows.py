"""The rows of an article's bodies after people's corrections: what is added, removed and set, and what rolls up.

A row is one body as the document keeps it in `mentions`. Roll-ups are made again from the gazetteer as the router
makes them: the OPD over a unit, the place of a unit that has one, the Bakorwil over places and units. A roll-up that
no correction touches stays as the router made it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contract.gazetteer import Gazetteer
from contract.learnt import ArticleCorrected
from contract.messages import EntityKind, Sentiment
from contract.values import Correctable, Presence

from search.domain.votes import deciding, persons_vote

Json = dict[str, Any]
Key = tuple[str, str]
"""(kind, id) of a body."""

BY_A_PERSON = "corrected"
OWN_SITE = "own_site"
_KINDS = {str(kind): place for place, kind in enumerate(EntityKind)}
_ROLLED = {"opd": "unit_of", "region": "located_in", "bakorwil": "region_of"}
MAX_NAMES = 3


@dataclass(frozen=True)
class Held:
    """The corrections in force of one article's bodies: by what is corrected, then by body."""

    presence: Mapping[Key, ArticleCorrected]
    assigned: Mapping[Key, ArticleCorrected]
    sentiment: Mapping[Key, ArticleCorrected]

    def __bool__(self) -> bool:
        return bool(self.presence or self.assigned or self.sentiment)


def key_of(row: Mapping[str, Any]) -> Key:
    return str(row["kind"]), str(row["id"])


def is_mentioned(row: Mapping[str, Any]) -> bool:
    """Return whether the text names the body itself, or a person says so."""
    return not row.get("derived", False) and row.get("rule") != OWN_SITE


@dataclass(frozen=True)
class Read:
    """What the machines made of an article: the router's rows, the classifier's mentions, others named, the words."""

    rows: Sequence[Json]
    spoken: Sequence[Json] = ()
    others: Sequence[Json] = ()
    text_of: Mapping[str, str] = field(default_factory=dict)


def corrected_rows(read: Read, held: Held, gazetteer: Gazetteer) -> list[Json]:
    """Return the rows after the corrections, in the router's order."""
    rows = read.rows
    if not held:
        return list(rows)
    named = _named(rows, held, read.text_of)
    made = _with_sentiment(named, held.sentiment)
    found = {key_of(row): row for row in [*made, *_bakorwil_named(made, gazetteer)]}
    machine = {key_of(row): row for row in rows if row.get("derived", False)}
    groups = sorted({str(one.get("entity_id")) for one in read.others} & gazetteer.group_by_id.keys())
    for kind, over in _roll_ups(found, groups, gazetteer):
        for body, via in sorted(over.items()):
            if (kind, body) in found:
                continue
            sources = [row for source in via for one in ("unit", "region") if (row := found.get((one, source)))]
            before = machine.get((kind, body))
            touched = any(row.get("corrected") for row in sources)
            stays = before is not None and list(before["via"]) == via and not touched
            votes = [vote for row in sources for vote in _votes(row, read.spoken)]
            found[kind, body] = before if before and stays else _rolled_up((kind, body), via, votes, gazetteer)
    kept = [row for key, row in found.items() if not _is(held.assigned.get(key), Presence.REMOVED)]
    return sorted(_with_sentiment(kept, held.sentiment), key=lambda row: (_KINDS[row["kind"]], row["id"]))


def _is(event: ArticleCorrected | None, value: str) -> bool:
    return event is not None and event.after == value


def _named(rows: Sequence[Json], held: Held, text_of: Mapping[str, str]) -> list[Json]:
    """Return the rows that are not rolled up: those that stay, then those that people add."""
    own = [row for row in rows if not row.get("derived", False) and not _repeats_an_opd(row, rows)]
    kept = {key_of(row): row for row in own if not (_gone(row, held) and is_mentioned(row))}
    for events in (held.assigned, held.presence):
        for key, event in sorted(events.items()):
            if event.after == Presence.ADDED and key not in kept:
                kept[key] = _added(key, event, text_of)
    return list(kept.values())


def _gone(row: Json, held: Held) -> bool:
    return _is(held.presence.get(key_of(row)), Presence.REMOVED)


def _repeats_an_opd(row: Json, rows: Sequence[Json]) -> bool:
    """Return whether a Bakorwil's row only repeats its row as an OPD; it is made again from that."""
    return row["kind"] == "bakorwil" and any(key_of(one) == ("opd", row["id"]) for one in rows)


def _added(key: Key, event: ArticleCorrected, text_of: Mapping[str, str]) -> Json:
    span = event.span
    evidence = text_of[span.field][span.start : span.end] if span else ""
    said = f": {event.note}" if event.note else "."
    return {
        "id": key[1],
        "kind": key[0],
        "sentiment": str(event.sentiment or Sentiment.NEUTRAL),
        "score": 1.0,
        "evidence": evidence[:2_000],
        "rule": BY_A_PERSON,
        "reason": f"Ditambahkan oleh {event.by}{said}"[:400],
        "derived": False,
        "via": [],
        "cues": [],
        "uncertain": False,
        "corrected": True,
    }


def _with_sentiment(rows: Iterable[Json], events: Mapping[Key, ArticleCorrected]) -> list[Json]:
    return [
        row
        if (event := events.get(key_of(row))) is None
        else {**row, "sentiment": str(event.after), "score": 1.0, "uncertain": False, "corrected": True}
        for row in rows
    ]


def _bakorwil_named(rows: Iterable[Json], gazetteer: Gazetteer) -> list[Json]:
    """Return the rows of named Bakorwil once more as areas, so that either filter finds them."""
    own = {row.id for row in gazetteer.bakorwil}
    return [{**row, "kind": "bakorwil"} for row in rows if row["kind"] == "opd" and row["id"] in own]


def _roll_ups(
    found: Mapping[Key, Json], groups: Sequence[str], gazetteer: Gazetteer
) -> list[tuple[str, dict[str, list[str]]]]:
    """Return, per kind, the bodies that something rolls up to and what that is."""
    units = sorted(body for kind, body in found if kind == "unit" and body in gazetteer.unit_by_id)
    regions = sorted(body for kind, body in found if kind == "region" and body in gazetteer.region_by_id)
    over: dict[str, list[str]] = defaultdict(list)
    places: dict[str, list[str]] = defaultdict(list)
    areas: dict[str, list[str]] = defaultdict(list)
    for region in regions:
        areas[gazetteer.bakorwil_of_region(region)].append(region)
    for unit in units:
        opd = gazetteer.opd_of_unit(unit)
        if opd is not None:
            over[opd].append(unit)
        where = gazetteer.unit_by_id[unit].region_ids
        if len(where) == 1:
            places[where[0]].append(unit)
        within = {gazetteer.bakorwil_of_region(region) for region in where}
        if len(within) == 1:
            areas[within.pop()].append(unit)
    for group in groups:
        for area in gazetteer.bakorwil_of_group(group):
            areas[area].append(group)
    return [("opd", over), ("region", places), ("bakorwil", areas)]


def _votes(row: Json, spoken: Sequence[Json]) -> list[Json]:
    """Return how the article speaks of a body: its mentions, or the one vote of who corrected it."""
    mentions = [one for one in spoken if (one["kind"], one["entity_id"]) == key_of(row) and _counts(one)]
    return [persons_vote(row, mentions)] if row.get("corrected") else mentions


def _rolled_up(key: Key, via: Sequence[str], votes: Sequence[Json], gazetteer: Gazetteer) -> Json:
    """Return the row of a body that is rolled up from what `via` names, as `votes` speak of that."""
    verdict = deciding(votes) if votes else None
    names = [gazetteer.name_of(source) for source in via]
    return {
        "id": key[1],
        "kind": key[0],
        "sentiment": verdict["sentiment"] if verdict else "neutral",
        "score": verdict["score"] if verdict else 0.0,
        "evidence": verdict.get("evidence", "") if verdict else "",
        "rule": _ROLLED[key[0]],
        "reason": _reason(key[0], names, gazetteer.name_of(key[1]))[:400],
        "derived": True,
        "via": list(via),
        "cues": list(verdict.get("cues", ())) if verdict else [],
        **({"speaker": verdict["speaker"]} if verdict and verdict.get("speaker") else {}),
        "uncertain": bool(verdict.get("uncertain", False)) if verdict else False,
    }


def _counts(spoken: Mapping[str, Any]) -> bool:
    """Return whether the router lets a mention vote: one of another government's body does not."""
    jurisdiction = spoken.get("jurisdiction", "province")
    return bool(jurisdiction != "elsewhere" if spoken["kind"] == "region" else jurisdiction == "province")


def _reason(kind: str, names: Sequence[str], body: str) -> str:
    shown = [*names[:MAX_NAMES], *([f"{len(names) - MAX_NAMES} lainnya"] if len(names) > MAX_NAMES else [])]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} dan {shown[-1]}"
    return {
        "opd": f"{listed} disebut, unit di bawah {body}.",
        "region": f"{listed} disebut, lokasinya di {body}.",
        "bakorwil": f"{listed} termasuk wilayah kerja {body}.",
    }[kind]


def held_rows(events: Iterable[ArticleCorrected]) -> Held:
    """Return the corrections of bodies among those in force, one per what and body; later ones win."""
    found: dict[Correctable, dict[Key, ArticleCorrected]] = defaultdict(dict)
    for event in events:
        if event.kind is not None and event.entity_id is not None:
            found[event.what][str(event.kind), event.entity_id] = event
    return Held(found[Correctable.MENTION], found[Correctable.ASSIGNMENT], found[Correctable.SENTIMENT])
