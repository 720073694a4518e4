"""Reads and writes annotations in Elasticsearch, and reads the articles and revisions that a batch is about.

Every read is by id and sees the last write; every write says which writing it builds on.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, TransportError
from runtime.elastic import busy_if_passing
from runtime.retry import BusyError

from search.domain.annotation import Annotation, annotation_json, annotation_of
from search.domain.document import Target
from search.domain.learning import Guard, Kept
from search.domain.verdicts import Answer

logger = logging.getLogger(__name__)

ANNOTATIONS = "annotations"
MAX_MEMBERS = 1_000
"""Annotations read of the groups of one batch. A group of near-copies has as many members as there are outlets."""

_GONE = "index_not_found_exception"

Json = dict[str, Any]


class Annotations(Protocol):
    """Where annotations are kept. All raise BusyError when it is away."""

    def read(self, article_ids: Iterable[str]) -> dict[str, Kept]:
        """Return the annotations that there are, with the writing that was read; in one request."""
        ...

    def guards(self, article_ids: Iterable[str]) -> dict[str, Guard]:
        """Return the last writing of the annotations that there are, without them; in one request."""
        ...

    def write(self, kept: Sequence[Kept]) -> list[tuple[Answer, Guard | None]]:
        """Write each where nothing was written since it was read (409 where it was); return answers and writings."""
        ...

    def documents(self, months: Mapping[str, str]) -> dict[str, Json]:
        """Return the documents that there are of articles, given the month of each; in one request."""
        ...

    def revisions(self, ids: Sequence[str]) -> dict[str, Json]:
        """Return the revisions that there are; in one request."""
        ...

    def members(self, correcting: Sequence[str], joined: Sequence[str]) -> list[Annotation]:
        """Return the annotations ever in the groups `correcting`, and those with corrections ever in `joined`.

        It sees everything that was written before it was called.
        """
        ...

    def show(self, months: Iterable[str]) -> None:
        """Let searches find what was written to the articles of these months."""
        ...


class ElasticAnnotations:
    """The annotations in Elasticsearch."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._names = names
        self._index = names.index(ANNOTATIONS)

    def read(self, article_ids: Iterable[str]) -> dict[str, Kept]:
        found = self._mget([{"_index": self._index, "_id": one} for one in article_ids])
        return {one["_id"]: Kept(annotation_of(one["_source"]), _guard(one)) for one in found}

    def guards(self, article_ids: Iterable[str]) -> dict[str, Guard]:
        asked = [{"_index": self._index, "_id": one, "_source": False} for one in article_ids]
        return {one["_id"]: _guard(one) for one in self._mget(asked)}

    def documents(self, months: Mapping[str, str]) -> dict[str, Json]:
        asked = [{"_index": self._names.articles_index(month), "_id": one} for one, month in months.items()]
        return {one["_id"]: one["_source"] for one in self._mget(asked)}

    def revisions(self, ids: Sequence[str]) -> dict[str, Json]:
        index = self._names.index(Target.REVISIONS)
        return {one["_id"]: one["_source"] for one in self._mget([{"_index": index, "_id": each} for each in ids])}

    def write(self, kept: Sequence[Kept]) -> list[tuple[Answer, Guard | None]]:
        operations: list[Json] = []
        for one in kept:
            where: Json = {"_index": self._index, "_id": one.annotation.article_id}
            if one.guard is None:
                operations.append({"create": where})
            else:
                guard = {"if_seq_no": one.guard.seq_no, "if_primary_term": one.guard.primary_term}
                operations.append({"index": where | guard})
            operations.append(annotation_json(one.annotation))
        if not operations:
            return []
        try:
            items = self._client.bulk(operations=operations)["items"]
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        return [_answer(item) for item in items]

    def members(self, correcting: Sequence[str], joined: Sequence[str]) -> list[Annotation]:
        corrected = [{"terms": {"copy_groups": list(joined)}}, {"term": {"corrected": True}}]
        ways = [{"terms": {"copy_groups": list(correcting)}}, {"bool": {"filter": corrected}}]
        try:
            # What other writers wrote a moment ago must be seen: of two that write at once, one then sees the other.
            self._client.indices.refresh(index=self._index, ignore_unavailable=True)
            answer = self._client.search(
                index=self._index,
                ignore_unavailable=True,
                query={"bool": {"should": ways}},
                size=MAX_MEMBERS,
                sort=["article_id"],
            )
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        hits = answer["hits"]["hits"]
        if len(hits) == MAX_MEMBERS:
            logger.warning("only %d near-copies inherit; there are more in %s", MAX_MEMBERS, [*correcting, *joined])
        return [annotation_of(hit["_source"]) for hit in hits]

    def show(self, months: Iterable[str]) -> None:
        try:
            self._client.indices.refresh(
                index=[self._names.articles_index(month) for month in months], ignore_unavailable=True
            )
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def _mget(self, asked: list[Json]) -> list[Json]:
        """Return what there is of the documents asked for; an index that is not there has none."""
        if not asked:
            return []
        try:
            found = self._client.mget(docs=asked)["docs"]
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        for one in found:
            if "error" in one and one["error"].get("type") != _GONE:
                raise BusyError(f"Elasticsearch could not read {one['_id']}: {one['error']}"[:500])
        return [one for one in found if one.get("found", False)]


def _guard(found: Json) -> Guard:
    return Guard(int(found["_seq_no"]), int(found["_primary_term"]))


def _answer(item: Json) -> tuple[Answer, Guard | None]:
    (result,) = item.values()
    if "error" in result:
        return Answer(int(result["status"]), str(result["error"])[:2_000]), None
    return Answer(int(result["status"])), _guard(result)
