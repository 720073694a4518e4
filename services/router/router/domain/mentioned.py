"""Sorts mentions by the body they name, and sets aside those that must never be assigned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contract.gazetteer import Gazetteer
from contract.messages import EntityKind, Jurisdiction, Mention, OtherBody

Key = tuple[EntityKind, str]


@dataclass(frozen=True)
class SetAside:
    """A mention that is not assigned, and why, in words for the person who asks."""

    entity_id: str
    text: str
    why: str


@dataclass(frozen=True)
class Mentioned:
    """The mentions of each body that may be assigned."""

    by_body: Mapping[Key, tuple[Mention, ...]]
    set_aside: tuple[SetAside, ...]

    def of(self, kind: EntityKind) -> dict[str, tuple[Mention, ...]]:
        return {body: found for (one, body), found in sorted(self.by_body.items()) if one == kind}


def sort_mentions(mentions: Iterable[Mention], gazetteer: Gazetteer) -> Mentioned:
    """Return the mentions by body. A body of a kabupaten or kota, of the centre or of elsewhere is set aside."""
    by_body: dict[Key, list[Mention]] = defaultdict(list)
    set_aside = []
    for mention in mentions:
        why = objection(mention, gazetteer)
        if why is None:
            by_body[mention.kind, mention.entity_id].append(mention)
        else:
            set_aside.append(SetAside(mention.entity_id, mention.text, why))
    ordered = {key: tuple(sorted(found, key=_place)) for key, found in by_body.items()}
    return Mentioned(ordered, tuple(sorted(set_aside, key=lambda one: (one.entity_id, one.text, one.why))))


def groups_in(others: Iterable[OtherBody], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the groups of regions named, each once, by id."""
    named = {one.entity_id for one in others if one.entity_id is not None}
    return tuple(sorted(named & gazetteer.group_by_id.keys()))


def objection(mention: Mention, gazetteer: Gazetteer) -> str | None:
    """Return why a mention must not be assigned, or None."""
    if mention.kind == EntityKind.REGION:
        return _objection_to_region(mention, gazetteer)
    if mention.jurisdiction != Jurisdiction.PROVINCE:
        return "bukan milik Pemerintah Provinsi Jawa Timur"
    if mention.kind == EntityKind.OPD:
        return None if mention.entity_id in gazetteer.opd_by_id else "tidak ada dalam daftar OPD"
    if mention.kind == EntityKind.UNIT:
        unit = gazetteer.unit_by_id.get(mention.entity_id)
        if unit is None:
            return "tidak ada dalam daftar unit"
        return None if unit.is_provincial else "bukan unit milik provinsi"
    return "Bakorwil tidak disebut sebagai wilayah, melainkan dihitung dari wilayahnya"


def _objection_to_region(mention: Mention, gazetteer: Gazetteer) -> str | None:
    if mention.entity_id not in gazetteer.region_by_id:
        return "tidak ada dalam daftar kabupaten/kota"
    return "tempat di luar Jawa Timur" if mention.jurisdiction == Jurisdiction.ELSEWHERE else None


def _place(mention: Mention) -> tuple[bool, int, int, str, float]:
    return mention.field != "title", mention.start, mention.end, mention.text, mention.score
