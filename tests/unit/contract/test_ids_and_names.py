"""Identities and names, each computed in one place."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from contract import ids
from contract.names import Names
from hypothesis import given
from hypothesis import strategies as st


def test_an_article_is_its_canonical_url():
    assert ids.article_id("https://contoh.test/a") == ids.article_id("https://contoh.test/a")
    assert ids.article_id("https://contoh.test/a") != ids.article_id("https://contoh.test/b")
    assert len(ids.article_id("")) == 32


@given(st.text(max_size=50), st.text(max_size=50))
def test_spaces_and_unicode_forms_change_no_content_hash(title, text):
    assert ids.content_hash(title, text) == ids.content_hash(f" {title} ", f"\n{text}\n\n")


def test_title_and_text_are_not_the_same_when_words_move_between_lines():
    assert ids.content_hash("a", "b c") == ids.content_hash(
        "a b", "c"
    )  # joined on purpose: a split headline is no change


@given(st.integers(1, 10**6), st.integers(0, 999_999), st.integers(0, 999_999))
def test_a_later_revision_wins_over_any_generation(revision, generation, other):
    assert ids.document_version(revision + 1, generation) > ids.document_version(revision, other)


@pytest.mark.parametrize(("revision", "generation"), [(0, 0), (1, -1), (1, 1_000_000)])
def test_a_version_that_would_spill_into_the_next_is_refused(revision, generation):
    with pytest.raises(ValueError, match=r"revision|generation"):
        ids.document_version(revision, generation)


def test_the_month_is_that_of_utc():
    assert ids.month_of(datetime(2026, 3, 1, tzinfo=UTC)) == "2026.03"
    assert ids.month_of(datetime(2026, 3, 1, 6, 59, tzinfo=ZoneInfo("Asia/Jakarta"))) == "2026.02"


def test_an_alert_belongs_to_an_article_and_an_agency():
    assert ids.alert_id("a", "dinkes") != ids.alert_id("a", "dindik") != ids.alert_id("b", "dindik")


def test_a_namespace_is_before_every_name():
    names = Names("uji1-")
    assert names.topic("articles.collected") == "uji1-articles.collected"
    assert names.dead_letter("articles.routed", "search") == "uji1-articles.routed.dead.search"
    assert names.retry("articles.routed", "search") == "uji1-articles.routed.retry.search"
    assert names.group("router") == "uji1-router"
    assert names.articles_alias() == "uji1-articles"
    assert names.articles_index("2026.03") == "uji1-articles-2026.03"
    assert names.articles_pattern() == "uji1-articles-*"
    assert names.index("alerts") == "uji1-alerts"


@pytest.mark.parametrize("namespace", ["uji", "Uji-", "-", "a.b-", "a" * 31 + "-", "a-b-"])
def test_a_namespace_that_could_run_into_a_name_is_refused(namespace):
    with pytest.raises(ValueError, match="namespace"):
        Names(namespace)
