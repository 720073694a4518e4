"""The library in Elasticsearch. Blocking; the gateway calls it from its thread pool."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from runtime.elastic import busy_if_passing, elastic_problem

from search.domain import stats
from search.domain.bodies import facet_counts, search_body
from search.domain.document import Target
from search.domain.filters import Filters, Sort
from search.domain.library import After, Found, Hit, Json, Span
from search.domain.problems import ExpiredCursorError
from search.domain.revisions import revision_id
from search.domain.story_facts import StoryFacts, facts_body, facts_of, ids_body, ids_of

MAX_DISPOSITIONS = 500
MAX_ENTRIES = 1_000
"""Revisions, goings and comings of one page that are shown; who edits more often is a live ticker."""


class ElasticLibrary:
    """Searches the alias of all articles, and the dispositions."""

    def __init__(self, client: Elasticsearch, names: Names, *, pit_keep_alive_s: int = 300) -> None:
        self._client = client
        self._articles = names.articles_alias()
        self._dispositions = names.index(Target.DISPOSITIONS)
        self._revisions = names.index(Target.REVISIONS)
        self._keep_alive = f"{pit_keep_alive_s}s"

    def problem(self) -> str | None:
        return elastic_problem(self._client)

    def find(self, filters: Filters, sort: Sort, size: int, facets: tuple[str, ...], after: After | None) -> Found:
        # One more than asked for tells whether there is a next page.
        body = search_body(filters, sort, size + 1, facets)
        if after is not None:
            body["search_after"] = list(after.values)
        # Scores change with every document that comes, so an order by relevance needs a frozen view.
        pit = after.pit if after is not None else self._open_pit() if sort is Sort.RELEVANCE else None
        answer = self._search_pit(body, pit) if pit is not None else self._search(self._articles, body)
        pit = answer.get("pit_id", pit)
        hits = [
            Hit(hit["_source"], tuple(hit["sort"]), hit.get("highlight", {})) for hit in answer["hits"]["hits"][:size]
        ]
        more = len(answer["hits"]["hits"]) > size
        if pit is not None and not more:
            self._close_pit(pit)
        counts = answer.get("aggregations", {})
        return Found(
            total=answer["hits"]["total"]["value"],
            hits=hits,
            after=After(hits[-1].sort, pit) if more else None,
            facets={name: facet_counts(name, counts[name]) if name in counts else [] for name in facets},
        )

    def get(self, article_id: str) -> Json | None:
        body = {"query": {"ids": {"values": [article_id]}}, "size": 1}
        hits = self._search(self._articles, body)["hits"]["hits"]
        return hits[0]["_source"] if hits else None

    def span(self, filters: Filters) -> Span:
        answer = self._search(self._articles, stats.range_body(filters))
        ends = answer.get("aggregations", {})
        first, last = (_moment(ends.get(end, {}).get("value")) for end in ("first", "last"))
        return Span(answer["hits"]["total"]["value"], first, last)

    def counts(
        self,
        filters: Filters,
        group: stats.GroupBy,
        interval: stats.Interval | None,
        only: tuple[str, ...] | None = None,
    ) -> list[stats.Cell]:
        if only == ():
            return []
        answer = self._search(self._articles, stats.count_body(filters, group, interval, only))
        return stats.cells_of(group, answer["aggregations"]["top"]) if "aggregations" in answer else []

    def story_ids(self, filters: Filters) -> tuple[str, ...]:
        answer = self._search(self._articles, ids_body(filters))
        return ids_of(answer["aggregations"]) if "aggregations" in answer else ()

    def story_facts(self, story_ids: Sequence[str]) -> dict[str, StoryFacts]:
        if not story_ids:
            return {}
        answer = self._search(self._articles, facts_body(story_ids))
        return facts_of(answer["aggregations"]) if "aggregations" in answer else {}

    def dispositions_at(self, urls: Sequence[str]) -> list[Json]:
        known = [{"terms": {field: list(urls)}} for field in ("url", "canonical_url")]
        return self._trace({"bool": {"should": known, "minimum_should_match": 1}})

    def dispositions_of(self, article_id: str) -> list[Json]:
        return self._trace({"term": {"article_id": article_id}})

    def page_entries(self, article_id: str) -> list[Json]:
        body = {
            "query": {"term": {"article_id": article_id}},
            "size": MAX_ENTRIES,
            "sort": [{"at": "asc"}],
            "_source": {"excludes": ["text"]},
        }
        return [hit["_source"] for hit in self._search(self._revisions, body)["hits"]["hits"]]

    def revision(self, article_id: str, number: int) -> Json | None:
        body = {"query": {"ids": {"values": [revision_id(article_id, number)]}}, "size": 1}
        hits = self._search(self._revisions, body)["hits"]["hits"]
        return hits[0]["_source"] if hits else None

    def _trace(self, query: Json) -> list[Json]:
        body = {"query": query, "size": MAX_DISPOSITIONS, "sort": [{"at": "desc"}]}
        return [hit["_source"] for hit in self._search(self._dispositions, body)["hits"]["hits"]]

    def _search(self, index: str, body: Json) -> Mapping[str, Any]:
        try:
            # An installation that has not indexed anything yet has no index; that is no fault.
            answer = self._client.search(index=index, ignore_unavailable=True, **_arguments(body))
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        return dict(answer)

    def _search_pit(self, body: Json, pit: str) -> Mapping[str, Any]:
        try:
            return dict(self._client.search(pit={"id": pit, "keep_alive": self._keep_alive}, **_arguments(body)))
        except NotFoundError as error:
            raise ExpiredCursorError("Kursor sudah kedaluwarsa.") from error
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error

    def _open_pit(self) -> str:
        try:
            made = self._client.open_point_in_time(
                index=self._articles, keep_alive=self._keep_alive, ignore_unavailable=True
            )
        except (ApiError, TransportError) as error:
            raise busy_if_passing(error) or error from error
        return str(made["id"])

    def _close_pit(self, pit: str) -> None:
        try:
            self._client.close_point_in_time(id=pit)
        except (ApiError, TransportError):
            return  # It ends by itself.


def _arguments(body: Json) -> dict[str, Any]:
    return {"source" if key == "_source" else key: value for key, value in body.items()}


def _moment(value: float | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC)
