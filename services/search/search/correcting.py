"""Takes corrections from people: publishes each as an event, and waits a moment for what the indexer decides.

Nothing is written here. While the broker is away nothing is half done; the same correction id sent again is one
correction, however often it was published.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from contract.codec import encode
from contract.gazetteer import Gazetteer
from contract.learnt import ArticleCorrected
from contract.outcomes import CorrectionOutcome
from contract.topics import ARTICLES_CORRECTED
from runtime.clock import Clock
from runtime.retry import BusyError

from search.domain.annotation import MAX_CORRECTIONS, Annotation
from search.domain.asking_correction import CorrectionAsk, WithdrawalAsk, read_correction, read_withdrawal
from search.domain.correction import Decided, same
from search.domain.desk import Answer
from search.domain.history import history_of, withdrawal_of
from search.domain.library import Library
from search.domain.problems import Flaw, InvalidRequestError
from search.overlaying import Events

Json = dict[str, Any]

WAIT_S = 3.0
STEP_S = 0.05


class BrokerAwayError(BusyError):
    """The correction could not be handed over; it may be sent again with the same id."""


class NoArticleError(LookupError):
    """There is no article with this id."""


class NoCorrectionError(LookupError):
    """The article has no correction with this id."""


class Notes(Protocol):
    """What is known of corrections, as it was last written. All raise BusyError."""

    def annotation(self, article_id: str) -> Annotation | None: ...

    def is_settled(self, article_id: str, correction_id: str) -> bool:
        """Return whether a correction was decided and everything that follows from it was written."""
        ...

    def document(self, article_id: str, month: str) -> Json | None: ...


class State(StrEnum):
    """What became of a correction so far."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    PENDING = "pending"


@dataclass(frozen=True)
class Submitted:
    """A correction that was taken. `decided` and what follows from it are there unless it is pending."""

    state: State
    event: ArticleCorrected
    decided: Decided | None = None
    annotation: Annotation | None = None
    document: Json | None = None


@dataclass(frozen=True)
class CorrectionDesk:
    """Takes and tells corrections."""

    library: Library
    notes: Notes
    events: Events
    gazetteer: Gazetteer
    clock: Clock
    # People wait here for another process, which tells nobody when it is done; it is asked every few hundredths.
    pause: Callable[[float], None] = time.sleep

    def submit(self, article_id: str, ask: CorrectionAsk) -> Submitted:
        """Take a correction.

        Raises InvalidRequestError, NoArticleError, BrokerAwayError, and BusyError while nothing can be read.
        """
        article = self._article(article_id)
        event = read_correction(ask, article, self.gazetteer, self.clock.now())
        return self._send(event)

    def submit_withdrawal(self, article_id: str, ask: WithdrawalAsk) -> Submitted:
        """Take a withdrawal. Raises NoCorrectionError, and what `submit` raises."""
        annotation = self.notes.annotation(article_id)
        if annotation is None:
            self._article(article_id)
        withdrawn = annotation.decided(ask.withdraws) if annotation is not None else None
        if annotation is None or withdrawn is None or not withdrawn.is_correction:
            raise NoCorrectionError(ask.withdraws)
        if not withdrawn.is_persons:
            hint = (
                "Batalkan pada berita yang dibetulkan orang; salinannya mengikuti. Atau betulkan salinan ini sendiri."
            )
            raise InvalidRequestError(Flaw("id", "Ini ikut dari salinannya, bukan dibetulkan di sini.", hint=hint))
        return self._send(read_withdrawal(ask, withdrawn.event, self.clock.now()))

    def find(self, article_id: str) -> tuple[Annotation | None, Json]:
        """Return what is known of an article's corrections, and its document. Raises NoArticleError."""
        article = self._article(article_id)
        return self.notes.annotation(article_id), self.notes.document(article_id, article["month"]) or article

    def correct(self, answer: Answer) -> None:
        """Take a correction from a page. Raises InvalidRequestError or BusyError."""
        ask = CorrectionAsk(
            correction_id=answer.correction_id,
            what=answer.what,
            expected=answer.expected,
            after=answer.after,
            by=answer.by,
            entity=answer.entity_id,
            kind=answer.kind,
            note=answer.note,
            sentiment=answer.sentiment,
            revision=answer.revision,
            content_hash=answer.content_hash,
        )
        try:
            self.submit(answer.article_id, ask)
        except NoArticleError as error:
            raise InvalidRequestError(Flaw("article_id", "Berita ini tidak ada.")) from error

    def withdraw(self, article_id: str, correction_id: str, by: str) -> None:
        """Take a correction back from a page, once however often asked. Raises InvalidRequestError, BusyError."""
        own_id = f"batal-{correction_id}"[:64]
        try:
            self.submit_withdrawal(article_id, WithdrawalAsk(own_id, correction_id, by))
        except (NoArticleError, NoCorrectionError) as error:
            raise InvalidRequestError(Flaw("correction_id", "Koreksi ini tidak ada.")) from error

    def history(self, article_id: str) -> Sequence[Json]:
        """Return the corrections of an article that are known, the newest first. Raises BusyError."""
        annotation = self.notes.annotation(article_id)
        if annotation is None:
            return []
        return history_of(annotation, self.notes.document(article_id, annotation.month))

    def _article(self, article_id: str) -> Json:
        found = self.library.get(article_id)
        if found is None:
            raise NoArticleError(article_id)
        return found

    def _send(self, event: ArticleCorrected) -> Submitted:
        annotation = self.notes.annotation(event.article_id)
        known = annotation.decided(event.correction_id) if annotation is not None else None
        if known is not None and not _says_the_same(known.event, event):
            raise InvalidRequestError(Flaw("id", "Id ini sudah dipakai untuk koreksi lain.", hint="Beri id baru."))
        if known is None:
            if annotation is not None and len(annotation.corrections) >= MAX_CORRECTIONS:
                most = f"Berita ini sudah dibetulkan {MAX_CORRECTIONS} kali, lebih dari itu tidak diterima."
                raise InvalidRequestError(Flaw("id", most))
            try:
                self.events.send_all([(ARTICLES_CORRECTED.topic, event.article_id, encode(event))])
            except BusyError as error:
                raise BrokerAwayError(str(error)) from error
        return self._await(event)

    def _await(self, event: ArticleCorrected) -> Submitted:
        """Return what the indexer decided, or, after `WAIT_S`, that it has not yet."""
        until_s = self.clock.monotonic_s() + WAIT_S
        while not self.notes.is_settled(event.article_id, event.correction_id):
            if self.clock.monotonic_s() >= until_s:
                return Submitted(State.PENDING, event)
            self.pause(STEP_S)
        annotation = self.notes.annotation(event.article_id)
        decided = annotation.decided(event.correction_id) if annotation is not None else None
        if annotation is None or decided is None:
            return Submitted(State.PENDING, event)
        state = State.CONFLICT if decided.outcome == CorrectionOutcome.CONFLICT else State.APPLIED
        document = self.notes.document(event.article_id, event.month)
        return Submitted(state, event, decided, annotation, document)


def _says_the_same(one: ArticleCorrected, other: ArticleCorrected) -> bool:
    """Return whether two events are one correction that was sent twice."""
    fields = ("article_id", "what", "entity_id", "kind", "withdraws", "sentiment")
    return same(one.after, other.after) and all(getattr(one, name) == getattr(other, name) for name in fields)


def who_withdrew(submitted: Submitted) -> Decided | None:
    """Return the withdrawal that came before one that conflicts."""
    if submitted.annotation is None or submitted.event.withdraws is None:
        return None
    return withdrawal_of(submitted.event.withdraws, submitted.annotation)
