"""A wait that ends in vain says what was awaited and what was seen last."""

from itertools import count

import pytest

from tests.waiting import until, until_equal, until_none


def test_what_is_seen_is_returned_once_it_is_there() -> None:
    seen = iter([None, "", "isi"])
    assert until(lambda: next(seen), what="isi") == "isi"
    assert until_equal(lambda: "sama", "sama") == "sama"
    until_none(list, what="nothing wrong")


def test_it_looks_again_until_the_wanted_value_is_seen() -> None:
    numbers = count()
    assert until_equal(lambda: next(numbers), 3) == 3
    assert next(numbers) == 4


def test_in_vain_it_tells_what_was_awaited_and_what_was_seen_last() -> None:
    with pytest.raises(AssertionError) as failure:
        until_equal(lambda: 2, 3, what="articles", within_s=0)
    assert str(failure.value) == "not within 0 s: articles (3)\nseen last:\n2"


def test_a_condition_tells_the_state_that_it_is_given_instead() -> None:
    with pytest.raises(AssertionError) as failure:
        until(lambda: False, what="ready", within_s=0, state=lambda: "its log")
    assert str(failure.value) == "not within 0 s: ready\nseen last:\nits log"
    with pytest.raises(AssertionError) as failure:
        until(lambda: False, what="ready", within_s=0)
    assert str(failure.value) == "not within 0 s: ready"


def test_problems_stand_each_on_a_line_of_its_own() -> None:
    with pytest.raises(AssertionError) as failure:
        until_none(lambda: ["a is missing", "b is missing"], what="all there", within_s=0)
    assert str(failure.value) == "not within 0 s: all there\nseen last:\na is missing\nb is missing"
