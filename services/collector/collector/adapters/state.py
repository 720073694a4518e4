"""The collector's memory in Elasticsearch: fingerprints, claims and fetch states, with optimistic concurrency."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from contract.names import Names
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch import ConflictError as ElasticConflictError
from pydantic import TypeAdapter
from runtime.elastic import busy_if_passing
from runtime.retry import BusyError

from collector.adapters.indices import FETCH_STATE, FINGERPRINTS
from collector.domain.fingerprint import Claim, Fingerprint
from collector.domain.polling import FetchState
from collector.domain.ports import ConflictError, Version

T = TypeVar("T")

_FINGERPRINT = TypeAdapter(Fingerprint)
_FETCH_STATE = TypeAdapter(FetchState)
_CLAIM = TypeAdapter(Claim)
_EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def to_document(adapter: TypeAdapter[Any], value: Any) -> dict[str, Any]:
    """Return the JSON document of a record, empty fields left out."""
    dumped: dict[str, Any] = adapter.dump_python(value, mode="json")
    return {name: field for name, field in dumped.items() if field not in _EMPTY}


class Threads:
    """Runs the blocking client in threads and translates its errors: what may pass becomes BusyError."""

    def __init__(self, size: int = 8) -> None:
        self._pool = ThreadPoolExecutor(max_workers=size, thread_name_prefix="elastic")

    async def run(self, call: Callable[[], T]) -> T:
        """Raises ConflictError, BusyError, and the client's own errors for what will not pass."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _translated, call)

    def close(self) -> None:
        self._pool.shutdown(wait=True)


def _translated(call: Callable[[], T]) -> T:
    try:
        return call()
    except ElasticConflictError as error:
        raise ConflictError(str(error)[:300]) from error
    except (ApiError, TransportError) as error:
        busy = busy_if_passing(error)
        if busy is None:
            raise
        raise busy from error


def _version(answer: Any) -> Version:
    return Version(int(answer["_seq_no"]), int(answer["_primary_term"]))


def _write(es: Elasticsearch, index: str, id_: str, document: dict[str, Any], version: Version | None) -> Version:
    if version is None:
        return _version(es.index(index=index, id=id_, document=document, op_type="create"))
    return _version(
        es.index(index=index, id=id_, document=document, if_seq_no=version.seq_no, if_primary_term=version.primary_term)
    )


