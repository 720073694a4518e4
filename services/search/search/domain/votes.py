"""Decides how an article speaks of a body that is rolled up, from the mentions of what it rolls up from.

The rule is the router's (`router.domain.verdict`, its README says why), written again because no service imports
another; a test puts both to the same table. Neutral mentions do not vote; a mention is heard from a score of
`MIN_POLAR_SCORE` on, unless the reader called it uncertain; one in the title weighs double; negative wins unless
positive weighs more than twice as much. Where none is heard an uncertain one decides, and the roll-up is uncertain.

What a person said of a body stands for all its mentions: one vote with score 1, doubled where the title names it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

MIN_POLAR_SCORE = 0.5
POSITIVE_OUTWEIGHS = 2.0
TITLE_WEIGHT = 2.0

_RANK = {"negative": 0, "positive": 1, "neutral": 2}


def deciding(votes: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the mention that carries the decision over at least one; their order does not matter."""
    ordered = sorted(votes, key=_order)
    polar = [one for one in ordered if one["sentiment"] != "neutral"]
    heard = [one for one in polar if one["score"] >= MIN_POLAR_SCORE and not one.get("uncertain")]
    negative = [one for one in heard if one["sentiment"] == "negative"]
    positive = [one for one in heard if one["sentiment"] == "positive"]
    if negative and _sum(positive) <= POSITIVE_OUTWEIGHS * _sum(negative):
        return negative[0]
    doubtful = [one for one in polar if one.get("uncertain")]
    return next(iter([*positive, *doubtful, ordered[0]]))


def persons_vote(row: Mapping[str, Any], spoken: Sequence[Mapping[str, Any]]) -> Json:
    """Return the one vote of a body whose row a person set."""
    in_title = any(one["field"] == "title" for one in spoken)
    return {
        "entity_id": row["id"],
        "sentiment": row["sentiment"],
        "score": 1.0,
        "field": "title" if in_title else "text",
        "start": 0,
        "end": 0,
        "evidence": row.get("evidence", ""),
    }


def weight(vote: Mapping[str, Any]) -> float:
    """Return how much a mention counts: its score, twice that in the title."""
    return float(vote["score"]) * (TITLE_WEIGHT if vote["field"] == "title" else 1.0)


def _sum(votes: Sequence[Mapping[str, Any]]) -> float:
    return sum(weight(one) for one in votes)


def _order(vote: Mapping[str, Any]) -> tuple[float, int, bool, int, int, str, str]:
    return (
        -weight(vote),
        _RANK[vote["sentiment"]],
        vote["field"] != "title",
        vote["start"],
        vote["end"],
        vote["entity_id"],
        vote.get("evidence", ""),
    )
