"""What every store of the collector must do, whichever it is; subclasses give the fixtures `store` and `states`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from collector.domain.fingerprint import Absence, Claim, Fingerprint, Hints, Outgoing, Stage
from collector.domain.polling import FetchState, SitemapPart, SourceState
from collector.domain.ports import ConflictError, FetchStateStore, FingerprintStore
from contract.ids import article_id
from contract.outcomes import Outcome
from contract.values import Vanishing

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def fingerprint(name: str = "satu", **changes: object) -> Fingerprint:
    """A queued link that is due now."""
    url = f"https://contoh.id/{name}"
    base = Fingerprint(
        article_id=article_id(url),
        stage=Stage.QUEUED,
        url=url,
        canonical_url=url,
        source_id="contoh",
        outlet="contoh",
        first_seen_at=NOW,
        visit_at=NOW,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the names are checked by the dataclass


def full(name: str = "penuh") -> Fingerprint:
    """A fingerprint with every field set."""
    return fingerprint(
        name,
        stage=Stage.PENDING,
        revision=2,
        outcome=Outcome.PASSED,
        reason="r",
        detail="d",
        content_hash="a" * 64,
        previous_hash="b" * 64,
        hashes=("b" * 64, "a" * 64),
        alias_of="c" * 32,
        hints=Hints("Judul", NOW, NOW + timedelta(hours=1), ("Ani", "Budi"), "Ringkasan"),
        told="t",
        etag='"e"',
        last_modified="Wed, 25 Nov 2026 06:30:00 GMT",
        visited_at=NOW,
        then_visit_at=NOW + timedelta(days=1),
        failures=1,
        gone_at=NOW,
        absence=Absence(
            Vanishing.SOFT_404, "https://contoh.id/x", "Halaman tidak ditemukan", (NOW, NOW), NOW, "x.warc.gz#2"
        ),
        sketch=("0123456789", "abcdef0123"),
        archive="x.warc.gz#1",
        outbox=(Outgoing("articles.collected", "k", '{"teks": "' + "é" * 50_000 + '"}'),),
    )


def claim(holder: str = "1" * 32) -> Claim:
    return Claim("claim-" + "9" * 40, holder, "contoh", "f" * 64, NOW)


@pytest.mark.asyncio
class FingerprintSuite:
    """The port FingerprintStore."""

    async def test_what_was_put_comes_back_whole(self, store: FingerprintStore) -> None:
        await store.put(full(), None)
        found = await store.get(full().article_id)
        assert found is not None
        assert found[0] == full()

    async def test_an_unknown_article_is_none(self, store: FingerprintStore) -> None:
        assert await store.get("0" * 32) is None

    async def test_the_second_create_of_an_article_conflicts(self, store: FingerprintStore) -> None:
        await store.put(fingerprint(), None)
        with pytest.raises(ConflictError):
            await store.put(fingerprint(), None)

    async def test_a_write_over_an_older_version_conflicts(self, store: FingerprintStore) -> None:
        first = await store.put(fingerprint(), None)
        second = await store.put(fingerprint(failures=1), first)
        with pytest.raises(ConflictError):
            await store.put(fingerprint(failures=2), first)
        await store.put(fingerprint(failures=3), second)
        found = await store.get(fingerprint().article_id)
        assert found is not None
        assert found[0].failures == 3

    async def test_many_come_back_without_their_outbox(self, store: FingerprintStore) -> None:
        await store.put(full(), None)
        known = await store.get_many([full().article_id, "0" * 32])
        assert known == {full().article_id: replace(full(), outbox=())}
        assert await store.get_many([]) == {}

    async def test_only_new_links_are_created(self, store: FingerprintStore) -> None:
        await store.put(fingerprint("lama", failures=7), None)
        created = await store.create_many([fingerprint("lama"), fingerprint("baru")])
        assert created == {fingerprint("baru").article_id}
        found = await store.get(fingerprint("lama").article_id)
        assert found is not None
        assert found[0].failures == 7
        assert await store.create_many([]) == set()

    async def test_due_links_come_longest_due_first(self, store: FingerprintStore) -> None:
        await store.create_many(
            [
                fingerprint("kini", visit_at=NOW),
                fingerprint("dulu", visit_at=NOW - timedelta(hours=1)),
                fingerprint("nanti", visit_at=NOW + timedelta(seconds=1)),
                fingerprint("tidak", visit_at=None),
                fingerprint("sedang", visit_at=NOW),
            ]
        )
        await store.pending(limit=1)  # looks without lag, and so makes the rest visible too
        due = await store.due(NOW, limit=10, without=[fingerprint("sedang").article_id])
        assert due == [fingerprint("dulu").article_id, fingerprint("kini").article_id]
        assert await store.due(NOW, limit=1, without=[]) == [fingerprint("dulu").article_id]

    async def test_what_is_pending_is_found_at_once(self, store: FingerprintStore) -> None:
        await store.put(fingerprint("satu"), None)
        await store.put(fingerprint("dua", stage=Stage.PENDING), None)
        assert await store.pending(limit=10) == [fingerprint("dua").article_id]

    async def test_the_first_claim_stands(self, store: FingerprintStore) -> None:
        mine, _ = await store.claim(claim("1" * 32))
        theirs, _ = await store.claim(claim("2" * 32))
        assert mine == theirs == claim("1" * 32)

    async def test_a_claim_is_taken_over_once(self, store: FingerprintStore) -> None:
        await store.claim(claim("1" * 32))
        _, version = await store.claim(claim("2" * 32))
        await store.take_over(claim("2" * 32), version)
        with pytest.raises(ConflictError):
            await store.take_over(claim("3" * 32), version)
        stands, _ = await store.claim(claim("3" * 32))
        assert stands.article_id == "2" * 32

    async def test_claims_are_neither_due_nor_pending(self, store: FingerprintStore) -> None:
        await store.claim(claim())
        assert await store.pending(limit=10) == []
        assert await store.due(NOW + timedelta(days=9), limit=10, without=[]) == []


def fetch_state(source_id: str = "contoh", **changes: object) -> FetchState:
    base = FetchState(
        source_id=source_id,
        registered_url="https://contoh.id/feed",
        url="https://contoh.id/feed/",
        state=SourceState.MOVED,
        reason="moved",
        state_since=NOW,
        interval_s=12.5,
        next_at=NOW + timedelta(seconds=12.5),
        polled_at=NOW,
        worked_at=NOW,
        failures=0,
        items=3,
        new=2,
        status=200,
        etag='W/"x"',
        last_modified="Wed, 25 Nov 2026 06:30:00 GMT",
        body_hash="d" * 64,
        parts=(SitemapPart("https://contoh.id/a.xml", "2026-11-25", '"p"', None),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # the names are checked by the dataclass


@pytest.mark.asyncio
class FetchStateSuite:
    """The port FetchStateStore."""

    async def test_what_was_put_comes_back_whole(self, states: FetchStateStore) -> None:
        await states.put(fetch_state(), None)
        found = await states.get("contoh")
        assert found is not None
        assert found[0] == fetch_state()
        assert await states.get("lain") is None

    async def test_all_states_come_by_source(self, states: FetchStateStore) -> None:
        for name in ("a", "b", "c"):
            await states.put(fetch_state(name), None)
        assert await states.all() == {name: fetch_state(name) for name in ("a", "b", "c")}

    async def test_a_write_over_an_older_version_conflicts(self, states: FetchStateStore) -> None:
        first = await states.put(fetch_state(), None)
        await states.put(fetch_state(items=4), first)
        with pytest.raises(ConflictError):
            await states.put(fetch_state(items=5), first)
        with pytest.raises(ConflictError):
            await states.put(fetch_state(items=6), None)
