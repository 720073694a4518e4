"""The collector's indices: explicit mappings, nothing dynamic, so that a field that is not planned is refused."""

from typing import Any

from contract.names import Names
from elasticsearch import ApiError, BadRequestError, Elasticsearch, TransportError
from runtime.elastic import busy_if_passing

FETCH_STATE = "fetch-state"
FINGERPRINTS = "fingerprints"

_KEYWORD = {"type": "keyword"}
_DATE = {"type": "date"}
_INTEGER = {"type": "integer"}
# Kept and given back, never searched: not indexed, whatever its size.
_KEPT = {"type": "object", "enabled": False}
_KEPT_WORD = {"type": "keyword", "index": False, "doc_values": False}

MAPPINGS: dict[str, dict[str, Any]] = {
    FETCH_STATE: {
        "source_id": _KEYWORD,
        "registered_url": _KEPT_WORD,
        "url": _KEPT_WORD,
        "state": _KEYWORD,
        "reason": _KEPT_WORD,
        "state_since": _DATE,
        "interval_s": {"type": "float"},
        "next_at": _DATE,
        "polled_at": _DATE,
        "worked_at": _DATE,
        "failures": _INTEGER,
        "items": _INTEGER,
        "new": _INTEGER,
        "status": _INTEGER,
        "etag": _KEPT_WORD,
        "last_modified": _KEPT_WORD,
        "body_hash": _KEPT_WORD,
        "parts": _KEPT,
    },
    FINGERPRINTS: {
        "kind": _KEYWORD,
        "article_id": _KEYWORD,
        "stage": _KEYWORD,
        "url": _KEPT_WORD,
        "canonical_url": _KEPT_WORD,
        "source_id": _KEYWORD,
        "outlet": _KEYWORD,
        "first_seen_at": _DATE,
        "revision": _INTEGER,
        "outcome": _KEYWORD,
        "reason": _KEYWORD,
        "detail": _KEPT_WORD,
        "content_hash": _KEYWORD,
        "previous_hash": _KEPT_WORD,
        "hashes": _KEPT_WORD,
        "alias_of": _KEYWORD,
        "hints": _KEPT,
        "told": _KEPT_WORD,
        "etag": _KEPT_WORD,
        "last_modified": _KEPT_WORD,
        "visited_at": _DATE,
        "visit_at": _DATE,
        "then_visit_at": _DATE,
        "failures": _INTEGER,
        "gone_at": _DATE,
        "absence": _KEPT,
        "sketch": _KEPT_WORD,
        "archive": _KEPT_WORD,
        "outbox": _KEPT,
        "claim_id": _KEPT_WORD,
        "claimed_at": _DATE,
    },
}


def ensure_indices(es: Elasticsearch, names: Names) -> list[str]:
    """Create the indices that do not exist yet and return their names; add new fields to the others.

    Raises BusyError when the cluster is away.
    """
    created = []
    try:
        for index, properties in MAPPINGS.items():
            name = names.index(index)
            if es.indices.exists(index=name):
                # Fields that a newer version added; those that are there stay as they are.
                es.indices.put_mapping(index=name, properties=properties)
            elif _create(es, name, properties):
                created.append(name)
    except (ApiError, TransportError) as error:
        busy = busy_if_passing(error)
        if busy is None:
            raise
        raise busy from error
    return created


def _create(es: Elasticsearch, name: str, properties: dict[str, Any]) -> bool:
    try:
        es.indices.create(
            index=name,
            mappings={"dynamic": "strict", "properties": properties},
            settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"},
        )
    except BadRequestError as error:
        # Two collectors start at once: whoever comes second has what it wants.
        if error.error == "resource_already_exists_exception":
            return False
        raise
    return True
