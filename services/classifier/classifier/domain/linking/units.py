"""Decides whether a unit's name found is the province's unit: a general name needs its town, or the province."""

from collections.abc import Mapping, Sequence

from contract.gazetteer import Unit
from contract.messages import Jurisdiction

from classifier.domain.linking.context import Context
from classifier.domain.linking.cues import Verdict
from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.linking.records import Candidate, NameKind, Rule
from classifier.domain.text import Token

_NOT_A_HOSPITAL_BEFORE = frozenset({"stikes", "universitas", "jalan", "klinik", "tersangka", "asrama"})


class UnitJudge:
    """Judges the unit names of one article."""

    def __init__(self, units: Mapping[str, Unit], places: Places) -> None:
        self._units = units
        self._places = places

    def judge(self, tokens: Sequence[Token], candidate: Candidate, context: Context) -> Verdict | None:
        """Return the verdict; None where the words are no unit at all."""
        kind = candidate.name.kind
        if candidate.first > 0 and tokens[candidate.first - 1].norm in _NOT_A_HOSPITAL_BEFORE:
            return None
        words = tokens[candidate.first : candidate.last]
        if not words[0].norm.startswith("rs") and not any(token.is_capital for token in words):
            return None
        if kind is NameKind.HOSPITAL_ELSEWHERE:
            return Verdict(self._jurisdiction_of(candidate), Rule.DISTRICT_HOSPITAL, candidate.last)
        place = self._place_after(tokens, candidate.last)
        if place is not None and place[0] is not PlaceKind.REGION:
            return Verdict(Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE, candidate.last)
        if kind is NameKind.UNIT_WEAK:
            return self._weak(tokens, candidate, context, place)
        return Verdict(Jurisdiction.PROVINCE, Rule.UNIT_NAME, candidate.last)

    def _jurisdiction_of(self, candidate: Candidate) -> Jurisdiction:
        level = self._units[candidate.name.entity_id].level
        return Jurisdiction.KABUPATEN_KOTA if level in {"kabupaten", "kota"} else Jurisdiction.VERTICAL

    def _place_after(self, tokens: Sequence[Token], at: int) -> tuple[PlaceKind, tuple[str, ...]] | None:
        if at < len(tokens) and tokens[at].norm in {"kota", "kab"}:
            at += 1
        place = self._places.at(tokens, at)
        return (place.kind, place.region_ids) if place else None

    def _weak(
        self,
        tokens: Sequence[Token],
        candidate: Candidate,
        context: Context,
        place: tuple[PlaceKind, tuple[str, ...]] | None,
    ) -> Verdict | None:
        home = self._units[candidate.name.entity_id].region_ids
        named = place is not None and bool(set(place[1]) & set(home))
        following = tokens[candidate.last].norm if candidate.last < len(tokens) else ""
        if named or following == "jatim":
            return Verdict(Jurisdiction.PROVINCE, Rule.UNIT_NAME, candidate.last + 1)
        at_home = any(region.split("-", 1)[1] in context.towns for region in home)
        if place is None and not context.is_elsewhere and (at_home or context.is_jatim):
            return Verdict(Jurisdiction.PROVINCE, Rule.UNIT_CONTEXT, candidate.last)
        return None
