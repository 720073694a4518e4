"""Stories, their members and people's decisions in Elasticsearch, as the gateway reads and writes them."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from contract.names import Names
from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, TransportError
from runtime.elastic import busy_if_passing

from search.stories.archive import CORRECTABLE, Json, Record, StoryChangedError, StoryQuery
from search.stories.domain.decisions import Decision
from search.stories.domain.documents import (
    DECISIONS,
    SIGNATURES,
    STORIES,
    decision_document,
    decision_from,
    member_from,
)
from search.stories.domain.member import Member
from search.stories.domain.telling import DOCUMENT_FIELDS

MAX_DECISIONS = 200
_VERSION = re.compile(r"^(\d{1,18})-(\d{1,9})$")


class ElasticArchive:
    """The archive. An installation whose stories never ran has none, which is no fault."""

    def __init__(self, client: Elasticsearch, names: Names) -> None:
        self._client = client
        self._signatures = names.index(SIGNATURES)
        self._stories = names.index(STORIES)
        self._decisions = names.index(DECISIONS)
        self._articles = names.articles_alias()

    def find(self, query: StoryQuery) -> tuple[int, list[Json]]:
        needed: list[Json] = [{"range": {"articles": {"gte": query.articles_at_least}}}]
        needed += [_either(field, values, query) for field in CORRECTABLE if (values := getattr(query, field))]
        for field, bound, moment in (("last_at", "gte", query.since), ("first_at", "lt", query.until)):
            if isinstance(moment, datetime):
                needed.append({"range": {field: {bound: moment.isoformat()}}})
        answer = self._search(
            self._stories,
            {"bool": {"filter": needed}},
            size=query.size,
            sort=[{"last_at": "desc"}, {"story_id": "asc"}],
            track_total_hits=True,
        )
        hits = answer["hits"]["hits"]
        return answer["hits"]["total"]["value"], [hit["_source"] for hit in hits]

    def story(self, story_id: str) -> Record | None:
        found = self._get(self._stories, story_id)
        if found is None:
            return None
        return Record(found["_source"], f"{found['_seq_no']}-{found['_primary_term']}")

    def members(self, article_ids: Collection[str]) -> dict[str, Member]:
        if not article_ids:
            return {}
        try:
            docs = self._client.mget(index=self._signatures, ids=sorted(article_ids))["docs"]
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        return {one["_id"]: member_from(one["_source"]) for one in docs if one.get("found")}

    def texts(self, article_ids: Collection[str]) -> dict[str, Json]:
        wanted = {"ids": {"values": sorted(article_ids)}}
        answer = self._search(self._articles, wanted, size=len(article_ids), source=list(DOCUMENT_FIELDS))
        return {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}

    def decisions_about(self, article_ids: Collection[str]) -> list[Decision]:
        either = [{"terms": {side: sorted(article_ids)}} for side in ("one", "other")]
        query = {"bool": {"should": either, "minimum_should_match": 1}}
        # The latest are kept where there are more than anybody reads.
        answer = self._search(self._decisions, query, size=MAX_DECISIONS, sort=[{"at": "desc"}])
        return [decision_from(hit["_source"]) for hit in reversed(answer["hits"]["hits"])]

    def decide(self, decision: Decision, seen: Mapping[str, str]) -> None:
        for story_id, version in sorted(seen.items()):
            self._touch(story_id, version, decision.decision_id)
        try:
            self._client.create(
                index=self._decisions, id=decision.decision_id, document=decision_document(decision), refresh=True
            )
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def _touch(self, story_id: str, version: str, decision_id: str) -> None:
        """Make the story's version another one, if it is still the one that was seen.

        Whoever decides at the same time then learns of it. A mark without its decision does no harm.
        """
        match = _VERSION.match(version)
        if match is None:
            raise StoryChangedError(story_id)
        try:
            self._client.update(
                index=self._stories,
                id=story_id,
                doc={"touched": decision_id},
                if_seq_no=int(match[1]),
                if_primary_term=int(match[2]),
            )
        except (ConflictError, NotFoundError) as error:
            raise StoryChangedError(story_id) from error
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def was_applied(self, decision_id: str) -> bool:
        found = self._get(self._decisions, decision_id)
        return found is not None and "applied_at" in found["_source"]

    def _get(self, index: str, document_id: str) -> Mapping[str, Any] | None:
        try:
            return dict(self._client.get(index=index, id=document_id))
        except NotFoundError:
            return None
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def _search(self, index: str, query: Json, **more: Any) -> Mapping[str, Any]:
        try:
            # An installation that has not grouped anything yet has no index; that is no fault.
            return dict(self._client.search(index=index, query=query, ignore_unavailable=True, **more))
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error


def _either(field: str, values: Collection[str], query: StoryQuery) -> Json:
    """Return the query for stories with such an article: when it was grouped, or, where a person corrected one, now."""
    grouped: Json = {"bool": {"filter": [{"terms": {field: list(values)}}]}}
    if not query.corrected:
        return grouped
    grouped["bool"]["must_not"] = [{"terms": {"story_id": list(query.corrected)}}]
    now = {"terms": {"story_id": list(query.now.get(field, ()))}}
    return {"bool": {"should": [grouped, now], "minimum_should_match": 1}}
