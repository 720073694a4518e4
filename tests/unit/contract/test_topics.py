"""The cards of the topics fit one another."""

from contract.codec import MAX_LETTER_BYTES, MAX_MESSAGE_BYTES
from contract.messages import LetterDied
from contract.outcomes import ALLOWED, FINAL, Outcome, Service
from contract.topics import CARDS, all_cards, dead_letter_card, retry_card


def test_no_topic_stands_twice():
    names = [card.topic for card in all_cards()]
    assert len(names) == len(set(names))


def test_every_reader_has_a_retry_topic_and_a_dead_letter():
    names = {card.topic for card in all_cards()}
    for card in CARDS:
        for reader in card.readers:
            assert {retry_card(card, reader).topic, dead_letter_card(card, reader).topic} <= names


def test_a_topic_takes_the_largest_message_that_the_codec_lets_through():
    for card in all_cards():
        assert card.max_message_bytes > (MAX_LETTER_BYTES if card.message is LetterDied else MAX_MESSAGE_BYTES)


def test_work_topics_are_deleted_by_age_and_never_compacted():
    assert {card.cleanup_policy for card in all_cards()} == {"delete"}


def test_the_outcomes_are_a_closed_set_in_which_every_service_has_its_own():
    assert set(ALLOWED) == set(Service)
    assert set().union(*ALLOWED.values()) == set(Outcome)
    assert Outcome.PASSED not in FINAL
