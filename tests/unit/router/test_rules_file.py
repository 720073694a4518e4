"""The rules file is taken whole or refused with the place of the mistake."""

from pathlib import Path

import pytest
import yaml
from contract.gazetteer import load_gazetteer
from router.adapters.rules_file import RulesFileError, load_rules, parse_rules
from router.domain.rules import RoutingRules

GAZETTEER = load_gazetteer()
GOOD = {
    "sentiment": {"min_polar_score": 0.5, "positive_outweighs": 2.0, "title_weight": 2.0},
    "alerts": {"min_score": 0.6, "min_severity": 2, "max_age_h": 48},
}


def test_the_file_that_is_shipped_says_what_the_code_says(root: Path):
    assert load_rules(root / "config" / "routing.yaml", GAZETTEER) == RoutingRules()


def changed(section: str, name: str, value: object) -> str:
    return yaml.safe_dump(GOOD | {section: GOOD[section] | {name: value}})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file"),
        ("[1, 2", "is not YAML"),
        (yaml.safe_dump({"alerts": GOOD["alerts"]}), "sentiment: Field required"),
        (changed("alerts", "min_score", 1.5), "alerts.min_score"),
        (changed("alerts", "min_severity", 0), "alerts.min_severity"),
        (changed("alerts", "min_skore", 0.5), "alerts.min_skore: Extra inputs"),
        (changed("alerts", "max_age_h", "dua hari"), "alerts.max_age_h"),
        (changed("alerts", "mute_entities", ["dinkess"]), "'dinkess' is no OPD or unit"),
        (changed("sentiment", "title_weight", 0), "sentiment.title_weight"),
    ],
)
def test_a_mistake_is_refused_with_its_place(text, told):
    with pytest.raises(RulesFileError, match=told):
        parse_rules(text, GAZETTEER, name="routing.yaml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RulesFileError, match=r"routing\.yaml cannot be read"):
        load_rules(tmp_path / "routing.yaml", GAZETTEER)


def test_a_file_in_a_foreign_charset_is_named(tmp_path):
    (tmp_path / "routing.yaml").write_bytes("sentiment: {}".encode("utf-16"))
    with pytest.raises(RulesFileError, match=r"routing\.yaml is not UTF-8: .* at byte 1"):
        load_rules(tmp_path / "routing.yaml", GAZETTEER)


def test_mute_lists_are_taken():
    rules = parse_rules(changed("alerts", "mute_entities", ["dinkes", "rsud-haji"]), GAZETTEER, name="x")
    assert rules.alerts.muted_entities == {"dinkes", "rsud-haji"}
