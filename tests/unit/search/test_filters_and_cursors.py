"""Parameters of a request, and the cursors that go on from a page."""

from datetime import UTC, datetime

import pytest
from contract.gazetteer import load_gazetteer
from hypothesis import given
from hypothesis import strategies as st
from search.domain import cursor
from search.domain.asking import next_cursor, read_articles_ask, read_stats_ask
from search.domain.bodies import query_of
from search.domain.conditions import toward_class
from search.domain.filters import Filters, Sort, read_filters
from search.domain.problems import InvalidCursorError, InvalidRequestError
from search.domain.vocabulary import vocabulary_of

VOCABULARY = vocabulary_of(load_gazetteer())
KEY = b"key"


def key() -> bytes:
    return KEY


def flaws_of(raw: dict[str, list[str]]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequestError) as raised:
        read_articles_ask(raw, VOCABULARY, key)
    return [(flaw.parameter, flaw.hint) for flaw in raised.value.flaws]


def test_repeated_and_comma_separated_values_are_alternatives_and_empty_ones_nothing() -> None:
    found = read_filters({"opd": ["dinkes,dindik", "bpbd", ""], "tone": ["negatif"], "unit": [""]}, VOCABULARY)
    assert found.opd == ("dinkes", "dindik", "bpbd")
    assert found.tone == ("negative",)
    assert found.unit == ()


def test_a_date_without_a_zone_is_wib_and_the_last_day_is_included() -> None:
    found = read_filters({"from": ["2026-11-24"], "to": ["2026-11-24"]}, VOCABULARY)
    assert found.since == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert found.until == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_a_plus_sign_that_became_a_space_is_understood() -> None:
    assert read_filters({"from": ["2026-11-24T06:30:00 07:00"]}, VOCABULARY).since == datetime(
        2026, 11, 23, 23, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("raw", "parameter"),
    [
        ({"opd": ["dinks"]}, "opd"),
        ({"unit": ["rsud-x"]}, "unit"),
        ({"region": ["surabaya"]}, "region"),
        ({"bakorwil": ["malang"]}, "bakorwil"),
        ({"tone": ["jelek"]}, "tone"),
        ({"outlet": ["<script>"]}, "outlet"),
        ({"from": ["kemarin"]}, "from"),
        ({"from": ["2026-11-24"], "to": ["2026-11-23"]}, "from"),
        ({"from": ["2026-11-24", "2026-11-25"]}, "from"),
        ({"sort": ["terbaru"]}, "sort"),
        ({"sort": ["relevance"]}, "sort"),
        ({"size": ["0"]}, "size"),
        ({"size": ["201"]}, "size"),
        ({"size": ["²"]}, "size"),
        ({"facets": ["opd,warna"]}, "facets"),
        ({"sentimen": ["negative"]}, "sentimen"),
        ({"q": ["("]}, "q"),
    ],
)
def test_a_wrong_parameter_is_named(raw: dict[str, list[str]], parameter: str) -> None:
    assert [name for name, _ in flaws_of(raw)] == [parameter]


def test_all_mistakes_are_told_at_once() -> None:
    assert {name for name, _ in flaws_of({"opd": ["x1"], "tone": ["x2"], "q": ["("], "to": ["x3"]})} == {
        "opd",
        "tone",
        "q",
        "to",
    }


def test_a_misspelt_parameter_is_answered_with_the_right_one() -> None:
    ((_, hint),) = flaws_of({"sentimen": ["negative"]})
    assert "sentiment" in hint


def test_a_cursor_comes_back_whole_and_only_to_its_own_search() -> None:
    text = cursor.encode(cursor.Cursor((1_764_000_000_000, "a" * 32), "f1", "pit"), KEY)
    assert cursor.decode(text, KEY, expected="f1") == cursor.Cursor((1_764_000_000_000, "a" * 32), "f1", "pit")
    with pytest.raises(InvalidCursorError, match="pencarian lain"):
        cursor.decode(text, KEY, expected="f2")
    with pytest.raises(InvalidCursorError):
        cursor.decode(text, b"another key", expected="f1")


@given(st.integers(min_value=0), st.characters())
def test_a_changed_cursor_is_refused(place: int, letter: str) -> None:
    text = cursor.encode(cursor.Cursor((1, "x"), "f"), KEY)
    at = place % len(text)
    changed = text[:at] + letter + text[at + 1 :]
    try:
        assert cursor.decode(changed, KEY, expected="f") == cursor.Cursor((1, "x"), "f")
    except InvalidCursorError:
        assert changed != text


@given(st.text(max_size=200))
def test_a_cursor_made_by_hand_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursorError):
        cursor.decode(text, KEY, expected="f")


def test_a_cursor_of_another_filter_or_order_does_not_fit_but_another_size_does() -> None:
    first = read_articles_ask({"opd": ["dinkes"]}, VOCABULARY, key)
    text = cursor.encode(cursor.Cursor((1, "x"), first.fingerprint), KEY)
    assert read_articles_ask({"opd": ["dinkes"], "size": ["7"], "cursor": [text]}, VOCABULARY, key).after is not None
    for other in ({"opd": ["dindik"]}, {"opd": ["dinkes"], "sort": ["severity"]}, {"opd": ["dinkes"], "q": ["x"]}):
        with pytest.raises(InvalidCursorError):
            read_articles_ask({**other, "cursor": [text]}, VOCABULARY, key)


