"""What follows a failure is a pure decision."""

import random

import pytest
from contract.codec import InvalidMessageError
from hypothesis import given
from hypothesis import strategies as st
from runtime.retry import BusyError, FailureStreak, InvalidError, Next, RetryPolicy, TooManyDeadLettersError

POLICY = RetryPolicy(attempts=3, wait_s=1, max_wait_s=10)


@pytest.mark.parametrize("error", [InvalidError("x"), InvalidMessageError("x")])
def test_what_can_never_work_is_buried_at_the_first_try(error):
    assert POLICY.after(error, 1) is Next.BURY


def test_a_busy_helper_means_again_and_then_the_retry_topic():
    assert [POLICY.after(BusyError(), attempt) for attempt in (1, 2, 3)] == [Next.AGAIN, Next.AGAIN, Next.PARK]


def test_anything_else_means_again_and_then_the_dead_letter():
    assert [POLICY.after(KeyError(), attempt) for attempt in (1, 2, 3)] == [Next.AGAIN, Next.AGAIN, Next.BURY]


@given(st.integers(1, 60), st.integers(0, 2**32))
def test_a_wait_lies_in_the_second_half_of_its_doubling_and_below_the_longest(attempt, seed):
    ceiling = min(10, 2 ** (attempt - 1))
    assert ceiling / 2 <= POLICY.wait_after(attempt, random.Random(seed)) <= ceiling


def test_a_streak_ends_at_its_limit_and_with_a_success():
    streak = FailureStreak(3)
    streak.failure()
    streak.failure()
    streak.success()
    streak.failure()
    streak.failure()
    with pytest.raises(TooManyDeadLettersError, match="3 messages failed in a row"):
        streak.failure()
