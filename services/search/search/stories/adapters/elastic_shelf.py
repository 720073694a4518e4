"""Signatures, stories and decisions in Elasticsearch."""

import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from contract.names import Names
from elasticsearch import ApiError, BadRequestError, Elasticsearch, TransportError, helpers
from runtime.elastic import busy_if_passing, elastic_problem
from runtime.retry import BusyError

from search.stories.adapters.forgetting import forget
from search.stories.domain.decisions import Decision
from search.stories.domain.documents import (
    DECISIONS,
    SIGNATURES,
    STORIES,
    decision_from,
    member_document,
    member_from,
    story_document,
)
from search.stories.domain.likeness import COPY_WINDOW, STORY_SHARED_KEY_WORDS, STORY_WINDOW
from search.stories.domain.member import Member
from search.stories.domain.story import Story
from search.stories.shelf import Fence, FencedError, Kept

logger = logging.getLogger(__name__)

Json = dict[str, Any]
READ_AT_ONCE = 500
BULK_BYTES = 4_000_000
MAX_DECISIONS = 10_000
LEAST_SHARED_WEIGHT = 0.35
"""Just below what a bond of story needs, since the index sums in single precision."""
SURE_SCORE = 2.0
UNSURE_AT_MOST = 15
CONFLICT = 409


