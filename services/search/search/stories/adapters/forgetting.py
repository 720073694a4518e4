"""Takes signatures away from the index that nothing can be compared with any more, story by story.

A story goes whole or stays whole: one whose last article may still be copied keeps its first one too, or the next
grouping would tell it without its beginning.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

Json = dict[str, Any]

STORIES_AT_ONCE = 500
MOST_ROUNDS = 20
"""So that a first run over an old index does not hold back new articles for minutes; the next run goes on."""
PAGE = 2_000


def forget(client: Elasticsearch, signatures: str, before: datetime) -> int:
    """Take away the signatures of stories all of whose articles were published, and first seen, before then.

    Return how many. Whatever another process writes meanwhile stays.
    """
    client.indices.refresh(index=signatures)
    past = [{"range": {field: {"lt": before.isoformat()}}} for field in ("published_at", "first_seen_at")]
    removed = 0
    for stories in _stories_of(client, signatures, {"bool": {"filter": past}}):
        later = {"bool": {"filter": [{"terms": {"story_id": stories}}], "must_not": [{"bool": {"filter": past}}]}}
        going_on = {one for some in _stories_of(client, signatures, later) for one in some}
        ended = sorted(set(stories) - going_on)
        removed += _take_away(client, signatures, ended) if ended else 0
    return removed


def _stories_of(client: Elasticsearch, signatures: str, query: Json) -> Iterator[list[str]]:
    """Yield the stories of the articles that are found, some at a time, in the order of their names."""
    after: Json = {}
    for _ in range(MOST_ROUNDS):
        pages = {"size": STORIES_AT_ONCE, "sources": [{"story_id": {"terms": {"field": "story_id"}}}], **after}
        answer = client.search(index=signatures, query=query, size=0, aggs={"stories": {"composite": pages}})
        found = answer["aggregations"]["stories"]
        if not found["buckets"]:
            return
        yield [bucket["key"]["story_id"] for bucket in found["buckets"]]
        after = {"after": found["after_key"]}


def _take_away(client: Elasticsearch, signatures: str, stories: Sequence[str]) -> int:
    removed = 0
    while True:
        answer = client.search(
            index=signatures,
            query={"terms": {"story_id": list(stories)}},
            size=PAGE,
            source=False,
            seq_no_primary_term=True,
        )
        actions = [{"delete": _as_read(hit)} for hit in answer["hits"]["hits"]]
        items = client.bulk(operations=actions, refresh=True)["items"] if actions else []
        gone = len([item for item in items if item["delete"].get("result") == "deleted"])
        removed += gone
        if not gone:
            return removed


def _as_read(hit: Json) -> Json:
    """Return the delete of a document as it was read, so that one written since is left."""
    fence = {"if_seq_no": hit["_seq_no"], "if_primary_term": hit["_primary_term"]}
    return {"_index": hit["_index"], "_id": hit["_id"], **fence}