def test_the_newest_come_first_also_when_words_are_given() -> None:
    assert read_articles_ask({"q": ["banjir"]}, VOCABULARY, key).sort is Sort.NEWEST


def test_a_sentiment_with_an_agency_is_asked_of_that_very_mention() -> None:
    (terms, nested) = query_of(Filters(opd=("dinkes",), sentiment=("negative",)))["bool"]["filter"]
    assert terms == {"terms": {"opd": ["dinkes"]}}
    assert nested["nested"]["query"]["bool"]["filter"] == [
        toward_class("negative"),
        {"term": {"mentions.kind": "opd"}},
        {"terms": {"mentions.id": ["dinkes"]}},
    ]


def test_a_sentiment_with_agency_and_unit_must_hold_for_each() -> None:
    found = query_of(Filters(opd=("dinkes",), unit=("rsud-haji",), sentiment=("negative",)))["bool"]["filter"]
    assert sum("nested" in one for one in found) == 2


def test_statistics_know_their_groups_and_intervals() -> None:
    found = read_stats_ask({"group_by": ["opd"], "interval": ["week"]}, VOCABULARY)
    assert (found.group, found.interval) == ("opd", "week")
    with pytest.raises(InvalidRequestError):
        read_stats_ask({"group_by": ["warna"]}, VOCABULARY)
    with pytest.raises(InvalidRequestError):
        read_stats_ask({"size": ["10"]}, VOCABULARY)


def test_a_request_without_cursor_needs_no_key() -> None:
    def never() -> bytes:
        raise AssertionError("asked for the key")

    ask = read_articles_ask({"opd": ["dinkes"]}, VOCABULARY, never)
    assert next_cursor(ask, None, never) is None


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ({"group_by": ["opd"]}, None),
        ({"group_by": ["opd"], "opd": ["dinkes,bpbd"]}, {"dinkes", "bpbd"}),
        ({"group_by": ["opd"], "unit": ["rsud-soetomo"]}, None),
        ({"group_by": ["unit"], "unit": ["rsud-soetomo"]}, {"rsud-soetomo"}),
        ({"group_by": ["unit"], "unit": ["rsud-soetomo"], "opd": ["dindik"]}, set()),
        ({"group_by": ["unit"], "unit": ["rsud-soetomo,cabdin-jember"], "opd": ["dindik"]}, {"cabdin-jember"}),
        ({"group_by": ["region"], "region": ["kab-jember"], "bakorwil": ["bakorwil-jember"]}, {"kab-jember"}),
        ({"group_by": ["outlet"], "outlet": ["antara"]}, {"antara"}),
        ({"group_by": ["bakorwil"], "bakorwil": ["bakorwil-malang"]}, {"bakorwil-malang"}),
        ({"group_by": ["none"], "opd": ["dinkes"]}, None),
    ],
)
def test_a_filter_on_what_is_counted_by_leaves_its_own_groups(raw: dict[str, list[str]], left: set[str] | None) -> None:
    only = read_stats_ask(raw, VOCABULARY).only
    assert (None if only is None else set(only)) == left


def test_units_of_an_agency_and_regions_of_a_bakorwil_are_those_of_the_gazetteer() -> None:
    gazetteer = load_gazetteer()
    units = read_stats_ask({"group_by": ["unit"], "opd": ["dinkes"]}, VOCABULARY).only
    assert set(units or ()) == {row.id for row in gazetteer.units if gazetteer.opd_of_unit(row.id) == "dinkes"}
    regions = read_stats_ask({"group_by": ["region"], "bakorwil": ["bakorwil-jember"]}, VOCABULARY).only
    assert set(regions or ()) == {row.id for row in gazetteer.regions if row.bakorwil_id == "bakorwil-jember"}


def test_a_sentiment_alone_never_means_a_place() -> None:
    (nested,) = query_of(Filters(sentiment=("negative",)))["bool"]["filter"]
    assert {"terms": {"mentions.kind": ["opd", "unit"]}} in nested["nested"]["query"]["bool"]["filter"]


def test_yes_or_no_is_asked_in_words_and_both_together_ask_nothing() -> None:
    found = read_filters({"needs_reading": ["ya"], "edited": ["false"], "vanished": ["true,false"]}, VOCABULARY)
    assert (found.needs_reading, found.edited, found.vanished) == (True, False, None)
    assert found.parts() == {"needs_reading": True, "edited": False}
    with pytest.raises(InvalidRequestError, match="mungkin"):
        read_filters({"corrected": ["mungkin"]}, VOCABULARY)


def test_without_copies_only_the_first_of_each_group_is_left() -> None:
    (condition,) = query_of(read_filters({"copies": ["hide"]}, VOCABULARY))["bool"]["filter"]
    assert condition == {"bool": {"must_not": [{"exists": {"field": "copy_of"}}]}}
