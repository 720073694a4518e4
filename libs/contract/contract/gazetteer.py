"""The gazetteer: who the agencies, units and places of East Java are, and how the press names them.

The files in `contract/data` are facts under review. Loading validates them whole, so a bad edit stops a service at
its start with the file and the row, instead of sending news to the wrong agency.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError


class GazetteerError(ValueError):
    """A gazetteer file is wrong; the message names the file and the row."""


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part for part in (piece.strip() for piece in value.split(";")) if part)
    return value


def _empty_to_none(value: Any) -> Any:
    return None if value == "" else value


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Maybe = Annotated[str | None, BeforeValidator(_empty_to_none)]
Count = Annotated[int, BeforeValidator(lambda value: 0 if value == "" else value)]
Flag = Annotated[bool, BeforeValidator(lambda value: value == "yes" if isinstance(value, str) else value)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str


class Opd(_Row):
    """A provincial agency. A mirror row is a hospital that other lists count as an organisation of its own."""

    type: str
    name: str
    abbreviations: Names
    aliases_strong: Names
    aliases_weak: Names
    head_titles: Names
    former_names: Names
    programmes: Names
    sector_keywords: Names
    parent: Maybe
    status: str
    confidence: str
    notes: str

    @property
    def is_mirror(self) -> bool:
        return self.type == "rsud"


class Unit(_Row):
    """What stands under an OPD, or a hospital that must be told apart from the province's (`level`)."""

    name: str
    kind: str
    level: str
    parent_opd: Maybe
    region_ids: Names
    aliases_strong: Names
    aliases_weak: Names
    former_names: Names
    keywords: Names
    confidence: str
    notes: str

    @property
    def is_provincial(self) -> bool:
        return self.level == "province"

    @property
    def is_hospital(self) -> bool:
        return self.kind.startswith("rs-")


class Region(_Row):
    """A kabupaten or kota."""

    code: str
    bps_code: str
    name: str
    type: str
    short_name: str
    aliases_strong: Names
    aliases_weak: Names
    twin_id: Maybe
    nicknames: Names
    place_cues: Names
    seat: str
    bakorwil_id: str
    lat: float
    lon: float


class RegionGroup(_Row):
    """A name for several regions, such as Malang Raya."""

    aliases: Names
    members: Names
    confidence: str
    notes: str


class Kecamatan(_Row):
    """A district. The counts say how many others carry its name."""

    code: str
    name: str
    parent_id: str
    bakorwil_id: str
    n_same_name_jatim: Count
    n_same_name_other_provinces: Count
    same_name_as_kabkota: Names
    common_word: Flag


class Decoy(_Row):
    """A body that looks like an OPD of the province and is not one."""

    name: str
    type: str
    aliases: Names
    confusable_with: Names
    notes: str


R = TypeVar("R", bound=_Row)


def read_rows(file: str, lines: Iterable[str], kind: type[R]) -> tuple[R, ...]:
    """Return the validated rows of a CSV file given as lines.

    Raises GazetteerError for a row that does not validate, an id that repeats, or a file without rows.
    """
    rows: list[R] = []
    seen: set[str] = set()
    for number, raw in enumerate(csv.DictReader(lines), start=2):
        try:
            row = kind.model_validate(raw)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise GazetteerError(f"{file} row {number}: {first['loc']}: {first['msg']}") from error
        if row.id in seen:
            raise GazetteerError(f"{file} row {number}: the id {row.id!r} stands twice")
        seen.add(row.id)
        rows.append(row)
    if not rows:
        raise GazetteerError(f"{file} has no rows")
    return tuple(rows)


