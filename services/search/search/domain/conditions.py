"""What one value of one field asks of an article: the same for a filter and for a field of the query language.

An article counts under one of four classes: positive, neutral, negative, or to be read, where the reading is too
uncertain to count. The tone's class is the article's own, a sentiment's class that of each agency named.
"""

from collections.abc import Iterable
from typing import Any

from contract.messages import Sentiment
from contract.values import Origin, Vanishing

Json = dict[str, Any]

NEEDS_READING = "needs_reading"
CLASSES = (*(str(one) for one in Sentiment), NEEDS_READING)
AGENCIES = ("opd", "unit")
"""Kinds that an article speaks well or ill of; a place only lies where things happen."""
FLAGS = ("needs_reading", "corrected", "edited", "vanished")
YES, NO, HIDE = "true", "false", "hide"

_FIELDS = {"story": "story_id"}


def tone_class(value: str) -> Json:
    """Return the query for the articles whose tone counts so."""
    if value == NEEDS_READING:
        return {"term": {"tone_uncertain": True}}
    return {"bool": {"filter": [{"term": {"tone": value}}], "must_not": [{"term": {"tone_uncertain": True}}]}}


def toward_class(value: str) -> Json:
    """Return the query, inside `mentions`, for those whose sentiment counts so."""
    unsure = {"term": {"mentions.uncertain": True}}
    if value == NEEDS_READING:
        return unsure
    return {"bool": {"filter": [{"term": {"mentions.sentiment": value}}], "must_not": [unsure]}}


def tone_counts() -> Json:
    """Return the aggregation that counts articles by the class of their tone."""
    return {"filters": {"filters": {value: tone_class(value) for value in CLASSES}}}


def toward_counts() -> Json:
    """Return the aggregation, inside `mentions`, that counts by the class of the sentiment."""
    return {"filters": {"filters": {value: toward_class(value) for value in CLASSES}}}


def any_of(queries: Iterable[Json]) -> Json:
    """Return the query for at least one of these."""
    found = list(queries)
    return found[0] if len(found) == 1 else {"bool": {"should": found, "minimum_should_match": 1}}


def mentioned(kind: str, ids: Iterable[str], how: Json) -> Json:
    """Return the query for a mention of one of these agencies, or of any agency, that fulfils `how`."""
    whom: list[Json] = (
        [{"term": {"mentions.kind": kind}}, {"terms": {"mentions.id": list(ids)}}]
        if kind
        else [{"terms": {"mentions.kind": list(AGENCIES)}}]
    )
    return {"nested": {"path": "mentions", "query": {"bool": {"filter": [how, *whom]}}}}


def open_question(agencies: Iterable[tuple[str, tuple[str, ...]]] = ()) -> Json:
    """Return the query for articles that a person should read: for their tone, or for how they speak of an agency.

    With (kind, ids) only the sentiment toward these agencies counts, beside the tone.
    """
    toward = [mentioned(kind, ids, toward_class(NEEDS_READING)) for kind, ids in agencies]
    return any_of([tone_class(NEEDS_READING), *(toward or [mentioned("", (), toward_class(NEEDS_READING))])])


def _flag(field: str) -> Json:
    if field == "needs_reading":
        return open_question()
    if field == "vanished":
        restored = {"term": {"vanished_how": str(Vanishing.RESTORED)}}
        return {"bool": {"filter": [{"exists": {"field": "vanished_at"}}], "must_not": [restored]}}
    return {"term": {field: True}}


def condition(field: str, value: str) -> Json:
    """Return the query for one value of one field; articles written before a field was there count as without it."""
    match field:
        case "sentiment":
            return mentioned("", (), toward_class(value))
        case "tone":
            return tone_class(value)
        case "copies":
            return unless({"exists": {"field": "copy_of"}}) if value == HIDE else {"match_all": {}}
        case "origin" if value == Origin.EARNED:
            return unless({"terms": {"origin": [str(Origin.OWN), str(Origin.PICKUP)]}})
    if field in FLAGS:
        return _flag(field) if value == YES else unless(_flag(field))
    return {"term": {_FIELDS.get(field, field): value}}


def unless(query: Json) -> Json:
    return {"bool": {"must_not": [query]}}
