"""When an ended process is started again, and when not."""

from embedded.policy import (
    EXIT_WRONG_SETTINGS,
    HEALTHY_AFTER_S,
    LONGEST_WAIT_S,
    MOST_ENDS_IN_A_ROW,
    GiveUp,
    History,
    Restart,
    after_end,
)
from hypothesis import given
from hypothesis import strategies as st


def ends(count: int, ran_s: float) -> list[Restart | GiveUp]:
    history, decisions = History(), []
    for _ in range(count):
        decision = after_end(history, ran_s)
        decisions.append(decision)
        if isinstance(decision, GiveUp):
            break
        history = decision.history
    return decisions


def test_the_first_end_is_followed_by_a_quick_restart():
    assert after_end(History(), 1.0) == Restart(0.5, History(1))


def test_waits_double_with_each_early_end():
    waits = [decision.wait_s for decision in ends(4, 1.0) if isinstance(decision, Restart)]
    assert waits == [0.5, 1.0, 2.0, 4.0]


def test_a_process_that_ends_early_too_often_in_a_row_is_given_up():
    assert ends(MOST_ENDS_IN_A_ROW, 1.0)[-1] == GiveUp(MOST_ENDS_IN_A_ROW)


def test_a_process_that_ran_for_long_may_end_any_number_of_times():
    assert all(isinstance(decision, Restart) for decision in ends(50, HEALTHY_AFTER_S))


def test_a_healthy_run_makes_earlier_ends_count_no_more():
    assert after_end(History(MOST_ENDS_IN_A_ROW - 1), HEALTHY_AFTER_S) == Restart(0.5, History(1))


@given(st.integers(0, 1000), st.floats(0, 10_000))
def test_a_wait_is_never_longer_than_the_limit(ends_in_a_row: int, ran_s: float):
    decision = after_end(History(ends_in_a_row), ran_s)
    assert isinstance(decision, GiveUp) or 0 < decision.wait_s <= LONGEST_WAIT_S


def test_a_wrong_setting_is_not_tried_again():
    assert after_end(History(), 1.0, EXIT_WRONG_SETTINGS) == GiveUp(1)
