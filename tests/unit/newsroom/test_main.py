"""The command line, and the source registry that points at it."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from newsroom.__main__ import DEFAULT_PORT, main, parse_options
from newsroom.outlets import CARDS, Outlet


def test_the_outlets_take_four_ports_in_a_row_unless_told_otherwise() -> None:
    assert list(parse_options(["--port", "20000"]).ports.values()) == [20000, 20001, 20002, 20003]
    assert list(parse_options(["--ports", "5001,6001,7001,8001"]).ports.values()) == [5001, 6001, 7001, 8001]


@pytest.mark.parametrize(
    "wrong", [["--ports", "1,2,3"], ["--ports", "5,5,6,7"], ["--speed", "0"], ["--start-at", "2026-11-24T09:15:00"]]
)
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_options(wrong)
    assert "error:" in capsys.readouterr().err


def test_the_start_keeps_its_zone() -> None:
    start = parse_options(["--start-at", "2026-11-24T09:15:00+07:00"]).start_at
    assert start == datetime(2026, 11, 24, 2, 15, tzinfo=UTC)


def test_check_says_that_the_articles_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "articles are in order" in capsys.readouterr().out


def test_the_source_registry_names_the_outlets_at_their_default_ports(root: Path) -> None:
    registry = yaml.safe_load((root / "config" / "sources.contoh.yaml").read_text(encoding="utf-8"))
    enabled = [source for source in registry["sources"] if source["enabled"]]
    assert [source["outlet"] for source in enabled] == list(Outlet)
    assert [source["outlet_name"] for source in enabled] == [CARDS[outlet].name for outlet in Outlet]
    assert [urlsplit(source["url"]).port for source in enabled] == [
        DEFAULT_PORT + offset for offset in range(len(Outlet))
    ]
    assert [source["own_of"] for source in enabled] == [CARDS[outlet].own_of for outlet in Outlet]
