from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from collector.domain.polling import (
    PollSummary,
    PollTerms,
    Result,
    SourceState,
    decide_poll,
    first_state,
    resume,
)
from collector.domain.sources import Source

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
SOURCE = Source.model_validate(
    {
        "id": "contoh", "outlet": "contoh", "outlet_name": "Contoh", "kind": "feed", "url": "https://contoh.id/feed",
        "interval_s": 300, "min_interval_s": 60, "max_interval_s": 3600,
    }
)  # fmt: skip
TERMS = PollTerms(jitter=0.0)
ITEMS = PollSummary(Result.ITEMS, status=200, items=30, new=1, etag='"1"', body_hash="a")


def decide(old=None, summary=ITEMS, now=NOW, terms=TERMS, luck=0.5):
    return decide_poll(SOURCE, old or first_state(SOURCE, NOW), summary, now, terms=terms, luck=luck)


def wait_s(state):
    return (state.next_at - NOW).total_seconds()


def test_a_source_that_was_never_polled_is_due_at_once():
    assert first_state(SOURCE, NOW).next_at == NOW


def test_items_make_a_source_ok_and_their_validators_are_kept():
    state = decide()
    assert (state.state, state.items, state.new, state.etag, state.body_hash) == (SourceState.OK, 30, 1, '"1"', "a")
    assert state.worked_at == NOW


def test_a_feed_without_items_is_empty_not_broken():
    assert decide(summary=replace(ITEMS, items=0, new=0)).state is SourceState.EMPTY


def test_an_unchanged_feed_keeps_its_validators_and_item_count():
    state = decide(decide(), PollSummary(Result.UNCHANGED, status=304))
    assert (state.state, state.etag, state.body_hash, state.items) == (SourceState.NOT_MODIFIED, '"1"', "a", 30)


def test_an_incomplete_poll_forgets_the_validators_so_that_the_rest_comes():
    for result in (Result.ITEMS, Result.UNCHANGED):
        state = decide(decide(), replace(ITEMS, result=result, incomplete=True))
        assert (state.etag, state.last_modified, state.body_hash) == (None, None, None)


def test_much_news_leads_to_the_shortest_interval_and_silence_to_longer_ones():
    busy = decide(summary=replace(ITEMS, items=10, new=5))
    assert wait_s(busy) == 60
    some = decide()
    assert 60 < wait_s(some) < 300
    quiet = first_state(SOURCE, NOW)
    for _ in range(30):
        quiet = decide(quiet, PollSummary(Result.UNCHANGED))
    assert wait_s(quiet) == 3600


def test_jitter_spreads_polls_but_never_below_the_shortest_interval():
    terms = PollTerms(jitter=0.1)
    waits = {wait_s(decide(terms=terms, luck=luck)) for luck in (0.0, 0.5, 0.99)}
    assert len(waits) == 3
    assert wait_s(decide(summary=replace(ITEMS, items=1, new=1), terms=terms, luck=0.0)) == 60


def test_a_permanent_redirect_is_remembered_and_the_next_poll_is_ok_again():
    moved = decide(summary=replace(ITEMS, moved_to="https://baru.id/feed"))
    assert (moved.state, moved.url, moved.registered_url) == (
        SourceState.MOVED, "https://baru.id/feed", "https://contoh.id/feed",
    )  # fmt: skip
    assert decide(moved).state is SourceState.OK
    assert decide(moved).url == "https://baru.id/feed"


def test_a_remembered_address_that_fails_is_given_up_for_the_registered_one():
    state = decide(summary=replace(ITEMS, moved_to="https://baru.id/feed"))
    for _ in range(3):
        state = decide(state, PollSummary(Result.NO_ANSWER))
    assert state.url == "https://contoh.id/feed"


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_a_refusing_outlet_blocks_and_is_left_alone_for_long(status):
    state = decide(summary=PollSummary(Result.HTTP_ERROR, status=status), luck=0.99)
    assert state.state is SourceState.BLOCKED
    assert wait_s(state) > 3500


@pytest.mark.parametrize("result", [Result.ROBOTS_DISALLOW, Result.REFUSED])
def test_robots_and_refused_addresses_block(result):
    assert decide(summary=PollSummary(result)).state is SourceState.BLOCKED


@pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.UNREADABLE, Result.ROBOTS_WAIT])
def test_other_failures_break(result):
    state = decide(summary=PollSummary(result, detail="kenapa"))
    assert (state.state, state.reason, state.failures) == (SourceState.BROKEN, "kenapa", 1)


def test_backoff_doubles_with_jitter_up_to_its_limit():
    state, waits = first_state(SOURCE, NOW), []
    for _ in range(12):
        state = decide(state, PollSummary(Result.NO_ANSWER), luck=1.0)
        waits.append(wait_s(state))
    assert waits[:4] == [300, 600, 1200, 2400]
    assert waits[-1] == 3600
    assert wait_s(decide(summary=PollSummary(Result.NO_ANSWER), luck=0.0)) == 150


def test_retry_after_is_honoured_also_when_the_poll_worked():
    assert wait_s(decide(summary=PollSummary(Result.HTTP_ERROR, status=503, retry_after_s=9_000))) == 9_000
    assert wait_s(decide(summary=replace(ITEMS, retry_after_s=5_000))) == 5_000


def test_an_absurd_retry_after_is_cut_to_a_day():
    assert wait_s(decide(summary=PollSummary(Result.HTTP_ERROR, status=503, retry_after_s=1e9))) == 86_400


def test_gone_for_good_is_dead_at_once_and_looked_at_once_a_day():
    state = decide(summary=PollSummary(Result.HTTP_ERROR, status=410), luck=1.0)
    assert (state.state, wait_s(state)) == (SourceState.DEAD, 86_400)


def test_a_source_dies_after_many_failures_over_a_long_time_and_can_come_back():
    state = decide()
    for _ in range(25):
        state = decide(state, PollSummary(Result.NO_ANSWER))
    assert state.state is SourceState.BROKEN
    late = decide(state, PollSummary(Result.NO_ANSWER), now=NOW + timedelta(days=8))
    assert late.state is SourceState.DEAD
    back = decide(late, now=NOW + timedelta(days=9))
    assert (back.state, back.failures) == (SourceState.OK, 0)


def test_the_time_of_a_state_is_the_time_it_began():
    later = NOW + timedelta(hours=1)
    assert decide(decide(), now=later).state_since == NOW
    assert decide(decide(), PollSummary(Result.NO_ANSWER), now=later).state_since == later


def test_a_changed_address_in_the_registry_starts_afresh():
    known = replace(decide(), registered_url="https://lama.id/feed")
    assert resume(SOURCE, known, NOW) == first_state(SOURCE, NOW)


def test_a_restart_keeps_the_plan_but_moves_it_into_new_bounds():
    known = replace(decide(), interval_s=9_999, next_at=NOW + timedelta(seconds=9_999))
    again = resume(SOURCE, known, NOW)
    assert (again.interval_s, wait_s(again)) == (3600, 3600)


def test_a_restart_does_not_shorten_a_backoff():
    known = decide(summary=PollSummary(Result.HTTP_ERROR, status=503, retry_after_s=50_000))
    assert resume(SOURCE, known, NOW).next_at == known.next_at
