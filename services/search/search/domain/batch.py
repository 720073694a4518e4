"""What a batch of messages comes to: the writes, then, with Elasticsearch's answers, the outcomes. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contract.codec import InvalidMessageError, decode
from contract.messages import (
    MAX_DETAIL_CHARS,
    AlertRaised,
    Article,
    ArticleCorrected,
    ArticleDisposed,
    ArticleGrouped,
    ArticleRouted,
    ArticleVanished,
)
from contract.outcomes import Outcome, Service
from contract.topics import TopicCard
from pydantic import ValidationError

from search.domain.document import Write, alert_write, article_write, disposition_write
from search.domain.overlay import Learnt
from search.domain.verdicts import Answer, RefusedDocumentError, Verdict, reason_of, verdict_of


@dataclass(frozen=True)
class Received:
    """One message as it came. `card` is that of the work topic, also for a message from its retry topic."""

    card: TopicCard
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes


@dataclass(frozen=True)
class Planned:
    """A message that can be read: its write, or the event that it tells.

    `article` is set where a disposition is ours to give; its write is a routed article's.
    """

    received: Received
    write: Write | None = None
    article: Article | None = None
    event: Learnt | None = None

    @property
    def step(self) -> Write | Learnt | None:
        """What this message says of an article: its routed document or an event; None for all other messages."""
        return self.write if self.article is not None else self.event


@dataclass(frozen=True)
class Failure:
    """A message that can never be indexed: at which stage, and why."""

    received: Received
    stage: str
    error: Exception


@dataclass(frozen=True)
class Plan:
    """The writes of a batch, and what failed already."""

    planned: tuple[Planned, ...]
    failures: tuple[Failure, ...]


@dataclass
class Result:
    """What became of a batch. `went_well` has one entry per message, in the order of the batch."""

    dispositions: list[ArticleDisposed] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    went_well: list[bool] = field(default_factory=list)


def plan_batch(batch: Sequence[Received], now: datetime) -> Plan:
    """Read every message of a batch."""
    planned: list[Planned] = []
    failures: list[Failure] = []
    for received in batch:
        try:
            planned.append(_planned(received, now))
        except InvalidMessageError as error:
            failures.append(Failure(received, "decode", error))
    return Plan(tuple(planned), tuple(failures))


def _planned(received: Received, now: datetime) -> Planned:
    kind = received.card.message
    if kind is ArticleRouted:
        routed = decode(received.value, ArticleRouted)
        return Planned(received, article_write(routed, now), routed.article)
    if kind is ArticleCorrected:
        return Planned(received, event=decode(received.value, ArticleCorrected))
    if kind is ArticleGrouped:
        return Planned(received, event=decode(received.value, ArticleGrouped))
    if kind is ArticleVanished:
        return Planned(received, event=decode(received.value, ArticleVanished))
    if kind is AlertRaised:
        return Planned(received, alert_write(decode(received.value, AlertRaised)))
    return Planned(received, disposition_write(decode(received.value, ArticleDisposed)))


def judge(batch: Sequence[Received], plan: Plan, answers: Sequence[Answer], now: datetime) -> Result:
    """Return what became of a batch whose messages were all answered for good (no answer may mean "later").

    An event's answer is that of the annotation, or of the article with it laid over.
    """
    result = Result(failures=list(plan.failures))
    result.dispositions += [
        saved
        for failure in plan.failures
        if failure.received.card.message is ArticleRouted and (saved := salvaged(failure, now)) is not None
    ]
    for planned, answer in zip(plan.planned, answers, strict=True):
        verdict = verdict_of(answer)
        if verdict is Verdict.REFUSED:
            error = RefusedDocumentError(f"{answer.status}: {answer.error}")
            result.failures.append(Failure(planned.received, "index", error))
        if planned.article is not None and planned.write is not None:
            result.dispositions.append(disposed(planned.article, planned.write, verdict, answer, now))
    failed = {id(failure.received) for failure in result.failures}
    result.went_well = [id(received) not in failed for received in batch]
    return result


def disposed(article: Article, write: Write, verdict: Verdict, answer: Answer, now: datetime) -> ArticleDisposed:
    """Return the disposition of an article that was written, refused, or is there in a newer form already."""
    details = {
        Verdict.NEWER_THERE: "Versi yang lebih baru sudah tersimpan.",
        Verdict.REFUSED: f"Elasticsearch menolak dokumen ini: {answer.error}",
    }
    return ArticleDisposed(
        article_id=article.article_id,
        revision=article.revision,
        service=Service.SEARCH,
        outcome=Outcome.DEAD if verdict is Verdict.REFUSED else Outcome.INDEXED,
        at=now,
        reason=reason_of(write, verdict),
        detail=details.get(verdict, "")[:MAX_DETAIL_CHARS],
        url=article.url,
        canonical_url=article.canonical_url,
        source_id=article.source_id,
        outlet=article.outlet,
    )


def salvaged(failure: Failure, now: datetime) -> ArticleDisposed | None:
    """Return a disposition for a routed article that does not decode, where it still says which article it is.

    What is not even JSON names no article and cannot be counted; its dead letter alone tells of it.
    """
    try:
        article = json.loads(failure.received.value)["article"]
        return ArticleDisposed(
            article_id=article["article_id"],
            revision=article["revision"],
            service=Service.SEARCH,
            outcome=Outcome.DEAD,
            at=now,
            reason="undecodable",
            detail=str(failure.error)[:MAX_DETAIL_CHARS],
            url=article["url"],
            canonical_url=article["canonical_url"],
            source_id=article.get("source_id", ""),
            outlet=article.get("outlet", ""),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ValidationError):
        return None
