"""The requests that search sends to Elasticsearch for articles: query, order, highlights, facets."""

from typing import Any

from search.domain.filters import CLOSED, OPEN, Filters, Sort
from search.domain.query.elastic import compile_query, published_range
from search.domain.query.tree import Published

Json = dict[str, Any]

MARK = ("<mark>", "</mark>")
HIDDEN = ("text", "reading", "content_hash", "previous_hash", "archive")
"""Left out of lists: long, or nobody's business there."""

ORDERS: dict[Sort, list[Json]] = {
    Sort.NEWEST: [{"published_at": "desc"}, {"article_id": "asc"}],
    Sort.OLDEST: [{"published_at": "asc"}, {"article_id": "asc"}],
    Sort.RELEVANCE: [{"_score": "desc"}, {"published_at": "desc"}, {"article_id": "asc"}],
    Sort.SEVERITY: [{"severity": "desc"}, {"published_at": "desc"}, {"article_id": "asc"}],
}
"""Each ends in the article's id, which makes the order total: a cursor needs that."""

FACETS = ("opd", "unit", "region", "bakorwil", "outlet", "category", "tone", "sentiment", "day")
FACET_SIZE = 200


def query_of(filters: Filters) -> Json:
    """Return the query of the filters.

    `sentiment` with `opd` or `unit` asks for the sentiment toward one of these very agencies, each field for
    itself; alone it asks for any mention with that sentiment. It never asks for the tone.
    """
    needed: list[Json] = []
    for field in (*CLOSED, *OPEN):
        values = getattr(filters, field)
        if values and field != "sentiment":
            needed.append({"terms": {field: list(values)}})
    if filters.sentiment:
        toward = {kind: getattr(filters, kind) for kind in ("opd", "unit") if getattr(filters, kind)}
        for kind, ids in toward.items() or [("", ())]:
            needed.append(_mentioned(kind, ids, filters.sentiment))
    if filters.since is not None or filters.until is not None:
        needed.append(published_range(Published(filters.since, filters.until)))
    body: Json = {"filter": needed}
    if filters.query is not None:
        body["must"] = [compile_query(filters.query)]
    return {"bool": body}


def _mentioned(kind: str, ids: tuple[str, ...], sentiments: tuple[str, ...]) -> Json:
    parts: list[Json] = [{"terms": {"mentions.sentiment": list(sentiments)}}]
    if kind:
        parts += [{"term": {"mentions.kind": kind}}, {"terms": {"mentions.id": list(ids)}}]
    return {"nested": {"path": "mentions", "query": {"bool": {"filter": parts}}}}


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
    if name != "sentiment":
        return {"terms": {"field": name, "size": FACET_SIZE, "order": [{"_count": "desc"}, {"_key": "asc"}]}}
    toward = [
        {
            "bool": {
                "filter": [{"term": {"mentions.kind": kind}}, {"terms": {"mentions.id": list(getattr(filters, kind))}}]
            }
        }
        for kind in ("opd", "unit")
        if getattr(filters, kind)
    ]
    only: Json = {"bool": {"should": toward, "minimum_should_match": 1}} if toward else {"match_all": {}}
    labels = {"terms": {"field": "mentions.sentiment"}, "aggs": {"articles": {"reverse_nested": {}}}}
    return {"nested": {"path": "mentions"}, "aggs": {"toward": {"filter": only, "aggs": {"labels": labels}}}}


def facet_counts(name: str, answer: Json) -> list[tuple[str, int]]:
    """Return (value, articles) of a facet's aggregation."""
    if name == "sentiment":
        buckets = answer["toward"]["labels"]["buckets"]
        # They come ordered by mentions, of which an article can have several.
        return sorted(
            ((bucket["key"], bucket["articles"]["doc_count"]) for bucket in buckets),
            key=lambda pair: (-pair[1], pair[0]),
        )
    return [(bucket.get("key_as_string", bucket["key"]), bucket["doc_count"]) for bucket in answer["buckets"]]