class Gazetteer:
    """All rows with look-ups by id and the roll-ups that everybody must compute the same way."""

    def __init__(
        self,
        *,
        opd: tuple[Opd, ...],
        units: tuple[Unit, ...],
        regions: tuple[Region, ...],
        region_groups: tuple[RegionGroup, ...],
        kecamatan: tuple[Kecamatan, ...],
        decoys: tuple[Decoy, ...],
    ) -> None:
        self.opd = opd
        self.units = units
        self.regions = regions
        self.region_groups = region_groups
        self.kecamatan = kecamatan
        self.decoys = decoys
        self._check_references()

    @cached_property
    def opd_by_id(self) -> Mapping[str, Opd]:
        """The 51 agencies; mirror rows are left out, since a hospital is a unit."""
        return {row.id: row for row in self.opd if not row.is_mirror}

    @cached_property
    def unit_by_id(self) -> Mapping[str, Unit]:
        return {row.id: row for row in self.units}

    @cached_property
    def provincial_units(self) -> tuple[Unit, ...]:
        return tuple(row for row in self.units if row.is_provincial)

    @cached_property
    def region_by_id(self) -> Mapping[str, Region]:
        return {row.id: row for row in self.regions}

    @cached_property
    def bakorwil(self) -> tuple[Opd, ...]:
        """The five coordinating bodies, which are OPD themselves."""
        return tuple(row for row in self.opd if row.type == "bakorwil")

    def opd_of_unit(self, unit_id: str) -> str | None:
        """Return the OPD above a provincial unit; None for a hospital that is not the province's."""
        unit = self.unit_by_id[unit_id]
        return unit.parent_opd if unit.is_provincial else None

    def bakorwil_of_region(self, region_id: str) -> str:
        return self.region_by_id[region_id].bakorwil_id

    @cached_property
    def group_by_id(self) -> Mapping[str, RegionGroup]:
        return {row.id: row for row in self.region_groups}

    def bakorwil_of_group(self, group_id: str) -> tuple[str, ...]:
        """Return the Bakorwil in which at least half of a group's members lie; the edges of such groups vary."""
        members = [self.bakorwil_of_region(region) for region in self.group_by_id[group_id].members]
        return tuple(sorted({area for area in members if 2 * members.count(area) >= len(members)}))

    def name_of(self, entity_id: str) -> str:
        """Return the name for people. Raises KeyError for an id that no list has."""
        if entity_id in self.group_by_id:
            return self.group_by_id[entity_id].aliases[0]
        for rows in (self.opd_by_id, self.unit_by_id, self.region_by_id):
            if entity_id in rows:
                return str(rows[entity_id].name)
        raise KeyError(entity_id)

    def _check_references(self) -> None:
        for problem in self._broken_references():
            raise GazetteerError(problem)

    def _broken_references(self) -> Iterator[str]:
        agencies, regions = self.opd_by_id, self.region_by_id
        yield from self._broken_units()
        for row in self.opd:
            if row.is_mirror and row.id not in self.unit_by_id:
                yield f"opd.csv {row.id}: a mirror row without its unit"
            if row.parent is not None and row.parent not in agencies:
                yield f"opd.csv {row.id}: parent {row.parent!r} is no OPD"
        for place in self.regions:
            if place.bakorwil_id not in agencies:
                yield f"region.csv {place.id}: bakorwil {place.bakorwil_id!r} is no OPD"
        named_regions = [
            *(("region.csv", place.id, (place.twin_id,) if place.twin_id else ()) for place in self.regions),
            *(("region_group.csv", group.id, group.members) for group in self.region_groups),
            *(("kecamatan.csv", district.id, (district.parent_id,)) for district in self.kecamatan),
            *(("unit.csv", unit.id, unit.region_ids) for unit in self.provincial_units),
        ]
        for file, row_id, references in named_regions:
            for reference in references:
                if reference not in regions:
                    yield f"{file} {row_id}: region {reference!r} is unknown"

    def _broken_units(self) -> Iterator[str]:
        for unit in self.provincial_units:
            if unit.parent_opd not in self.opd_by_id:
                yield f"unit.csv {unit.id}: parent_opd {unit.parent_opd!r} is no OPD"


def _packaged(file: str, kind: type[R]) -> tuple[R, ...]:
    text = resources.files("contract").joinpath("data", file).read_text(encoding="utf-8")
    return read_rows(file, text.splitlines(keepends=True), kind)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, read and validated once per process. Raises GazetteerError."""
    return Gazetteer(
        opd=_packaged("opd.csv", Opd),
        units=_packaged("unit.csv", Unit),
        regions=_packaged("region.csv", Region),
        region_groups=_packaged("region_group.csv", RegionGroup),
        kecamatan=_packaged("kecamatan.csv", Kecamatan),
        decoys=_packaged("decoy.csv", Decoy),
    )
