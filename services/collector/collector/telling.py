"""Tells the broker what was decided about an article, exactly once in effect; the README says why.

Order of the writes: the fingerprint as `pending` with the messages in its outbox, then the broker, then the
fingerprint as `settled`. Whoever finds a pending fingerprint sends the same messages again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contract.codec import decode, encode
from contract.messages import ArticleDisposed, ArticleVanished
from contract.topics import ARTICLES_DISPOSED, ARTICLES_VANISHED
from prometheus_client import Counter
from runtime.clock import Clock
from runtime.disposition import record

from collector.domain.compose import compose_restored, compose_vanished
from collector.domain.fingerprint import Fingerprint, Outgoing, Stage
from collector.domain.ports import FingerprintStore, Outbox, Version
from collector.domain.vanishing import present, told_gone

PENDING_RETRY_S = 30.0

VANISHED = Counter("pantau_collector_vanished_total", "Pages of known articles by how they went, or came back", ["how"])


class Telling:
    """Writes, sends, settles. Raises ConflictError and BusyError as its ports do; the link then stays due."""

    def __init__(self, store: FingerprintStore, outbox: Outbox, clock: Clock) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock

    async def tell(
        self,
        decided: Fingerprint,
        version: Version | None,
        messages: Sequence[Outgoing],
        then_visit_at: datetime | None,
    ) -> None:
        """Write a decision with its messages, send them, settle."""
        pending = replace(
            decided,
            stage=Stage.PENDING,
            visit_at=self._clock.now() + timedelta(seconds=PENDING_RETRY_S),
            then_visit_at=then_visit_at,
            outbox=tuple(messages),
        )
        await self.deliver(pending, await self._store.put(pending, version))

    async def deliver(self, pending: Fingerprint, version: Version) -> None:
        """Send a pending document's messages, then settle it. Safe to repeat, also by another collector at once."""
        await self._outbox.send(pending.outbox)
        for message in pending.outbox:
            if message.topic == ARTICLES_DISPOSED.topic:
                record(decode(message.payload.encode(), ArticleDisposed))
            elif message.topic == ARTICLES_VANISHED.topic:
                VANISHED.labels(decode(message.payload.encode(), ArticleVanished).how).inc()
        settled = replace(pending, stage=Stage.SETTLED, outbox=(), visit_at=pending.then_visit_at, then_visit_at=None)
        await self._store.put(settled, version)

    async def note_present(self, seen: Fingerprint, version: Version | None, then_visit_at: datetime | None) -> None:
        """Keep that an article's page is there unchanged; tell it when it was told that the page was gone."""
        back = restoration(seen, self._clock.now())
        if back:
            await self.tell(present(seen), version, back, then_visit_at)
        else:
            await self._store.put(replace(present(seen), visit_at=then_visit_at), version)


def vanishing(known: Fingerprint, now: datetime) -> tuple[Outgoing, ...]:
    """Return the message that an article's page is gone."""
    said = encode(compose_vanished(known, now)).decode()
    return (Outgoing(ARTICLES_VANISHED.topic, known.article_id, said),)


def restoration(known: Fingerprint, now: datetime, *, revision: int | None = None) -> tuple[Outgoing, ...]:
    """Return the message that a page is back, where it was told that it was gone; `revision` is what stands there."""
    if not told_gone(known):
        return ()
    said = encode(compose_restored(known, now, revision or known.revision)).decode()
    return (Outgoing(ARTICLES_VANISHED.topic, known.article_id, said),)
