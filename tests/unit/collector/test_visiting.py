from dataclasses import replace
from datetime import timedelta

import pytest
from collector.domain.fetching import Failure, Problem
from collector.domain.fingerprint import Stage
from collector.domain.following import Follow, follow, remind, taken_up
from collector.domain.items import Entry, ItemTerms, take
from collector.domain.revisit import RevisitTerms, may_follow_word, next_try, next_visit
from collector.domain.sources import Source
from collector.domain.visiting import Dispose, Later, after_failure, after_rejection
from collector.settings import CollectorSettings
from contract.outcomes import Outcome

from tests.builders.collector_suites import NOW, fingerprint

TERMS = RevisitTerms()
NEW = fingerprint()
KNOWN = replace(NEW, stage=Stage.SETTLED, revision=1, outcome=Outcome.PASSED)
TIMEOUT = Failure(Problem.TIMEOUT, NEW.url, "lama")
SOURCE = Source(id="contoh", outlet="contoh", outlet_name="C", kind="feed", url="https://contoh.id/feed")


def http(status, **more):
    return Failure(Problem.HTTP, NEW.url, f"HTTP {status}", status, **more)


def decide(known, failure):
    return after_failure(known, failure, NOW, TERMS, luck=0.0)


@pytest.mark.parametrize("failure", [TIMEOUT, http(503), http(429), http(404), Failure(Problem.ROBOTS_WAIT, "u", "d")])
def test_a_failure_that_may_pass_is_tried_again(failure):
    decided = decide(NEW, failure)
    assert isinstance(decided, Later)
    assert decided.failures == 1
    assert decided.visit_at > NOW


def test_after_the_last_try_the_page_is_dead_with_its_reason():
    decided = decide(replace(NEW, failures=TERMS.attempts - 1), TIMEOUT)
    assert decided == Dispose(Outcome.DEAD, "timeout", f"{TERMS.attempts} visits failed, the last: lama")


def test_a_page_that_stays_away_is_rejected_as_gone():
    decided = decide(replace(NEW, failures=TERMS.gone_attempts - 1), http(404))
    assert (decided.outcome, decided.reason) == (Outcome.REJECTED, "gone")


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (http(410), "gone"),
        (http(403), "forbidden"),
        (http(400), "http_400"),
        (Failure(Problem.TOO_LARGE, "u", "d"), "page_too_large"),
        (Failure(Problem.ADDRESS_REFUSED, "u", "d"), "address_refused"),
        (Failure(Problem.ROBOTS_DISALLOW, "u", "d"), "robots"),
        (Failure(Problem.TOO_MANY_REDIRECTS, "u", "d"), "too_many_redirects"),
        (Failure(Problem.BAD_ENCODING, "u", "d"), "bad_encoding"),
    ],
)
def test_a_final_failure_of_an_unread_page_is_a_rejection(failure, reason):
    decided = decide(NEW, failure)
    assert (decided.outcome, decided.reason, decided.visit_at) == (Outcome.REJECTED, reason, None)


def test_a_known_article_whose_page_fails_is_never_disposed_again():
    assert isinstance(decide(KNOWN, http(404)), Later)
    assert isinstance(decide(replace(KNOWN, failures=99), TIMEOUT), Later)


def test_retry_after_of_a_page_is_honoured():
    assert decide(NEW, http(503, retry_after_s=5_000)).visit_at == NOW + timedelta(seconds=5_000)


def test_a_rejected_page_is_told_once_and_looked_at_again():
    first = after_rejection(NEW, "too_short", "pendek", NOW, TERMS)
    assert (first.outcome, first.reason) == (Outcome.REJECTED, "too_short")
    assert first.visit_at > NOW
    again = replace(NEW, outcome=Outcome.REJECTED, reason="too_short")
    assert isinstance(after_rejection(again, "too_short", "pendek", NOW, TERMS), Later)


def test_an_article_that_turns_into_an_error_page_keeps_its_outcome():
    assert isinstance(after_rejection(KNOWN, "error_page", "x", NOW, TERMS), Later)


def test_revisits_decay_and_end():
    at, visits = NOW, []
    while (following := next_visit(NOW, at, TERMS)) is not None:
        visits.append((following - at).total_seconds())
        at = following
    assert visits[:4] == [600, 600, 1200, 2400]
    assert len(visits) < 15
    assert at - NOW <= timedelta(seconds=TERMS.horizon_s)


def test_an_edit_that_stays_is_seen_within_ten_minutes_or_half_the_age():
    terms = CollectorSettings().revisit_policy.usual
    at, visits = NOW, []
    while (at := next_visit(NOW, at, terms)) is not None:
        visits.append((at - NOW).total_seconds())
    for edited_s in range(0, 6 * 24 * 3_600, 60):
        seen_s = next(visit for visit in visits if visit >= edited_s)
        assert seen_s - edited_s <= max(600, edited_s / 2 + 1)
    assert [round(visit / 60) for visit in visits[:6]] == [10, 20, 30, 45, 68, 101]
    assert len(visits) < 20


def test_tries_double_and_are_capped():
    def wait(failures, luck):
        return (next_try(failures, NOW, TERMS, retry_after_s=None, luck=luck) - NOW).total_seconds()

    assert [wait(n, 1.0) for n in (1, 2, 3)] == [30, 60, 120]
    assert wait(1, 0.0) == 15
    assert wait(50, 1.0) == 3_600


def link(**changes):
    entry = Entry(NEW.url, title="Judul", modified=NOW)
    return take([replace(entry, **changes)], now=NOW, terms=ItemTerms()).links[0]


def test_a_new_link_is_queued_and_due_at_once():
    queued = taken_up(link(), SOURCE, NOW)
    assert (queued.stage, queued.visit_at, queued.first_seen_at) == (Stage.QUEUED, NOW, NOW)
    assert queued.hints.title == "Judul"


def test_a_settled_article_is_visited_again_when_its_source_says_that_it_changed():
    settled = replace(taken_up(link(), SOURCE, NOW), stage=Stage.SETTLED, visit_at=None)
    assert follow(settled, link(), SOURCE, NOW, TERMS) is Follow.NOTHING
    assert follow(settled, link(title="Judul baru"), SOURCE, NOW, TERMS) is Follow.REMIND
    again = remind(settled, link(title="Judul baru"), NOW)
    assert (again.visit_at, again.hints.title) == (NOW, "Judul baru")
    assert follow(replace(again, visit_at=None), link(title="Judul baru"), SOURCE, NOW, TERMS) is Follow.NOTHING


def test_another_source_is_not_believed_and_a_word_is_followed_at_most_once_a_minute():
    settled = replace(taken_up(link(), SOURCE, NOW), stage=Stage.SETTLED, visited_at=NOW, visit_at=None)
    other = SOURCE.model_copy(update={"id": "lain"})
    later = NOW + timedelta(minutes=2)
    assert follow(settled, link(title="B"), other, later, TERMS) is Follow.NOTHING
    assert follow(settled, link(title="B"), SOURCE, NOW, TERMS) is Follow.NOTHING
    assert follow(settled, link(title="B"), SOURCE, later, TERMS) is Follow.REMIND
    assert may_follow_word(None, NOW, TERMS)


def test_a_queued_link_that_is_due_is_visited_and_one_that_waits_is_not():
    queued = taken_up(link(), SOURCE, NOW)
    assert follow(queued, link(), SOURCE, NOW, TERMS) is Follow.VISIT
    waiting = replace(queued, visit_at=NOW + timedelta(seconds=9))
    assert follow(waiting, link(), SOURCE, NOW, TERMS) is Follow.NOTHING
