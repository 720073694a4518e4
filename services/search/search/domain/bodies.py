"""The requests that search sends to Elasticsearch for articles: query, order, highlights, facets."""

from typing import Any

from search.domain.conditions import (
    AGENCIES,
    FLAGS,
    HIDE,
    NO,
    YES,
    any_of,
    condition,
    mentioned,
    open_question,
    tone_counts,
    toward_class,
    toward_counts,
    unless,
)
from search.domain.filters import CLOSED, OPEN, Filters, Sort
from search.domain.query.elastic import compile_query, published_range
from search.domain.query.tree import Published

Json = dict[str, Any]

MARK = ("<mark>", "</mark>")
HIDDEN = ("text", "reading", "content_hash", "previous_hash", "archive", "machine")
"""Left out of lists: long, or nobody's business there."""

ORDERS: dict[Sort, list[Json]] = {
    Sort.NEWEST: [{"published_at": "desc"}, {"article_id": "asc"}],
    Sort.OLDEST: [{"published_at": "asc"}, {"article_id": "asc"}],
    Sort.RELEVANCE: [{"_score": "desc"}, {"published_at": "desc"}, {"article_id": "asc"}],
    Sort.SEVERITY: [{"severity": "desc"}, {"published_at": "desc"}, {"article_id": "asc"}],
}
"""Each ends in the article's id, which makes the order total: a cursor needs that."""

FACETS = ("opd", "unit", "region", "bakorwil", "outlet", "category", "tone", "sentiment", "origin", "suggested", "day")
FACET_SIZE = 200
_CONDITIONAL = ("tone", "origin")
"""Filters whose values are more than a term of a field."""


def query_of(filters: Filters) -> Json:
    """Return the query of the filters.

    `sentiment` with `opd` or `unit` asks for the sentiment toward one of these very agencies, each field for
    itself; alone it asks for any agency spoken of so. It never asks for the tone.
    """
    needed = [_wanted(field, getattr(filters, field)) for field in (*CLOSED, *OPEN) if getattr(filters, field)]
    if filters.sentiment:
        for kind, ids in asked_agencies(filters) or [("", ())]:
            needed.append(mentioned(kind, ids, any_of(toward_class(value) for value in filters.sentiment)))
    for flag in FLAGS:
        wanted = getattr(filters, flag)
        if wanted is None:
            continue
        if flag == "needs_reading":
            question = open_question(asked_agencies(filters))
            needed.append(question if wanted else unless(question))
        else:
            needed.append(condition(flag, YES if wanted else NO))
    if filters.hide_copies:
        needed.append(condition("copies", HIDE))
    if filters.since is not None or filters.until is not None:
        needed.append(published_range(Published(filters.since, filters.until)))
    body: Json = {"filter": [one for one in needed if one]}
    if filters.query is not None:
        body["must"] = [compile_query(filters.query)]
    return {"bool": body}


def _wanted(field: str, values: tuple[str, ...]) -> Json:
    """Return the query of one filter; nothing for the sentiment, which depends on who is asked for."""
    if field == "sentiment":
        return {}
    if field in _CONDITIONAL:
        return any_of(condition(field, value) for value in values)
    return {"terms": {"story_id" if field == "story" else field: list(values)}}


def asked_agencies(filters: Filters) -> list[tuple[str, tuple[str, ...]]]:
    """Return the agencies asked for as (kind, ids), for what is said toward them."""
    return [(kind, getattr(filters, kind)) for kind in AGENCIES if getattr(filters, kind)]


def search_body(filters: Filters, sort: Sort, size: int, facets: tuple[str, ...]) -> Json:
    """Return the body of a search, without cursor."""
    body: Json = {
        "query": query_of(filters),
        "sort": ORDERS[sort],
        "size": size,
        "track_total_hits": True,
        "_source": {"excludes": list(HIDDEN)},
    }
    if filters.query is not None:
        body["highlight"] = highlight()
    if facets:
        body["aggs"] = {name: facet(name, filters) for name in facets}
    return body


def highlight() -> Json:
    """Return what is highlighted. The encoder escapes the text, so only our own marks are markup.

    The stemmed and the unstemmed form of a field are marked together: words match one of them, phrases the other.
    """
    parts = {"title": {"number_of_fragments": 0}, "text": {"number_of_fragments": 2, "fragment_size": 180}}
    return {
        "encoder": "html",
        "pre_tags": [MARK[0]],
        "post_tags": [MARK[1]],
        "max_analyzed_offset": 250_000,
        "fields": {name: {**how, "matched_fields": [name, f"{name}.exact"]} for name, how in parts.items()},
    }


def facet(name: str, filters: Filters) -> Json:
    """Return the aggregation of a facet: articles of this search per value."""
    if name == "day":
        days = {
            "field": "published_at",
            "calendar_interval": "day",
            "time_zone": "Asia/Jakarta",
            "format": "yyyy-MM-dd",
        }
        return {"date_histogram": {**days, "min_doc_count": 1}}
    if name == "tone":
        return tone_counts()
    if name != "sentiment":
        missing = {"missing": "earned"} if name == "origin" else {}
        order = [{"_count": "desc"}, {"_key": "asc"}]
        return {"terms": {"field": name, "size": FACET_SIZE, "order": order, **missing}}
    toward = [
        {"bool": {"filter": [{"term": {"mentions.kind": kind}}, {"terms": {"mentions.id": list(ids)}}]}}
        for kind, ids in asked_agencies(filters)
    ]
    only = any_of(toward) if toward else {"terms": {"mentions.kind": list(AGENCIES)}}
    labels = {**toward_counts(), "aggs": {"articles": {"reverse_nested": {}}}}
    return {"nested": {"path": "mentions"}, "aggs": {"toward": {"filter": only, "aggs": {"labels": labels}}}}


def facet_counts(name: str, answer: Json) -> list[tuple[str, int]]:
    """Return (value, articles) of a facet's aggregation."""
    if name == "sentiment":
        named = answer["toward"]["labels"]["buckets"]
        # An article can have several mentions with one label.
        return _classes({key: bucket["articles"]["doc_count"] for key, bucket in named.items()})
    if name == "tone":
        return _classes({key: bucket["doc_count"] for key, bucket in answer["buckets"].items()})
    return [(bucket.get("key_as_string", bucket["key"]), bucket["doc_count"]) for bucket in answer["buckets"]]


def _classes(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(((key, count) for key, count in counts.items() if count), key=lambda pair: (-pair[1], pair[0]))
