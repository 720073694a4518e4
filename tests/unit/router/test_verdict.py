"""How an article speaks of one body that it names several times."""

from contract.messages import Sentiment
from router.domain.rules import SentimentRules
from router.domain.verdict import judge

from tests.builders.articles import a_mention

RULES = SentimentRules()
POSITIVE, NEUTRAL, NEGATIVE = Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE


def said(sentiment, score=0.9, start=0, **different):
    return a_mention("dinkes", sentiment=sentiment, score=score, start=start, **different)


def test_one_mention_is_its_own_verdict_however_unsure():
    verdict = judge([said(NEGATIVE, 0.4)], RULES)
    assert (verdict.sentiment, verdict.score) == (NEGATIVE, 0.4)


def test_one_complaint_among_many_neutral_mentions_is_a_complaint():
    assert judge([said(NEGATIVE, 0.7), *(said(NEUTRAL, 0.95, n) for n in range(8))], RULES).sentiment == NEGATIVE


def test_a_guess_is_not_heard_beside_a_sure_neutral_mention():
    assert judge([said(NEGATIVE, 0.45), said(NEUTRAL, 0.9)], RULES).sentiment == NEUTRAL


def test_negative_wins_over_positive_of_the_same_weight():
    assert judge([said(POSITIVE, 0.9), said(NEGATIVE, 0.9)], RULES).sentiment == NEGATIVE


def test_negative_wins_up_to_twice_its_weight():
    assert judge([said(NEGATIVE, 0.5), said(POSITIVE, 0.5, 1), said(POSITIVE, 0.5, 2)], RULES).sentiment == NEGATIVE


def test_positive_wins_when_it_weighs_more_than_twice_as_much():
    many = [said(POSITIVE, 0.9, n) for n in range(3)]
    verdict = judge([said(NEGATIVE, 0.9), *many], RULES)
    assert verdict.sentiment == POSITIVE
    assert verdict.is_contested


def test_a_mention_in_the_title_weighs_double():
    mentions = [said(NEGATIVE, 0.9), said(POSITIVE, 0.9, field="title"), said(POSITIVE, 0.9, 5)]
    assert judge(mentions, RULES).sentiment == POSITIVE


def test_the_evidence_is_the_sentence_that_decides():
    mentions = [said(NEGATIVE, 0.6, evidence="Lemah."), said(NEGATIVE, 0.8, 9, evidence="Kuat."), said(NEUTRAL, 0.99)]
    verdict = judge(mentions, RULES)
    assert (verdict.evidence, verdict.score) == ("Kuat.", 0.8)


def test_an_uncertain_mention_is_not_heard_beside_a_sure_one():
    verdict = judge([said(NEGATIVE, 0.9, uncertain=True), said(POSITIVE, 0.6, 1)], RULES)
    assert (verdict.sentiment, verdict.uncertain) == (POSITIVE, False)


def test_where_only_an_uncertain_mention_takes_a_side_the_verdict_is_uncertain():
    verdict = judge([said(NEGATIVE, 0.45, uncertain=True, cues=("lambat",)), said(NEUTRAL, 0.9, 1)], RULES)
    assert (verdict.sentiment, verdict.uncertain, verdict.cues) == (NEGATIVE, True, ("lambat",))
