"""Takes one link from its address to the broker, exactly once in effect. The README says why no interleaving loses.

Order of the writes: archive, then the fingerprint as `pending` with the messages in its outbox, then the broker, then
the fingerprint as `settled`. Whoever finds a pending fingerprint sends the same messages again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contract.codec import InvalidMessageError, decode, encode
from contract.ids import article_id
from contract.messages import Article, ArticleCollected, ArticleDisposed
from contract.outcomes import Outcome
from contract.topics import ARTICLES_COLLECTED, ARTICLES_DISPOSED
from pydantic import ValidationError
from runtime.clock import Clock
from runtime.disposition import record

from collector.domain.compose import compose_article, compose_disposition, hash_of
from collector.domain.dedup import (
    Decision,
    Duplicate,
    Holding,
    Passed,
    Unchanged,
    claim_id,
    decide_content,
    judge_claim,
    needs_claim,
)
from collector.domain.fetching import Failure, NotModified, Page, Validators
from collector.domain.fingerprint import Claim, Fingerprint, Outgoing, Stage, remember_hash
from collector.domain.ports import Archive, ConflictError, FingerprintStore, Outbox, Urgency, Version
from collector.domain.revisit import RevisitPolicy, next_visit
from collector.domain.sources import Source
from collector.domain.visiting import Dispose, Later, after_failure, after_rejection
from collector.domain.wording import in_words
from collector.reader import ArticleReader, ReadArticle, ReadNothing, ReadResult

logger = logging.getLogger(__name__)

PENDING_RETRY_S = 30.0
IN_FLIGHT_RETRY_S = 3.0
ABSENT_SOURCE_WAIT = timedelta(days=1)
CONFLICT_TRIES = 4


@dataclass(frozen=True)
class IntakeTerms:
    """Numbers of the intake. `generation` goes into every article; `claim_grace_s` see `judge_claim`."""

    revisit: RevisitPolicy
    generation: int = 0
    claim_grace_s: float = 60.0


class Intake:
    """Visits links. Many may run at a time, in this process and in others."""

    def __init__(
        self,
        *,
        sources: Mapping[str, Source],
        store: FingerprintStore,
        outbox: Outbox,
        archive: Archive,
        reader: ArticleReader,
        clock: Clock,
        luck: Callable[[], float],
        terms: IntakeTerms,
    ) -> None:
        self._sources = sources
        self._store = store
        self._outbox = outbox
        self._archive = archive
        self._reader = reader
        self._clock = clock
        self._luck = luck
        self._terms = terms

    async def visit(self, link_id: str, urgency: Urgency) -> None:
        """Do what is due for a link: deliver what is pending, else fetch, decide and tell.

        Raises BusyError when the store, the archive or the broker is away; nothing is lost by then, the link stays due.
        """
        found = await self._store.get(link_id)
        if found is None:
            return
        known, version = found
        try:
            if known.stage is Stage.PENDING:
                await self._deliver(known, version)
            elif known.visit_at is not None and known.visit_at <= self._clock.now():
                await self._visit(known, version, urgency)
        except ConflictError:
            logger.info("%s was handled by someone else in the meantime", known.canonical_url)

    async def _visit(self, known: Fingerprint, version: Version, urgency: Urgency) -> None:
        source = self._sources.get(known.source_id)
        if source is None:
            await self._store.put(replace(known, visit_at=self._clock.now() + ABSENT_SOURCE_WAIT), version)
            return
        result = await self._reader.read(
            known.url,
            zone=source.zone,
            hints=known.hints,
            urgency=urgency,
            validators=Validators(known.etag, known.last_modified),
            patient=known.failures < 2,
        )
        if isinstance(result, ReadArticle):
            await self._article(known, version, source, result)
        elif known.stage is Stage.ALIAS:
            await self._store.put(replace(known, visited_at=self._clock.now(), visit_at=None), version)
        else:
            await self._no_article(known, version, source, result)

    async def _no_article(self, known: Fingerprint, version: Version, source: Source, result: ReadResult) -> None:
        now = self._clock.now()
        revisit = self._terms.revisit.for_url(known.url)
        pages: tuple[Page, ...] = ()
        match result:
            case NotModified():
                decided: Later | Dispose = Later(next_visit(known.first_seen_at, now, revisit), 0)
            case Failure():
                decided = after_failure(known, result, now, revisit, luck=self._luck())
            case ReadNothing(outcome=Outcome.DEAD) if not known.published and known.outcome is not Outcome.DEAD:
                pages, decided = result.pages, Dispose(Outcome.DEAD, result.reason, result.detail)
            case ReadNothing():
                pages = result.pages
                decided = after_rejection(known, result.reason, result.detail, now, revisit)
            case _:
                raise AssertionError(result)
        if isinstance(decided, Dispose):
            await self._dispose(known, version, source, decided, pages)
            return
        gone_at = (known.gone_at or now) if decided.gone else (known.gone_at if decided.failures else None)
        later = replace(known, visited_at=now, visit_at=decided.visit_at, failures=decided.failures, gone_at=gone_at)
        await self._store.put(later, version)

    async def _article(self, link: Fingerprint, version: Version, source: Source, read: ReadArticle) -> None:
        """Handle a page that is an article, whose own canonical URL may be another than the link's."""
        target = article_id(read.article.canonical_url)
        if target == link.article_id:
            await self._decide(link, version, source, read)
            return
        found = await self._store.get(target)
        fresh = Fingerprint(
            article_id=target,
            stage=Stage.QUEUED,
            url=link.url,
            canonical_url=read.article.canonical_url,
            source_id=link.source_id,
            outlet=link.outlet,
            first_seen_at=link.first_seen_at,
            hints=link.hints,
        )
        home, home_version = found if found is not None else (fresh, None)
        if await self._decide(home, home_version, source, read):
            alias = replace(
                link, stage=Stage.ALIAS, alias_of=target, visited_at=self._clock.now(), visit_at=None, failures=0
            )
            await self._store.put(alias, version)

    async def _decide(self, known: Fingerprint, version: Version | None, source: Source, read: ReadArticle) -> bool:
        """Decide and carry out, again on the newest state when someone else was faster; False when it must wait."""
        for _ in range(CONFLICT_TRIES):
            try:
                if known.stage is Stage.PENDING and version is not None:
                    await self._deliver(known, version)
                else:
                    return await self._carry_out(known, version, source, read)
            except ConflictError:
                logger.info("deciding again on %s: it was changed in the meantime", known.canonical_url)
            found = await self._store.get(known.article_id)
            if found is None:
                return False
            known, version = found
        raise ConflictError(f"{known.canonical_url} changed {CONFLICT_TRIES} times in a row")

    async def _carry_out(self, known: Fingerprint, version: Version | None, source: Source, read: ReadArticle) -> bool:
        content = hash_of(read.article)
        taken_by: str | None = None
        if needs_claim(known):
            holding, taken_by = await self._claim(known, content)
            if holding is Holding.IN_FLIGHT:
                again = self._clock.now() + timedelta(seconds=IN_FLIGHT_RETRY_S)
                await self._store.put(replace(known, visit_at=again), version)
                return False
        decision: Decision = decide_content(known, content, taken_by=taken_by)
        match decision:
            case Unchanged():
                await self._unchanged(known, version, read)
            case Duplicate(of=of):
                said = Dispose(Outcome.DUPLICATE, "same_content", of)
                await self._dispose(replace(known, content_hash=content), version, source, said, read.pages)
            case Passed():
                await self._pass_on(known, version, source, read, decision)
        return True

    def _next_visit(self, known: Fingerprint, now: datetime) -> datetime | None:
        return next_visit(known.first_seen_at, now, self._terms.revisit.for_url(known.url))

    async def _unchanged(self, known: Fingerprint, version: Version | None, read: ReadArticle) -> None:
        now = self._clock.now()
        again = None if known.outcome is Outcome.DUPLICATE else self._next_visit(known, now)
        validators = read.validators
        seen = replace(
            known, visited_at=now, visit_at=again, failures=0, gone_at=None,
            etag=validators.etag, last_modified=validators.last_modified,
        )  # fmt: skip
        await self._store.put(seen, version)

    async def _claim(self, known: Fingerprint, content: str) -> tuple[Holding, str | None]:
        """Claim a content for an article; return the canonical URL of the article that has it when it is another."""
        now = self._clock.now()
        wanted = Claim(claim_id(known.outlet, content), known.article_id, known.outlet, content, now)
        claim, version = await self._store.claim(wanted)
        found = None if claim.article_id == known.article_id else await self._store.get(claim.article_id)
        holder = found[0] if found is not None else None
        holding = judge_claim(
            claim,
            holder,
            article_id=known.article_id,
            now=now,
            grace_s=self._terms.claim_grace_s,
        )
        if holding is Holding.STALE:
            try:
                await self._store.take_over(wanted, version)
            except ConflictError:
                return Holding.IN_FLIGHT, None
            return Holding.MINE, None
        return holding, holder.canonical_url if holder is not None and holding is Holding.TAKEN else None

    async def _pass_on(
        self, known: Fingerprint, version: Version | None, source: Source, read: ReadArticle, passed: Passed
    ) -> None:
        now = self._clock.now()
        known = replace(known, canonical_url=read.article.canonical_url)
        about = _about(known, source, Outcome.PASSED, revision=passed.revision, previous_hash=passed.previous_hash)
        reference = await self._archive.store(read.pages, about)
        try:
            article = self._composed(known, source, read, passed, reference)
            collected = encode(ArticleCollected(article=article)).decode()
        except (ValidationError, InvalidMessageError) as error:
            logger.warning("%s does not fit the contract: %s", known.canonical_url, error)
            await self._unfit(known, version, source, str(error), reference)
            return
        said = compose_disposition(
            known,
            Outcome.PASSED,
            now,
            revision=passed.revision,
            detail=in_words(Outcome.PASSED, "", "", revision=passed.revision),
        )
        pending = replace(
            known,
            stage=Stage.PENDING,
            revision=passed.revision,
            outcome=Outcome.PASSED,
            reason="",
            detail="",
            content_hash=article.content_hash,
            previous_hash=passed.previous_hash,
            hashes=remember_hash(known.hashes, article.content_hash),
            etag=read.validators.etag,
            last_modified=read.validators.last_modified,
            visited_at=now,
            visit_at=now + timedelta(seconds=PENDING_RETRY_S),
            then_visit_at=self._next_visit(known, now),
            failures=0,
            gone_at=None,
            archive=reference,
            outbox=(
                Outgoing(ARTICLES_COLLECTED.topic, known.article_id, collected),
                Outgoing(ARTICLES_DISPOSED.topic, known.article_id, encode(said).decode()),
            ),
        )
        await self._deliver(pending, await self._store.put(pending, version))

    def _composed(
        self, known: Fingerprint, source: Source, read: ReadArticle, passed: Passed, reference: str
    ) -> Article:
        return compose_article(
            read.article,
            article_id=known.article_id,
            url=read.pages[0].url,
            source=source,
            first_seen_at=known.first_seen_at,
            fetched_at=read.pages[0].fetched_at,
            revision=passed.revision,
            previous_hash=passed.previous_hash,
            generation=self._terms.generation,
            archive=reference,
        )

    async def _unfit(
        self, known: Fingerprint, version: Version | None, source: Source, detail: str, reference: str
    ) -> None:
        now = self._clock.now()
        if known.published:
            again = self._next_visit(known, now)
            await self._store.put(replace(known, visited_at=now, visit_at=again), version)
            return
        said = Dispose(Outcome.REJECTED, "does_not_fit_contract", detail)
        await self._dispose(replace(known, archive=reference), version, source, said, ())

    async def _dispose(
        self,
        known: Fingerprint,
        version: Version | None,
        source: Source,
        said: Dispose,
        pages: tuple[Page, ...],
    ) -> None:
        """Tell that a page did not become an article: revision 0, once, with the outcome remembered."""
        now = self._clock.now()
        reference = known.archive
        if pages:
            reference = await self._archive.store(pages, _about(known, source, said.outcome, revision=0))
        words = in_words(said.outcome, said.reason, said.detail)
        message = compose_disposition(known, said.outcome, now, revision=0, reason=said.reason, detail=words)
        pending = replace(
            known,
            stage=Stage.PENDING,
            outcome=said.outcome,
            reason=said.reason[:60],
            detail=said.detail[:1_000],
            visited_at=now,
            visit_at=now + timedelta(seconds=PENDING_RETRY_S),
            then_visit_at=said.visit_at,
            failures=0,
            archive=reference,
            outbox=(Outgoing(ARTICLES_DISPOSED.topic, known.article_id, encode(message).decode()),),
        )
        await self._deliver(pending, await self._store.put(pending, version))

    async def _deliver(self, pending: Fingerprint, version: Version) -> None:
        """Send a pending document's messages, then settle it. Safe to repeat, also by another collector at once."""
        await self._outbox.send(pending.outbox)
        for message in pending.outbox:
            if message.topic == ARTICLES_DISPOSED.topic:
                record(decode(message.payload.encode(), ArticleDisposed))
        settled = replace(pending, stage=Stage.SETTLED, outbox=(), visit_at=pending.then_visit_at, then_visit_at=None)
        await self._store.put(settled, version)


def _about(
    known: Fingerprint, source: Source, outcome: Outcome, *, revision: int, previous_hash: str | None = None
) -> dict[str, Any]:
    """Return what the archive needs to make the same article again without asking anyone."""
    hints = {name: value for name, value in asdict(known.hints).items() if value}
    return {
        "article_id": known.article_id,
        "revision": revision,
        "outcome": outcome.value,
        "url": known.url,
        "first_seen_at": known.first_seen_at.isoformat(),
        "previous_hash": previous_hash,
        "hints": {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in hints.items()},
        "source": source.model_dump(mode="json", exclude_none=True),
    }
