"""What is kept of every revision of an article, and what an outlet's edits come to. Pure.

A revision keeps the text as it was first recorded and the reading of its newest generation. Revisions come in any
order: each is compared with the nearest one known before it, again whenever one of the two arrives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contract.learnt import ArticleVanished

from search.domain.document import Target, Write
from search.domain.edits import EditKind, Told, edit_between

Json = dict[str, Any]

REACH = 2
"""How far a revision looks for a neighbour: one that is lost for good is bridged."""
_PROOF = ("title", "text", "content_hash", "previous_hash", "fetched_at", "modified_at", "archive", "url")
"""What the outlet published: kept as first recorded, whatever a later processing makes of the page."""
_READING = ("article_id", "revision", "generation", "month", "tone", "tone_score", "severity", "model")
NO_EDIT = frozenset({EditKind.COSMETIC})


@dataclass(frozen=True)
class RevisionEdited:
    """What the outlet changed with a revision. An event among those that are learnt of an article."""

    article_id: str
    month: str
    revision: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Recorded:
    """What a batch's revisions come to."""

    writes: tuple[Write, ...]
    edits: tuple[RevisionEdited, ...]


def revision_id(article_id: str, revision: int) -> str:
    """Return the `_id` of a revision."""
    return f"{article_id}.{revision}"


def neighbours(routed: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the ids of the revisions that must be known to record these documents of routed articles."""
    return list(
        dict.fromkeys(
            revision_id(document["article_id"], number)
            for document in routed
            for number in range(max(1, document["revision"] - REACH), document["revision"] + REACH + 1)
        )
    )


def revision_document(routed: Mapping[str, Any]) -> Json:
    """Return the document of a revision, given the document of the article as it was routed."""
    return {
        "entry": "revision",
        "at": routed["fetched_at"],
        **{name: routed[name] for name in (*_PROOF, *_READING) if name in routed},
        "mentions": [{name: one[name] for name in ("id", "kind", "sentiment", "score")} for one in routed["mentions"]],
    }


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def recorded(routed: Iterable[Mapping[str, Any]], known: Mapping[str, Json]) -> Recorded:
    """Return what to write and what was edited. `known` are the documents of `neighbours`, by id, where there are any.

    The same revisions again, in whatever order, come to the same documents.
    """
    documents = dict(known)
    touched: dict[tuple[str, int], None] = {}
    for one in routed:
        new = revision_document(one)
        mine = revision_id(new["article_id"], new["revision"])
        stored = documents.get(mine)
        if stored is not None and stored["generation"] > new["generation"]:
            continue
        kept = {name: stored[name] for name in _PROOF if name in stored} if stored is not None else {}
        documents[mine] = new | kept | ({"at": stored["at"]} if stored is not None else {})
        touched |= dict.fromkeys((new["article_id"], new["revision"] + step) for step in range(REACH + 1))
    writes, edits = [], []
    for article, number in touched:
        document = documents.get(revision_id(article, number))
        if document is None:
            continue
        compared = _compared(document, documents)
        if "previous" in compared:
            edits.append(RevisionEdited(article, compared["month"], number, tuple(compared["edit_kinds"])))
        if compared != known.get(revision_id(article, number)):
            writes.append(revision_write(compared))
    return Recorded(tuple(writes), tuple(edits))


def revision_write(document: Json) -> Write:
    """Return the write of a revision; an older generation never replaces a newer one."""
    key = revision_id(document["article_id"], document["revision"])
    return Write(Target.REVISIONS, key, document, version=document["generation"] + 1)


def _compared(document: Json, documents: Mapping[str, Json]) -> Json:
    """Return a revision with what it changed of the nearest one known before it."""
    number = document["revision"]
    bare = {name: value for name, value in document.items() if name not in ("previous", "edit_kinds")}
    for before in range(number - 1, max(0, number - 1 - REACH), -1):
        previous = documents.get(revision_id(document["article_id"], before))
        if previous is not None:
            kinds = edit_between(told_of(previous), told_of(document)).kinds
            return bare | {"previous": before, "edit_kinds": [str(kind) for kind in kinds]}
    return bare


def told_of(document: Mapping[str, Any]) -> Told:
    """Return a revision as it is compared."""
    return Told(
        document["title"], document["text"], document["tone"], document["tone_score"], document.get("model", "")
    )


def vanishing_write(event: ArticleVanished) -> Write:
    """Return the entry of a page that is gone or is back; it stands beside the revisions and is never overwritten."""
    at = _stamp(event.at)
    document = {
        "entry": "restored" if event.how == "restored" else "vanished",
        "article_id": event.article_id,
        "revision": event.revision,
        "month": event.month,
        "url": event.url,
        "at": at,
        "how": str(event.how),
        "detail": event.detail,
        "checked_at": [_stamp(one) for one in event.checked_at],
        **{name: value for name in ("last_page", "found_page") if (value := getattr(event, name)) is not None},
    }
    return Write(Target.REVISIONS, f"{event.article_id}.{event.how}.{int(event.at.timestamp() * 1000)}", document)


def edit_kinds_of(edits: Iterable[tuple[int, tuple[str, ...]]]) -> list[str]:
    """Return all kinds of an article's edits, in the order of `EditKind`; nothing for cosmetic ones."""
    found = {kind for _, kinds in edits for kind in kinds if kind not in NO_EDIT}
    return [str(kind) for kind in EditKind if kind in found]
