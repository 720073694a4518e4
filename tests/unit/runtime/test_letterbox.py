"""Dead letters as a person sees them: grouped, chosen, given back to their reader, marked."""

from datetime import UTC, datetime

import pytest
from contract.codec import encode
from contract.messages import LetterDied
from contract.outcomes import Service
from hypothesis import given
from hypothesis import strategies as st
from runtime.deadletter import MAX_PAYLOAD_BYTES, build_letter
from runtime.letterbox import (
    LetterError,
    Record,
    by_error,
    choose,
    last_line,
    original_bytes,
    reader_of,
    replay_record,
    resolution,
    sort_box,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DEAD = "articles.routed.dead.search"


def letter(offset: int = 1, error: Exception | None = None, payload: bytes = b"isi", key: bytes | None = b"k"):
    return build_letter(
        topic="articles.routed",
        partition=0,
        offset=offset,
        key=key,
        payload=payload,
        service=Service.SEARCH,
        stage="index",
        error=error or ValueError("rusak"),
        attempts=3,
        now=NOW,
    )


def record(at: int, died: LetterDied | bytes, headers: dict[str, bytes] | None = None) -> Record:
    return Record(at, b"k", died if isinstance(died, bytes) else encode(died), headers or {})


def test_two_letters_of_one_message_are_one_open_letter():
    box = sort_box([record(0, letter(7)), record(1, letter(8)), record(2, letter(7))])
    assert [one.offsets for one in box.open] == [(1,), (0, 2)]
    assert box.open[1].number == 2


def test_a_resolution_closes_every_letter_of_its_message():
    box = sort_box([record(0, letter(7)), record(1, letter(8)), record(2, letter(7))])
    closing = Record(3, b"k", None, resolution(box.open[1], "replayed", NOW))
    after = sort_box([record(0, letter(7)), record(1, letter(8)), record(2, letter(7)), closing])
    assert [one.number for one in after.open] == [1]
    assert after.resolved == 2


def test_a_message_that_dies_again_after_its_replay_is_open_again():
    box = sort_box([record(0, letter(7))])
    closing = Record(1, b"k", None, resolution(box.open[0], "replayed", NOW))
    again = sort_box([record(0, letter(7)), closing, record(2, letter(7))])
    assert [one.number for one in again.open] == [2]


def test_a_record_that_is_no_letter_is_told_and_does_not_hide_the_others():
    box = sort_box([record(0, b"sampah"), record(1, letter())])
    assert box.unreadable == (0,)
    assert len(box.open) == 1


def test_groups_are_by_error_the_largest_first():
    box = sort_box([record(0, letter(0, KeyError("a"))), *(record(n, letter(n, ValueError("b"))) for n in range(1, 4))])
    assert [(name, len(letters)) for name, letters in by_error(box.open)] == [
        ("index: ValueError: b", 3),
        ("index: KeyError: 'a'", 1),
    ]


def test_letters_are_chosen_by_number_by_words_or_all_but_never_by_accident():
    box = sort_box([record(0, letter(0, KeyError("a"))), record(1, letter(1)), record(2, letter(1))])

    def numbers(**which):
        return [one.number for one in choose(box.open, **{"numbers": [], "error": None, "everything": False} | which)]

    assert numbers(numbers=[0]) == [0]
    assert numbers(numbers=[1]) == [2]
    assert numbers(error="KeyError") == [0]
    assert numbers(error="rusak") == [2]
    assert numbers(everything=True) == [0, 2]
    with pytest.raises(LetterError, match="say which"):
        numbers()
    with pytest.raises(LetterError, match="no open letter has the number 9"):
        numbers(numbers=[9])


@given(st.binary(max_size=500), st.one_of(st.none(), st.just(b"abc")))
def test_a_replay_gives_the_reader_the_very_bytes_and_no_other_service_sees_them(payload, key):
    (one,) = sort_box([record(0, letter(payload=payload, key=key))]).open
    topic, sent_key, value, headers = replay_record(one, DEAD)
    assert (topic, sent_key, value) == ("articles.routed.retry.search", key, payload)
    assert headers == {"pantau-replayed": b"articles.routed.dead.search/0"}


def test_a_message_that_was_cut_cannot_be_replayed():
    whole = letter(payload=b"x" * MAX_PAYLOAD_BYTES)
    cut = letter(payload=b"x" * (MAX_PAYLOAD_BYTES + 1))
    assert len(original_bytes(whole)) == MAX_PAYLOAD_BYTES
    assert cut.payload_bytes == MAX_PAYLOAD_BYTES + 1
    with pytest.raises(LetterError, match="was cut"):
        original_bytes(cut)


def test_the_largest_letter_fits_its_topic():
    deep = letter(payload=b"\xff" * MAX_PAYLOAD_BYTES, error=ValueError("é" * 20_000))
    assert len(encode(deep)) < 3_500_000
    assert len(deep.detail) == 8_000
    assert deep.detail.endswith("é\n")


def test_a_letter_without_detail_is_named_by_its_class():
    assert last_line(letter().model_copy(update={"detail": ""})) == "ValueError"


def test_a_topic_that_is_no_dead_letter_is_refused_with_those_there_are():
    assert reader_of(DEAD)[1] is Service.SEARCH
    with pytest.raises(LetterError, match=r"'articles\.routed' is no dead letter; there are: alerts\.raised\.dead"):
        reader_of("articles.routed")
