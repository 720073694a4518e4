"""Bytes to messages and back: what is valid survives, everything else is an InvalidMessageError and nothing worse."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from contract.codec import MAX_LETTER_BYTES, MAX_MESSAGE_BYTES, MESSAGE_TYPES, InvalidMessageError, decode, encode
from contract.messages import Article, ArticleCollected, ArticleDisposed, LetterDied, Mention, Stamp
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.builders.articles import a_mention, an_article, classified, collected

KINDS = sorted(MESSAGE_TYPES.values(), key=lambda kind: kind.__name__)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
MOMENTS = st.datetimes(timezones=st.timezones())


@given(title=TEXTS, text=TEXTS, number=st.integers(0, 10**6), revision=st.integers(1, 10**9), moment=MOMENTS)
def test_a_message_survives_the_way_there_and_back(title, text, number, revision, moment):
    message = collected(
        number,
        title=title,
        text=text,
        revision=revision,
        published=Stamp(at=moment, zone="Asia/Jakarta", source="jsonld"),
    )
    assert decode(encode(message), ArticleCollected) == message


def test_a_moment_is_kept_in_utc_whatever_zone_it_came_in():
    article = an_article(fetched_at=datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Jakarta")))
    assert article.fetched_at.isoformat() == "2026-03-02T01:30:00+00:00"


def test_a_moment_that_utc_cannot_hold_is_an_invalid_message():
    broken = encode(collected()).replace(
        b'"fetched_at":"2026-03-02T01:30:00Z"', b'"fetched_at":"0001-01-01T00:00:00+07:00"'
    )
    with pytest.raises(InvalidMessageError, match="outside the years"):
        decode(broken, ArticleCollected)


@given(data=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_no_bytes_do_worse_than_an_invalid_message(data, kind):
    with pytest.raises(InvalidMessageError):
        decode(data, kind)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@given(value=JSON, field=st.sampled_from(["article", "type", "version", "reading"]))
def test_no_value_in_a_field_does_worse_than_an_invalid_message(value, field):
    raw = json.loads(encode(classified()))
    original = raw[field]
    raw[field] = value
    if raw[field] == original:
        return
    try:
        decode(json.dumps(raw).encode(), type(classified()))
    except InvalidMessageError:
        return
    raise AssertionError(f"{value!r} in {field} was taken")


def test_deep_nesting_is_an_invalid_message():
    with pytest.raises(InvalidMessageError, match="not JSON"):
        decode(b"[" * 100_000, ArticleCollected)


@pytest.mark.parametrize("data", [None, b""])
def test_an_empty_message_is_refused(data):
    with pytest.raises(InvalidMessageError, match="empty"):
        decode(data, ArticleCollected)


def test_a_message_of_another_type_is_refused_with_both_names():
    with pytest.raises(InvalidMessageError, match="expected ArticleDisposed, found type 'ArticleCollected' version 1"):
        decode(encode(collected()), ArticleDisposed)


def test_a_message_of_another_version_is_refused():
    newer = encode(collected()).replace(b'"version":1', b'"version":2')
    with pytest.raises(InvalidMessageError, match="version 2"):
        decode(newer, ArticleCollected)


def test_a_broken_field_is_named():
    broken = encode(collected()).replace(b'"revision":1', b'"revision":0')
    with pytest.raises(InvalidMessageError, match=r"first article\.revision"):
        decode(broken, ArticleCollected)


def test_a_field_nobody_knows_is_ignored_so_that_writers_may_add_some():
    raw = json.loads(encode(collected())) | {"tambahan": 1}
    assert decode(json.dumps(raw).encode(), ArticleCollected) == collected()


def test_too_large_a_message_is_refused_before_it_is_parsed():
    with pytest.raises(InvalidMessageError, match="more than 1000000"):
        decode(b" " * (MAX_MESSAGE_BYTES + 1), ArticleCollected)
    with pytest.raises(InvalidMessageError, match="not JSON"):
        decode(b" " * (MAX_MESSAGE_BYTES + 1), LetterDied)
    assert MAX_LETTER_BYTES > MAX_MESSAGE_BYTES


def test_too_large_a_message_is_refused_before_it_is_sent():
    mentions = [a_mention("dinkes", start=n, evidence="e" * 2000, text="dinkes") for n in range(500)]
    with pytest.raises(InvalidMessageError, match="ArticleClassified has"):
        encode(classified(mentions=mentions))


def test_the_longest_text_an_article_may_have_fits_its_message():
    assert len(encode(collected(text="é" * 200_000, title="é" * 1000))) < MAX_MESSAGE_BYTES


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("article_id", "x"),
        ("article_id", "A" * 32),
        ("revision", 0),
        ("generation", 1_000_000),
        ("title", ""),
        ("month", "2026-03"),
        ("content_hash", "abc"),
        ("fetched_at", "2026-03-02T08:00:00"),
        ("own_of", "Dinas Kesehatan"),
        ("tier", 9),
    ],
)
def test_an_article_refuses_what_it_must_not_hold(field, value):
    with pytest.raises(ValidationError):
        Article.model_validate(an_article().model_dump() | {field: value})


def test_a_mention_has_a_span():
    with pytest.raises(ValidationError, match="end must be after"):
        Mention.model_validate(a_mention("dinkes").model_dump() | {"end": 0})


def test_a_service_gives_only_its_own_outcomes():
    disposed = {
        "article_id": "0" * 32,
        "revision": 1,
        "service": "search",
        "outcome": "passed",
        "at": "2026-03-02T01:00:00Z",
        "url": "https://contoh.test",
        "canonical_url": "https://contoh.test",
    }
    with pytest.raises(ValidationError, match="search never gives the outcome passed"):
        ArticleDisposed.model_validate(disposed)
