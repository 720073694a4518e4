from dataclasses import replace
from datetime import timedelta

import pytest
from collector.domain.dedup import (
    Duplicate,
    Holding,
    Passed,
    Unchanged,
    claim_id,
    decide_content,
    judge_claim,
    needs_claim,
)
from collector.domain.fingerprint import MAX_HASHES, Claim, remember_hash
from contract.outcomes import Outcome

from tests.builders.collector_suites import NOW, fingerprint

NEW = fingerprint()
KNOWN = replace(NEW, revision=3, content_hash="a", outcome=Outcome.PASSED)


def test_a_new_article_passes_as_revision_one():
    assert decide_content(NEW, "a", taken_by=None) == Passed(1, None)


def test_the_same_content_again_is_nothing():
    assert decide_content(KNOWN, "a", taken_by=None) == Unchanged()


def test_changed_content_is_the_next_revision_with_its_predecessors_hash():
    assert decide_content(KNOWN, "b", taken_by=None) == Passed(4, "a")


def test_content_that_another_article_of_the_outlet_has_is_a_duplicate():
    assert decide_content(NEW, "a", taken_by="lain") == Duplicate("lain")


def test_a_duplicate_seen_again_is_nothing_and_one_that_changed_is_an_article():
    duplicate = replace(NEW, outcome=Outcome.DUPLICATE, content_hash="a")
    assert decide_content(duplicate, "a", taken_by="lain") == Unchanged()
    assert decide_content(duplicate, "b", taken_by=None) == Passed(1, None)


def test_a_page_that_was_rejected_and_is_an_article_now_passes():
    assert decide_content(replace(NEW, outcome=Outcome.REJECTED), "a", taken_by=None) == Passed(1, None)


def test_what_was_passed_on_once_never_becomes_a_duplicate():
    assert not needs_claim(KNOWN)
    assert needs_claim(NEW)


def test_claims_are_per_outlet():
    assert claim_id("satu", "a") != claim_id("dua", "a")
    assert claim_id("satu", "a") == claim_id("satu", "a")


CLAIM = Claim("c", "pemegang", "contoh", "a", NOW)


@pytest.mark.parametrize(
    ("holder", "age_s", "expected"),
    [
        (fingerprint(hashes=("a",)), 0, Holding.TAKEN),
        (fingerprint(hashes=("a", "b")), 9_999, Holding.TAKEN),
        (None, 1, Holding.IN_FLIGHT),
        (fingerprint(), 1, Holding.IN_FLIGHT),
        (None, 61, Holding.STALE),
        (fingerprint(hashes=("b",)), 61, Holding.STALE),
    ],
)
def test_a_claim_is_worth_what_its_holder_did(holder, age_s, expected):
    now = NOW + timedelta(seconds=age_s)
    assert judge_claim(CLAIM, holder, article_id="saya", now=now, grace_s=60) is expected


def test_my_own_claim_is_mine():
    assert judge_claim(CLAIM, None, article_id="pemegang", now=NOW, grace_s=60) is Holding.MINE


def test_remembered_hashes_are_bounded_and_unique():
    hashes: tuple[str, ...] = ()
    for n in range(50):
        hashes = remember_hash(hashes, str(n))
    assert len(hashes) == MAX_HASHES
    assert remember_hash(hashes, "49")[-1] == "49"
    assert len(remember_hash(hashes, "30")) == MAX_HASHES
