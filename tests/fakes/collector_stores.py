"""The collector's stores in memory: the same suite passes on them and on Elasticsearch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from collector.domain.fingerprint import Claim, Fingerprint, Stage
from collector.domain.polling import FetchState
from collector.domain.ports import ConflictError, Version
from runtime.retry import BusyError


class MemoryFingerprints:
    """Keeps everything in dictionaries. `away` makes every call fail as an absent store does."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[Fingerprint, Version]] = {}
        self.claims: dict[str, tuple[Claim, Version]] = {}
        self.away = False
        self._number = 0

    def _next(self) -> Version:
        self._number += 1
        return Version(self._number, 1)

    def _there(self) -> None:
        if self.away:
            raise BusyError("the store is away")

    async def get(self, article_id: str) -> tuple[Fingerprint, Version] | None:
        self._there()
        return self.documents.get(article_id)

    async def get_many(self, article_ids: Sequence[str]) -> dict[str, Fingerprint]:
        self._there()
        return {i: replace(self.documents[i][0], outbox=()) for i in article_ids if i in self.documents}

    async def create_many(self, fingerprints: Sequence[Fingerprint]) -> set[str]:
        self._there()
        fresh = [f for f in fingerprints if f.article_id not in self.documents]
        for fingerprint in fresh:
            self.documents[fingerprint.article_id] = (fingerprint, self._next())
        return {f.article_id for f in fresh}

    async def put(self, fingerprint: Fingerprint, version: Version | None) -> Version:
        self._there()
        known = self.documents.get(fingerprint.article_id)
        if (known[1] if known else None) != version:
            raise ConflictError(fingerprint.article_id)
        new = self._next()
        self.documents[fingerprint.article_id] = (fingerprint, new)
        return new

    async def due(self, now: datetime, *, limit: int, without: Collection[str]) -> list[str]:
        self._there()
        waiting = [
            (f.visit_at, i)
            for i, (f, _) in self.documents.items()
            if f.visit_at is not None and f.visit_at <= now and i not in without
        ]
        return [i for _, i in sorted(waiting)[:limit]]

    async def pending(self, *, limit: int) -> list[str]:
        self._there()
        return [i for i, (f, _) in self.documents.items() if f.stage is Stage.PENDING][:limit]

    async def claim(self, wanted: Claim) -> tuple[Claim, Version]:
        self._there()
        return self.claims.setdefault(wanted.claim_id, (wanted, self._next()))

    async def take_over(self, wanted: Claim, version: Version) -> None:
        self._there()
        if self.claims[wanted.claim_id][1] != version:
            raise ConflictError(wanted.claim_id)
        self.claims[wanted.claim_id] = (wanted, self._next())


class MemoryFetchStates:
    """The sources' states in a dictionary."""

    def __init__(self) -> None:
        self.states: dict[str, tuple[FetchState, Version]] = {}
        self._number = 0

    async def all(self) -> dict[str, FetchState]:
        return {i: state for i, (state, _) in self.states.items()}

    async def get(self, source_id: str) -> tuple[FetchState, Version] | None:
        return self.states.get(source_id)

    async def put(self, state: FetchState, version: Version | None) -> Version:
        known = self.states.get(state.source_id)
        if (known[1] if known else None) != version:
            raise ConflictError(state.source_id)
        self._number += 1
        self.states[state.source_id] = (state, Version(self._number, 1))
        return self.states[state.source_id][1]