class ElasticFingerprints:
    """The port FingerprintStore over one index; claims lie in the same index under ids of their own."""

    def __init__(self, es: Elasticsearch, names: Names, threads: Threads) -> None:
        self._es = es
        self._index = names.index(FINGERPRINTS)
        self._threads = threads

    async def get(self, article_id: str) -> tuple[Fingerprint, Version] | None:
        answer = await self._threads.run(lambda: self._get(article_id))
        return None if answer is None else (_fingerprint(answer["_source"]), _version(answer))

    def _get(self, id_: str) -> Any:
        try:
            return self._es.get(index=self._index, id=id_)
        except NotFoundError:
            return None

    async def get_many(self, article_ids: Sequence[str]) -> dict[str, Fingerprint]:
        if not article_ids:
            return {}
        answer = await self._threads.run(
            lambda: self._es.mget(index=self._index, ids=list(article_ids), source_excludes=["outbox"])
        )
        return {doc["_id"]: _fingerprint(doc["_source"]) for doc in answer["docs"] if doc.get("found")}

    async def create_many(self, fingerprints: Sequence[Fingerprint]) -> set[str]:
        if not fingerprints:
            return set()
        operations: list[dict[str, Any]] = []
        for fingerprint in fingerprints:
            operations += [{"create": {"_id": fingerprint.article_id}}, _document(fingerprint)]
        answer = await self._threads.run(lambda: self._es.bulk(index=self._index, operations=operations))
        results = [item["create"] for item in answer["items"]]
        failed = next((r for r in results if r["status"] not in (200, 201, 409)), None)
        if failed is not None:
            if failed["status"] in (408, 429) or failed["status"] >= 500:
                raise BusyError(f"Elasticsearch refused a new link: {failed['status']}")
            raise RuntimeError(f"Elasticsearch does not take a new link: {failed.get('error')}")
        return {result["_id"] for result in results if result["status"] in (200, 201)}

    async def put(self, fingerprint: Fingerprint, version: Version | None) -> Version:
        document = _document(fingerprint)
        return await self._threads.run(lambda: _write(self._es, self._index, fingerprint.article_id, document, version))

    async def due(self, now: datetime, *, limit: int, without: Collection[str]) -> list[str]:
        query: dict[str, Any] = {"bool": {"filter": [{"range": {"visit_at": {"lte": now.isoformat()}}}]}}
        if without:
            query["bool"]["must_not"] = [{"ids": {"values": list(without)}}]
        answer = await self._threads.run(
            lambda: self._es.search(
                index=self._index, query=query, sort=[{"visit_at": "asc"}], size=limit, source=False,
                track_total_hits=False, allow_partial_search_results=False,
            )
        )  # fmt: skip
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    async def pending(self, *, limit: int) -> list[str]:
        await self._threads.run(lambda: self._es.indices.refresh(index=self._index))
        answer = await self._threads.run(
            lambda: self._es.search(
                index=self._index, query={"term": {"stage": "pending"}}, size=limit, source=False,
                track_total_hits=False, allow_partial_search_results=False,
            )
        )  # fmt: skip
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    async def claim(self, wanted: Claim) -> tuple[Claim, Version]:
        document = _claim_document(wanted)
        try:
            return wanted, await self._threads.run(
                lambda: _write(self._es, self._index, wanted.claim_id, document, None)
            )
        except ConflictError:
            answer = await self._threads.run(lambda: self._es.get(index=self._index, id=wanted.claim_id))
            return _claim(answer["_source"]), _version(answer)

    async def take_over(self, wanted: Claim, version: Version) -> None:
        document = _claim_document(wanted)
        await self._threads.run(lambda: _write(self._es, self._index, wanted.claim_id, document, version))


def _document(fingerprint: Fingerprint) -> dict[str, Any]:
    return {"kind": "article", **to_document(_FINGERPRINT, fingerprint)}


def _fingerprint(source: dict[str, Any]) -> Fingerprint:
    return _FINGERPRINT.validate_python({name: value for name, value in source.items() if name != "kind"})


def _claim_document(claim: Claim) -> dict[str, Any]:
    return {"kind": "claim", **to_document(_CLAIM, claim)}


def _claim(source: dict[str, Any]) -> Claim:
    return _CLAIM.validate_python({name: value for name, value in source.items() if name != "kind"})


class ElasticFetchStates:
    """The port FetchStateStore over one index."""

    def __init__(self, es: Elasticsearch, names: Names, threads: Threads) -> None:
        self._es = es
        self._index = names.index(FETCH_STATE)
        self._threads = threads

    async def all(self) -> dict[str, FetchState]:
        return await self._threads.run(self._all)

    def _all(self) -> dict[str, FetchState]:
        self._es.indices.refresh(index=self._index)
        states: dict[str, FetchState] = {}
        after: list[Any] | None = None
        while True:
            answer = self._es.search(
                index=self._index, size=1_000, sort=[{"source_id": "asc"}], search_after=after, track_total_hits=False,
                allow_partial_search_results=False,
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            for hit in hits:
                states[hit["_id"]] = _FETCH_STATE.validate_python(hit["_source"])
            if len(hits) < 1_000:
                return states
            after = hits[-1]["sort"]

    async def get(self, source_id: str) -> tuple[FetchState, Version] | None:
        answer = await self._threads.run(lambda: self._get(source_id))
        return None if answer is None else (_FETCH_STATE.validate_python(answer["_source"]), _version(answer))

    def _get(self, source_id: str) -> Any:
        try:
            return self._es.get(index=self._index, id=source_id)
        except NotFoundError:
            return None

    async def put(self, state: FetchState, version: Version | None) -> Version:
        document = to_document(_FETCH_STATE, state)
        return await self._threads.run(lambda: _write(self._es, self._index, state.source_id, document, version))
