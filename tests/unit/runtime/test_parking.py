"""The headers of the retry topic."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runtime.parking import NOT_BEFORE_HEADER, ROUND_HEADER, Parking, not_before, parked_headers, round_of

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@given(st.integers(1, 1000))
def test_what_is_written_is_what_is_read(round_):
    parking = Parking(wait_s=5, max_wait_s=60)
    headers = parked_headers(round_, now=NOW, parking=parking)
    assert round_of(headers) == round_
    assert not_before(headers) == NOW + timedelta(seconds=parking.wait_before(round_))


def test_waits_double_up_to_the_longest():
    parking = Parking(wait_s=5, max_wait_s=60)
    assert [parking.wait_before(round_) for round_ in (1, 2, 3, 4, 5, 10_000)] == [5, 10, 20, 40, 60, 60]


@pytest.mark.parametrize("raw", [b"", b"x", b"-1", b"9" * 400, b"\xff"])
def test_a_broken_round_counts_as_none(raw):
    assert round_of({ROUND_HEADER: raw}) == 0


@pytest.mark.parametrize("raw", [b"", b"besok", b"2026-03-02T00:00:00", b"\xff"])
def test_a_broken_time_means_now(raw):
    assert not_before({NOT_BEFORE_HEADER: raw}) is None


def test_a_message_without_headers_was_never_parked():
    assert round_of({}) == 0
    assert not_before({}) is None
