from datetime import UTC, datetime

import pytest
from collector.domain.told_dates import parse_told_date
from hypothesis import given
from hypothesis import strategies as st

EIGHT_WIB = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 25 Nov 2026 08:00:00 +0700",
        "Wed, 25 Nov 2026 01:00:00 GMT",
        "Wed, 25 Nov 2026 08:00:00",
        "Rab, 25 Nov 2026 08:00:00 +0700",
        "Rabu, 25 November 2026 08:00 WIB",
        "Rabu, 25 November 2026 | 08:00 WIB",
        "Rabu, 25 November 2026, 09.00 WITA",
        "25 Nopember 2026 10:00 WIT",
        "25/11/2026 08:00",
        "25-11-2026, 08:00:00 WIB",
        "2026-11-25T08:00:00+07:00",
        "2026-11-25T01:00:00Z",
        "2026-11-25 08:00:00",
        "2026-11-25 08:00:00 +0700",
        "2026-11-25T01:00:00.000Z",
    ],
)
def test_the_forms_that_outlets_use_are_one_moment(text):
    assert parse_told_date(text, "Asia/Jakarta") == EIGHT_WIB


def test_a_date_without_zone_is_local_to_the_source():
    assert parse_told_date("2026-11-25 09:00", "Asia/Makassar") == EIGHT_WIB


def test_a_day_alone_is_its_midnight():
    assert parse_told_date("2026-11-25", "Asia/Jakarta") == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert parse_told_date("25 November 2026", "Asia/Jakarta") == datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, "", "kemarin", "2 jam yang lalu", "99 Nov 2026 08:00",
                                  "32/13/2026", "x" * 1_000,
                                  "0000-00-00 00:00:00", "Wed, 25 Foo 2026 08:00:00 +0700"])  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert parse_told_date(text, "Asia/Jakarta") is None


@given(st.text(max_size=100))
def test_no_text_raises(text):
    found = parse_told_date(text, "Asia/Jakarta")
    assert found is None or found.tzinfo is UTC
