"""The gazetteer is whole, and a broken edit of any of its files is refused with file and row."""

import csv
import io
from collections.abc import Callable
from importlib import resources

import pytest
from contract.gazetteer import (
    Decoy,
    Gazetteer,
    GazetteerError,
    Kecamatan,
    Opd,
    Region,
    RegionGroup,
    Unit,
    load_gazetteer,
    read_rows,
)

FILES = {
    "opd.csv": Opd,
    "unit.csv": Unit,
    "region.csv": Region,
    "region_group.csv": RegionGroup,
    "kecamatan.csv": Kecamatan,
    "decoy.csv": Decoy,
}
Rows = list[dict[str, str]]


def raw_rows(file: str) -> Rows:
    text = resources.files("contract").joinpath("data", file).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def lines(rows: Rows) -> list[str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["id"])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().splitlines(keepends=True)


def gazetteer_with(file: str, edit: Callable[[Rows], object]) -> Gazetteer:
    """Return the gazetteer with one file edited."""
    rows = {name: raw_rows(name) for name in FILES}
    edit(rows[file])
    read = {name: read_rows(name, lines(rows[name]), kind) for name, kind in FILES.items()}
    return Gazetteer(
        opd=read["opd.csv"],
        units=read["unit.csv"],
        regions=read["region.csv"],
        region_groups=read["region_group.csv"],
        kecamatan=read["kecamatan.csv"],
        decoys=read["decoy.csv"],
    )


def test_it_holds_what_was_reviewed():
    found = load_gazetteer()
    counts = [len(rows) for rows in (found.opd, found.units, found.regions, found.region_groups, found.kecamatan)]
    assert counts == [65, 151, 38, 10, 666]
    assert len(found.decoys) == 44
    assert len(found.opd_by_id) == 51
    assert len(found.bakorwil) == 5


def test_every_region_and_every_provincial_unit_rolls_up():
    found = load_gazetteer()
    areas = {found.bakorwil_of_region(region.id) for region in found.regions}
    assert areas == {row.id for row in found.bakorwil}
    assert all(found.opd_of_unit(unit.id) in found.opd_by_id for unit in found.provincial_units)


def test_a_hospital_of_a_kabupaten_has_no_opd_above_it():
    found = load_gazetteer()
    assert {found.opd_of_unit(unit.id) for unit in found.units if not unit.is_provincial} == {None}


def test_names_for_people():
    found = load_gazetteer()
    assert found.name_of("dinkes") == "Dinas Kesehatan Provinsi Jawa Timur"
    assert found.name_of("rsud-soetomo") == "RSUD Dr. Soetomo"
    assert found.name_of("kota-batu") == "Kota Batu"
    with pytest.raises(KeyError):
        found.name_of("tidak-ada")


def test_the_edited_copy_of_this_test_is_accepted_without_an_edit():
    assert len(gazetteer_with("opd.csv", lambda rows: None).opd) == 65


def set_field(row: int, field: str, value: str) -> Callable[[Rows], object]:
    return lambda rows: rows[row].update({field: value})


@pytest.mark.parametrize("file", FILES)
def test_an_id_that_stands_twice_is_refused(file):
    with pytest.raises(GazetteerError, match=rf"{file} row \d+: the id '.*' stands twice"):
        gazetteer_with(file, lambda rows: rows.append(rows[0]))


@pytest.mark.parametrize("file", FILES)
def test_a_file_without_rows_is_refused(file):
    with pytest.raises(GazetteerError, match=f"{file} has no rows"):
        gazetteer_with(file, lambda rows: rows.clear())


@pytest.mark.parametrize("file", FILES)
def test_a_missing_column_is_refused_with_its_row(file):
    column = "aliases" if file in {"region_group.csv", "decoy.csv"} else "name"

    def without(rows: Rows) -> None:
        for row in rows:
            del row[column]

    with pytest.raises(GazetteerError, match=f"{file} row 2: .*{column}"):
        gazetteer_with(file, without)


@pytest.mark.parametrize(
    ("file", "edit", "told"),
    [
        ("opd.csv", set_field(0, "parent", "tidak-ada"), "opd.csv setda: parent 'tidak-ada' is no OPD"),
        ("unit.csv", set_field(0, "parent_opd", "tidak-ada"), "parent_opd 'tidak-ada' is no OPD"),
        ("unit.csv", set_field(0, "region_ids", "kota-entah"), "region 'kota-entah' is unknown"),
        ("unit.csv", lambda rows: rows.pop(0), "a mirror row without its unit"),
        ("region.csv", set_field(0, "bakorwil_id", "bakorwil-entah"), "bakorwil 'bakorwil-entah' is no OPD"),
        ("region.csv", set_field(0, "twin_id", "kota-entah"), "region 'kota-entah' is unknown"),
        ("region.csv", set_field(3, "lat", "utara"), "region.csv row 5: .*lat"),
        ("region_group.csv", set_field(0, "members", "kota-malang;kota-entah"), "region 'kota-entah' is unknown"),
        ("kecamatan.csv", set_field(9, "parent_id", "kab-entah"), "region 'kab-entah' is unknown"),
        ("kecamatan.csv", set_field(9, "n_same_name_jatim", "banyak"), "kecamatan.csv row 11: .*n_same_name_jatim"),
    ],
)
def test_a_broken_edit_is_refused_with_its_place(file, edit, told):
    with pytest.raises(GazetteerError, match=told):
        gazetteer_with(file, edit)
