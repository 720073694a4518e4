"""Turns the bodies that an article names into assignments: those named, and those they roll up to.

- An OPD, a unit of the province or a region that is named: `named`, with its own sentiment.
- The OPD or unit whose own site published the article: `own_site`, neutral with score 0, since nothing was read.
- The OPD above a named unit: `unit_of`. The region a unit stands in, if it is one alone: `located_in`; a branch office
  that serves several regions is located in none.
- The Bakorwil over named regions, over the regions units stand in, over a unit whose regions all lie in one, and over
  a group of regions such as Madura, whose members are not named by it and get nothing: `region_of`.

A body that is named keeps its own sentiment and gets no roll-up. One that is rolled up takes the sentiment over all
mentions of what it was rolled up from. A Bakorwil that is named is an OPD like any other, and is also assigned as the
Bakorwil of its area, so that either filter finds it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contract.gazetteer import Gazetteer
from contract.messages import Assignment, EntityKind, Mention, Sentiment

from router.domain import reasons
from router.domain.mentioned import Mentioned
from router.domain.rules import SentimentRules
from router.domain.verdict import judge

Sources = dict[str, list[str]]
"""For each body that something rolls up to, the ids of what rolls up."""

_WORDS = {
    EntityKind.OPD: ("unit_of", reasons.unit_of),
    EntityKind.REGION: ("located_in", reasons.located_in),
    EntityKind.BAKORWIL: ("region_of", reasons.region_of),
}


def assign(
    mentioned: Mentioned,
    *,
    own_of: str | None,
    gazetteer: Gazetteer,
    rules: SentimentRules,
    groups: Sequence[str] = (),
) -> tuple[Assignment, ...]:
    """Return one assignment per body and kind, OPD first, then units, regions and Bakorwil, each by id."""
    found = [
        _named(kind, body, mentions, rules)
        for (kind, body), mentions in mentioned.by_body.items()
        if kind != EntityKind.BAKORWIL
    ]
    found += _own_site(own_of, found, gazetteer)
    units = {one.entity_id for one in found if one.kind == EntityKind.UNIT}
    roll_ups = _RollUps(_mentions_of(mentioned), gazetteer, rules)
    found += _bakorwil_named(found, gazetteer)
    found += [
        *roll_ups.assignments(EntityKind.OPD, _opd_over(units, gazetteer), found),
        *roll_ups.assignments(EntityKind.REGION, _places_of(units, gazetteer), found),
        *roll_ups.assignments(EntityKind.BAKORWIL, _areas_of(found, units, groups, gazetteer), found),
    ]
    return tuple(sorted(found, key=lambda one: (list(EntityKind).index(one.kind), one.entity_id)))


def _named(kind: EntityKind, body: str, mentions: Sequence[Mention], rules: SentimentRules) -> Assignment:
    verdict = judge(mentions, rules)
    return Assignment(
        entity_id=body,
        kind=kind,
        sentiment=verdict.sentiment,
        score=verdict.score,
        evidence=verdict.evidence,
        rule="named",
        reason=reasons.named(mentions, verdict),
        cues=verdict.cues,
        speaker=verdict.speaker,
        uncertain=verdict.uncertain,
    )


def _own_site(own_of: str | None, found: Iterable[Assignment], gazetteer: Gazetteer) -> list[Assignment]:
    kind = own_kind(own_of, gazetteer)
    if own_of is None or kind is None or any((one.kind, one.entity_id) == (kind, own_of) for one in found):
        return []
    reason = reasons.own_site(gazetteer.name_of(own_of))
    return [
        Assignment(entity_id=own_of, kind=kind, sentiment=Sentiment.NEUTRAL, score=0.0, rule="own_site", reason=reason)
    ]


def own_kind(own_of: str | None, gazetteer: Gazetteer) -> EntityKind | None:
    """Return what the owner of the site is; None for no owner, or one that is not the province's."""
    if own_of in gazetteer.opd_by_id:
        return EntityKind.OPD
    unit = gazetteer.unit_by_id.get(own_of or "")
    return EntityKind.UNIT if unit is not None and unit.is_provincial else None


def _mentions_of(mentioned: Mentioned) -> Mapping[str, tuple[Mention, ...]]:
    """Return the mentions by id alone: units and regions, from which roll-ups come, share no id."""
    return {body: found for (kind, body), found in mentioned.by_body.items() if kind != EntityKind.OPD}


def _opd_over(units: Iterable[str], gazetteer: Gazetteer) -> Sources:
    over: Sources = defaultdict(list)
    for unit in sorted(units):
        opd = gazetteer.opd_of_unit(unit)
        if opd is not None:
            over[opd].append(unit)
    return over


def _places_of(units: Iterable[str], gazetteer: Gazetteer) -> Sources:
    places: Sources = defaultdict(list)
    for unit in sorted(units):
        regions = gazetteer.unit_by_id[unit].region_ids
        if len(regions) == 1:
            places[regions[0]].append(unit)
    return places


@dataclass(frozen=True)
class _RollUps:
    """Makes derived assignments from the mentions of what they come from."""

    mentions_of: Mapping[str, tuple[Mention, ...]]
    gazetteer: Gazetteer
    rules: SentimentRules

    def assignments(self, kind: EntityKind, sources: Sources, found: Sequence[Assignment]) -> list[Assignment]:
        """Return one per body that is not among those found already."""
        have = {one.entity_id for one in found if one.kind == kind}
        return [self._derived(kind, body, via) for body, via in sorted(sources.items()) if body not in have]

    def _derived(self, kind: EntityKind, body: str, via: Sequence[str]) -> Assignment:
        mentions = [mention for source in via for mention in self.mentions_of.get(source, ())]
        verdict = judge(mentions, self.rules) if mentions else None
        rule, word = _WORDS[kind]
        return Assignment(
            entity_id=body,
            kind=kind,
            sentiment=verdict.sentiment if verdict else Sentiment.NEUTRAL,
            score=verdict.score if verdict else 0.0,
            evidence=verdict.evidence if verdict else "",
            rule=rule,
            reason=word([self.gazetteer.name_of(source) for source in via], self.gazetteer.name_of(body)),
            derived=True,
            via=tuple(via),
            cues=verdict.cues if verdict else (),
            speaker=verdict.speaker if verdict else None,
            uncertain=verdict.uncertain if verdict else False,
        )


def _bakorwil_named(found: Iterable[Assignment], gazetteer: Gazetteer) -> list[Assignment]:
    own = {row.id for row in gazetteer.bakorwil}
    return [
        one.model_copy(update={"kind": EntityKind.BAKORWIL})
        for one in found
        if one.kind == EntityKind.OPD and one.entity_id in own and not one.derived
    ]


def _areas_of(
    found: Iterable[Assignment], units: Iterable[str], groups: Iterable[str], gazetteer: Gazetteer
) -> Sources:
    over: Sources = defaultdict(list)
    for region in sorted(one.entity_id for one in found if one.kind == EntityKind.REGION and not one.derived):
        over[gazetteer.bakorwil_of_region(region)].append(region)
    for unit in sorted(units):
        areas = {gazetteer.bakorwil_of_region(region) for region in gazetteer.unit_by_id[unit].region_ids}
        if len(areas) == 1:
            over[areas.pop()].append(unit)
    for group in groups:
        for area in gazetteer.bakorwil_of_group(group):
            over[area].append(group)
    return over
