"""Takes one link from its address to the broker, exactly once in effect. The README says why no interleaving loses.

Order of the writes: archive, then what `telling` does.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contract.codec import InvalidMessageError, encode
from contract.ids import article_id
from contract.messages import Article, ArticleCollected
from contract.outcomes import Outcome
from contract.topics import ARTICLES_COLLECTED, ARTICLES_DISPOSED
from pydantic import ValidationError
from runtime.clock import Clock

from collector.claiming import Claims
from collector.domain.compose import about_pages, compose_article, compose_disposition, hash_of
from collector.domain.dedup import (
    Decision,
    Duplicate,
    Holding,
    Passed,
    Unchanged,
    decide_content,
    needs_claim,
)
from collector.domain.fetching import Failure, NotModified, Page, Validators
from collector.domain.fingerprint import Absence, Fingerprint, Outgoing, Stage, remember_hash
from collector.domain.ports import VANISHED, Archive, ConflictError, FingerprintStore, Outbox, Urgency, Version
from collector.domain.revisit import RevisitPolicy, next_visit
from collector.domain.sketch import sketch_of
from collector.domain.sources import Source
from collector.domain.vanishing import (
    Sign,
    after_sign,
    is_same,
    present,
    sign_in_article,
    sign_in_failure,
    sign_in_rejected,
    sign_in_same_address,
    told_gone,
)
from collector.domain.visiting import Dispose, after_failure, after_rejection
from collector.domain.wording import in_words
from collector.reader import ArticleReader, ReadArticle, ReadNothing, ReadResult
from collector.telling import Telling, restoration, vanishing
from collector.witnesses import Witnesses

logger = logging.getLogger(__name__)

IN_FLIGHT_RETRY_S = 3.0
ABSENT_SOURCE_WAIT = timedelta(days=1)
CONFLICT_TRIES = 4
WHOLE_TRIES = 6
"""Visits in a row for which a known article of several pages is read whole or not at all; then what there is counts."""


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
        self._telling = Telling(store, outbox, clock)
        self._witnesses = Witnesses()
        self._claims = Claims(store, clock, terms.claim_grace_s)
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
                await self._telling.deliver(known, version)
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
            whole=known.published and known.failures < WHOLE_TRIES,
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
        sign = _sign(known, result)
        if sign is not None:
            await self._missing(known, version, source, sign, result)
            return
        pages: tuple[Page, ...] = ()
        match result:
            case NotModified():
                self._witnesses.note(known, now)
                seen = replace(known, visited_at=now, failures=0)
                await self._telling.note_present(seen, version, next_visit(known.first_seen_at, now, revisit))
                return
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
        # A failure says nothing for or against a vanishing; a page that is there, if no article, ends the suspicion.
        kept = known if isinstance(result, Failure) or told_gone(known) else present(known)
        later = replace(kept, visited_at=now, visit_at=decided.visit_at, failures=decided.failures)
        await self._store.put(later, version)

    async def _missing(
        self, known: Fingerprint, version: Version, source: Source, sign: Sign, result: ReadResult
    ) -> None:
        """Count a sign that the page is gone; once it is certain, keep what stands there now, and tell."""
        now = self._clock.now()
        terms = self._terms.revisit.for_url(known.url)
        sighted = after_sign(known, sign, now, terms, self._witnesses.of(known.outlet))
        absence: Absence = sighted.absence
        if sighted.tell and isinstance(result, (ReadArticle, ReadNothing)):
            about = {**about_pages(known, source, VANISHED, revision=known.revision), "how": sign.how.value}
            absence = replace(absence, page=await self._archive.store(result.pages, about))
        missed = replace(known, absence=absence, gone_at=known.gone_at or now, visited_at=now, failures=0)
        if sighted.tell:
            logger.info("%s is gone: %s, %s", known.canonical_url, sign.how, sign.evidence)
            await self._telling.tell(missed, version, vanishing(missed, now), sighted.visit_at)
        else:
            await self._store.put(replace(missed, visit_at=sighted.visit_at), version)

    async def _article(self, link: Fingerprint, version: Version, source: Source, read: ReadArticle) -> None:
        """Handle a page that is an article, whose own canonical URL may be another than the link's."""
        target = article_id(read.article.canonical_url)
        if target == link.article_id:
            sign = _replaced(link, read)
            if sign is not None:
                await self._missing(link, version, source, sign, read)
            else:
                await self._decide(link, version, source, read)
            return
        if link.published:
            await self._elsewhere(link, version, source, read)
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

    async def _elsewhere(self, known: Fingerprint, version: Version, source: Source, read: ReadArticle) -> None:
        """Handle a known article's address that gives another address's article: it moved, or it is gone.

        What moved keeps its identity. Of anything else nothing is concluded, and the article is looked at again.
        """
        url, found = read.pages[0].url, read.article
        sign = sign_in_article(known, url, found.canonical_url, found.title, found.text)
        if sign is not None:
            await self._missing(known, version, source, sign, read)
        elif is_same(known, url, found.canonical_url, found.title, found.text):
            moved = replace(found, canonical_url=known.canonical_url)
            await self._decide(known, version, source, replace(read, article=moved))
        else:
            now = self._clock.now()
            again = self._next_visit(known, now)
            await self._store.put(replace(known, visited_at=now, visit_at=again, failures=0), version)

    async def _decide(self, known: Fingerprint, version: Version | None, source: Source, read: ReadArticle) -> bool:
        """Decide and carry out, again on the newest state when someone else was faster; False when it must wait."""
        for _ in range(CONFLICT_TRIES):
            try:
                if known.stage is Stage.PENDING and version is not None:
                    await self._telling.deliver(known, version)
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
        self._witnesses.note(known, self._clock.now())
        content = hash_of(read.article)
        taken_by: str | None = None
        if needs_claim(known):
            holding, taken_by = await self._claims.claim(known, content)
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
            known, visited_at=now, failures=0, etag=validators.etag, last_modified=validators.last_modified,
            sketch=known.sketch or sketch_of(read.article.title, read.article.text),
        )  # fmt: skip
        await self._telling.note_present(seen, version, again)

    async def _pass_on(
        self, known: Fingerprint, version: Version | None, source: Source, read: ReadArticle, passed: Passed
    ) -> None:
        now = self._clock.now()
        known = replace(known, canonical_url=read.article.canonical_url)
        about = about_pages(known, source, Outcome.PASSED, revision=passed.revision, previous_hash=passed.previous_hash)
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
        decided = replace(
            present(known),
            revision=passed.revision,
            outcome=Outcome.PASSED,
            reason="",
            detail="",
            content_hash=article.content_hash,
            previous_hash=passed.previous_hash,
            hashes=remember_hash(known.hashes, article.content_hash),
            sketch=sketch_of(article.title, article.text),
            etag=read.validators.etag,
            last_modified=read.validators.last_modified,
            visited_at=now,
            failures=0,
            archive=reference,
        )
        messages = (
            Outgoing(ARTICLES_COLLECTED.topic, known.article_id, collected),
            Outgoing(ARTICLES_DISPOSED.topic, known.article_id, encode(said).decode()),
            *restoration(replace(known, archive=reference), now, revision=passed.revision),
        )
        await self._telling.tell(decided, version, messages, self._next_visit(known, now))

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
            reference = await self._archive.store(pages, about_pages(known, source, said.outcome, revision=0))
        words = in_words(said.outcome, said.reason, said.detail)
        message = compose_disposition(known, said.outcome, now, revision=0, reason=said.reason, detail=words)
        decided = replace(
            known,
            outcome=said.outcome,
            reason=said.reason[:60],
            detail=said.detail[:1_000],
            visited_at=now,
            failures=0,
            archive=reference,
        )
        messages = (Outgoing(ARTICLES_DISPOSED.topic, known.article_id, encode(message).decode()),)
        await self._telling.tell(decided, version, messages, said.visit_at)


def _sign(known: Fingerprint, result: ReadResult) -> Sign | None:
    """Return the sign of a vanishing in what a visit of a known article brought."""
    if not known.published:
        return None
    match result:
        case Failure():
            return sign_in_failure(known, result)
        case ReadNothing(outcome=Outcome.REJECTED):
            return sign_in_rejected(known, result.pages[0].url, result.reason, result.missing)
        case _:
            return None


def _replaced(known: Fingerprint, read: ReadArticle) -> Sign | None:
    """Return the sign in a known article's page that is another text now and says that there is none."""
    if not known.published:
        return None
    return sign_in_same_address(known, read.pages[0].url, read.article.title, read.article.text)