class ElasticShelf:
    """The shelf. `copies_at_most` and `related_at_most` bound what is looked at for one article."""

    def __init__(
        self,
        client: Elasticsearch,
        names: Names,
        templates: Mapping[str, Json],
        *,
        copies_at_most: int = 60,
        related_at_most: int = 60,
    ) -> None:
        self._client = client
        self._templates = templates
        self._signatures = names.index(SIGNATURES)
        self._stories = names.index(STORIES)
        self._decisions = names.index(DECISIONS)
        self._copies_at_most = copies_at_most
        self._related_at_most = related_at_most

    def problem(self) -> str | None:
        return elastic_problem(self._client)

    def prepare(self) -> None:
        """Make templates and indices that are missing. Raises BusyError while the store is away."""
        with _passing():
            for name, template in self._templates.items():
                self._client.indices.put_index_template(name=name, **template)
            for index in (self._signatures, self._stories, self._decisions):
                self._create(index)

    def _create(self, index: str) -> None:
        try:
            if not self._client.indices.exists(index=index):
                self._client.indices.create(index=index)
        except BadRequestError as error:
            # Two processes start at once: whoever comes second has what it wants.
            if error.error != "resource_already_exists_exception":
                raise

    def read(self, article_ids: Collection[str]) -> dict[str, Kept]:
        wanted = sorted(set(article_ids))
        found: dict[str, Kept] = {}
        with _passing():
            for start in range(0, len(wanted), READ_AT_ONCE):
                part = wanted[start : start + READ_AT_ONCE]
                for one in self._client.mget(index=self._signatures, ids=part)["docs"]:
                    if one.get("found"):
                        fence = (one["_seq_no"], one["_primary_term"])
                        found[one["_id"]] = Kept(member_from(one["_source"]), fence)
        return found

    def write(self, members: Sequence[Member], fences: Mapping[str, Fence]) -> dict[str, Fence]:
        lines = [_lines(self._signature_action(one.article_id, fences), member_document(one)) for one in members]
        made: dict[str, Fence] = {}
        for item in self._bulk(lines):
            (answer,) = item.values()
            if answer["status"] == CONFLICT:
                raise FencedError(f"another process wrote {answer['_id']}")
            if "error" in answer:
                raise BusyError(f"a signature was not written: {json.dumps(answer['error'])[:400]}")
            made[answer["_id"]] = (answer["_seq_no"], answer["_primary_term"])
        return made

    def _signature_action(self, article_id: str, fences: Mapping[str, Fence]) -> Json:
        where = {"_index": self._signatures, "_id": article_id}
        if article_id not in fences:
            return {"create": where}
        number, term = fences[article_id]
        return {"index": {**where, "if_seq_no": number, "if_primary_term": term}}

    def candidates(self, members: Sequence[Member]) -> dict[str, list[str]]:
        searches: list[Json] = []
        for member in members:
            for body in (self._copies_body(member), self._related_body(member)):
                searches += [{"index": self._signatures}, body]
        found: dict[str, list[str]] = {}
        if not searches:
            return found
        with _passing():
            self._client.indices.refresh(index=self._signatures)
            answers = self._client.msearch(searches=searches)["responses"]
        for place, answer in enumerate(answers):
            if "error" in answer:
                raise BusyError(f"Elasticsearch: {json.dumps(answer['error'])[:400]}")
            hits = answer["hits"]["hits"]
            if place % 2 == 0:
                hits = _without_strangers(hits)
            found.setdefault(members[place // 2].article_id, []).extend(hit["_id"] for hit in hits)
        return found

    def _copies_body(self, member: Member) -> Json:
        """Ask for those that share most bands, within the window of copies; shared words order those with few."""
        bands = [_term("bands", band, 1.0) for band in member.signature.bands]
        body = _body(member, bands, COPY_WINDOW, self._copies_at_most, 1)
        inner = body["query"]["bool"]
        needed = {"bool": {"should": inner.pop("should"), "minimum_should_match": inner.pop("minimum_should_match")}}
        inner |= {"must": [needed], "should": _words(member)}
        return body

    def _related_body(self, member: Member) -> Json:
        """Ask for those that share the strongest words, within the window of a story."""
        words = _words(member)
        body = _body(member, words, STORY_WINDOW, self._related_at_most, STORY_SHARED_KEY_WORDS)
        return body | {"min_score": LEAST_SHARED_WEIGHT}

    def tell(self, stories: Sequence[Story], gone: Collection[str], now: datetime) -> None:
        lines = [
            _lines({"index": {"_index": self._stories, "_id": one.story_id}}, story_document(one, now))
            for one in stories
        ]
        lines += [_lines({"delete": {"_index": self._stories, "_id": one}}) for one in sorted(gone)]
        for item in self._bulk(lines):
            (answer,) = item.values()
            if "error" in answer:
                raise BusyError(f"a story was not written: {json.dumps(answer['error'])[:400]}")

    def forget(self, before: datetime) -> int:
        with _passing():
            return forget(self._client, self._signatures, before)

    def decisions(self) -> list[Decision]:
        with _passing():
            self._client.indices.refresh(index=self._decisions)
            hits = helpers.scan(self._client, index=self._decisions, query={"query": {"match_all": {}}})
            return [decision_from(hit["_source"]) for hit in hits]

    def waiting(self) -> list[Decision]:
        query = {"bool": {"must_not": [{"exists": {"field": "applied_at"}}]}}
        with _passing():
            answer = self._client.search(index=self._decisions, query=query, sort=[{"at": "asc"}], size=100)
        return [decision_from(hit["_source"]) for hit in answer["hits"]["hits"]]

    def applied(self, decisions: Sequence[Decision], now: datetime) -> None:
        with _passing():
            for one in decisions:
                self._client.update(index=self._decisions, id=one.decision_id, doc={"applied_at": now.isoformat()})
            self._client.indices.refresh(index=self._decisions)

    def _bulk(self, entries: Sequence[list[bytes]]) -> Iterator[Json]:
        # The client's types know dictionaries only, its serializer passes lines through.
        part: list[Any] = []
        size = 0
        for place, lines in enumerate(entries):
            part += lines
            size += sum(map(len, lines))
            if size >= BULK_BYTES or place == len(entries) - 1:
                with _passing():
                    items = self._client.bulk(operations=part)["items"]
                yield from items
                part, size = [], 0


@contextmanager
def _passing() -> Iterator[None]:
    """Turn what may pass by itself into BusyError; the rest is a fault of ours and is seen."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise busy_if_passing(error) or error from error


def _lines(action: Json, source: Json | None = None) -> list[bytes]:
    return [json.dumps(one).encode() for one in (action, source) if one is not None]


def _term(field: str, value: str, boost: float) -> Json:
    return {"constant_score": {"filter": {"term": {field: value}}, "boost": boost}}


def _words(member: Member) -> list[Json]:
    vector = member.signature.vector
    return [_term("key_words", word, round(vector[word] + 0.001, 4)) for word in member.signature.key_words]


def _without_strangers(hits: list[Json]) -> list[Json]:
    """Return the hits without most of those that share a single band and hardly a word, as strangers do."""
    sure = [hit for hit in hits if hit["_score"] >= SURE_SCORE]
    return sure + hits[len(sure) :][:UNSURE_AT_MOST]


def _body(member: Member, terms: list[Json], window: timedelta, size: int, needed: int) -> Json:
    near = {
        "gte": (member.published_at - window).isoformat(),
        "lte": (member.published_at + window).isoformat(),
    }
    query = {
        "bool": {
            "filter": [{"range": {"published_at": near}}],
            "must_not": [{"ids": {"values": [member.article_id]}}],
            "should": terms,
            "minimum_should_match": max(1, needed),
        }
    }
    # In the order of the score alone: any other order would have the index score every article that matches.
    return {"query": query, "size": size, "_source": False, "track_total_hits": False}
