from pathlib import Path

import pytest
from collector.adapters.registry_file import RegistryError, load_registry, parse_registry
from collector.domain.sources import SourceKind
from contract.gazetteer import load_gazetteer

ONE = """
version: 1
sources:
  - {id: contoh, outlet: contoh, outlet_name: Contoh, kind: feed, url: "https://contoh.id/feed"}
"""


def changed(text, old, new):
    assert old in text
    return text.replace(old, new)


def test_a_source_is_off_unless_it_is_switched_on():
    registry = parse_registry(ONE, name="x")
    assert registry.enabled == ()
    source = registry.sources[0]
    assert (source.zone, source.interval_s, source.shortest_s, source.longest_s) == ("Asia/Jakarta", 300, 100, 3600)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://contoh.id/feed", "file:///etc/passwd", "source contoh, url"),
        ("kind: feed", "kind: rss", "source contoh, kind"),
        ("kind: feed", "kind: listing", "listing"),
        ("kind: feed", "kind: feed, listing: {item: a}", "listing"),
        ("kind: feed", "kind: feed, zone: Mars/Utara", "unknown time zone"),
        ("kind: feed", "kind: feed, intervall: 5", "intervall"),
        ("kind: feed", "kind: feed, interval_s: 0.1", "interval_s"),
        ("kind: feed", "kind: feed, interval_s: 10, min_interval_s: 20", "min_interval_s"),
        ("kind: feed", "kind: feed, tier: 9", "tier"),
        ("id: contoh,", "id: Contoh Jatim,", "id"),
        ("version: 1", "version: 2", "version"),
        ("version: 1", "versi: 1", "version"),
        ("sources:", "sources: {", "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_source_and_field(old, new, said):
    with pytest.raises(RegistryError, match=said):
        parse_registry(changed(ONE, old, new), name="x")


def test_two_sources_with_one_id_are_refused():
    line = ONE.strip().splitlines()[-1]
    with pytest.raises(RegistryError, match="two sources"):
        parse_registry(f"{ONE}{line}\n", name="x")


@pytest.mark.parametrize("text", ["", "[]", "7", "sources:\n  - 7\nversion: 1"])
def test_what_is_no_registry_says_so(text):
    with pytest.raises(RegistryError):
        parse_registry(text, name="x")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RegistryError, match="tidak-ada"):
        load_registry(tmp_path / "tidak-ada.yaml")


def test_the_registry_for_east_java_is_valid_complete_and_switched_off(root: Path):
    registry = load_registry(root / "config" / "sources.jatim.yaml")
    assert len(registry.sources) == 85
    assert registry.enabled == ()
    assert {source.kind for source in registry.sources} == set(SourceKind)
    opd = {row.id for row in load_gazetteer().opd}
    assert {source.own_of for source in registry.sources if source.own_of} <= opd


def test_each_outlet_has_one_name(root: Path):
    for name in ("sources.jatim.yaml", "sources.contoh.yaml"):
        names: dict[str, set[str]] = {}
        for source in load_registry(root / "config" / name).sources:
            names.setdefault(source.outlet, set()).add(source.outlet_name)
        assert {outlet: found for outlet, found in names.items() if len(found) > 1} == {}


def test_the_sample_sources_are_polled_every_five_seconds_whatever_happens(root: Path):
    enabled = load_registry(root / "config" / "sources.contoh.yaml").enabled
    assert len(enabled) == 4
    assert {(source.shortest_s, source.longest_s) for source in enabled} == {(5.0, 5.0)}


def test_every_feed_of_the_list_is_in_the_registry(root: Path, shared_data: Path):
    import csv

    with (shared_data / "feeds" / "feeds_id.csv").open() as file:
        listed = {row["url"] for row in csv.DictReader(file) if "{query}" not in row["url"] and row["kind"] != "html"}
    assert listed <= {source.url for source in load_registry(root / "config" / "sources.jatim.yaml").sources}
