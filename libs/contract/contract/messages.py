"""The messages that cross the topics: frozen, versioned, named in the past tense.

A reader ignores fields it does not know, so a writer may add optional ones without a new version. A change that
an old reader would misread gets a new class with the next `version`.
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.outcomes import ALLOWED, Outcome, Service
from contract.values import (
    MAX_DETAIL_CHARS,
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    MAX_URL_CHARS,
    ArticleId,
    EntityId,
    EntityKind,
    Frozen,
    Jurisdiction,
    Moment,
    Month,
    Score,
    Sentiment,
    Sha256,
)

__all__ = [
    "MAX_DETAIL_CHARS",
    "MAX_TEXT_CHARS",
    "MAX_TITLE_CHARS",
    "MAX_URL_CHARS",
    "AlertRaised",
    "Article",
    "ArticleClassified",
    "ArticleCollected",
    "ArticleCorrected",
    "ArticleDisposed",
    "ArticleGrouped",
    "ArticleId",
    "ArticleRouted",
    "ArticleVanished",
    "Assignment",
    "CategoryCues",
    "EntityId",
    "EntityKind",
    "Jurisdiction",
    "Label",
    "LetterDied",
    "Mention",
    "Message",
    "Moment",
    "Month",
    "OtherBody",
    "Quote",
    "Reading",
    "Score",
    "Sentiment",
    "Sha256",
    "Stamp",
    "Suggestion",
    "wib",
]

MAX_CUES = 20
"""Cue words that a label may carry: more would explain nothing."""

EditKind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Cues = tuple[Annotated[str, Field(max_length=120)], ...]


class Stamp(Frozen):
    """A moment in UTC, the zone it came in and where it was read."""

    at: Moment
    zone: str = Field(max_length=64, description="IANA name or offset such as +07:00 that the source gave or implied")
    source: str = Field(max_length=40, description="jsonld, opengraph, time, text, feed, sitemap, url, first_seen")


class Article(Frozen):
    """One revision of one article as the outlet published it."""

    article_id: ArticleId
    revision: int = Field(ge=1, description="Grows with each changed fetch")
    generation: int = Field(ge=0, lt=1_000_000, description="Processing generation, raised by a reprocessing")
    content_hash: Sha256
    previous_hash: Sha256 | None = None
    url: str = Field(max_length=MAX_URL_CHARS)
    canonical_url: str = Field(max_length=MAX_URL_CHARS)
    source_id: str = Field(max_length=80)
    outlet: str = Field(max_length=80, description="Slug of the outlet")
    outlet_name: str = Field(max_length=200)
    tier: int | None = Field(default=None, ge=1, le=4)
    area: str | None = Field(default=None, max_length=120)
    own_of: EntityId | None = Field(default=None, description="The OPD whose own site this is")
    title: str = Field(min_length=1, max_length=MAX_TITLE_CHARS)
    text: str = Field(max_length=MAX_TEXT_CHARS, description="Paragraphs separated by a blank line")
    authors: tuple[str, ...] = ()
    section: str | None = Field(default=None, max_length=200)
    image_url: str | None = Field(default=None, max_length=MAX_URL_CHARS)
    language: str | None = Field(default=None, max_length=8)
    published: Stamp
    modified: Stamp | None = None
    first_seen_at: Moment
    fetched_at: Moment
    month: Month
    archive: str | None = Field(default=None, max_length=300, description="WARC file and record id of the raw page")
    edit_kinds: tuple[EditKind, ...] = Field(
        default=(), max_length=20, description="What the outlet changed since its first revision, as codes"
    )


class ArticleCollected(Frozen):
    """The collector fetched a new article, or a new revision of one."""

    type: Literal["ArticleCollected"] = "ArticleCollected"
    version: Literal[1] = 1
    article: Article


class Label(Frozen):
    """A label with its calibrated probability and the sentence that decided."""

    label: Sentiment
    score: Score
    evidence: str = Field(default="", max_length=2_000)
    cues: Cues = Field(default=(), max_length=MAX_CUES, description="The words of the evidence that decided")
    speaker: str | None = Field(default=None, max_length=200, description="Who says it, where it is reported speech")
    uncertain: bool = Field(default=False, description="Too close to call: to be read by a person, not counted")


class Mention(Frozen):
    """One place in the text that names an agency, a unit or a region."""

    entity_id: EntityId
    kind: EntityKind
    text: str = Field(max_length=400, description="The words as they stand: field[start:end]")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    field: Literal["title", "text"]
    jurisdiction: Jurisdiction = Jurisdiction.PROVINCE
    rule: str = Field(max_length=60, description="Code of the rule that decided, for example strong_alias")
    reason: str = Field(default="", max_length=400, description="The rule in words, Indonesian")
    sentiment: Sentiment
    score: Score
    evidence: str = Field(default="", max_length=2_000, description="The sentence")
    cues: Cues = Field(default=(), max_length=MAX_CUES, description="The words of the evidence that decided")
    speaker: str | None = Field(default=None, max_length=200, description="Who says it, where it is reported speech")
    uncertain: bool = Field(default=False, description="Too close to call: to be read by a person, not counted")

    @model_validator(mode="after")
    def _span_is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a mention's end must be after its start")
        return self


class OtherBody(Frozen):
    """A body that is named but is not the province's: kept visible, never assigned."""

    name: str = Field(max_length=400)
    jurisdiction: Jurisdiction
    entity_id: EntityId | None = None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    field: Literal["title", "text"]


class Suggestion(Frozen):
    """An OPD that is not named but whose matter this clearly is: shown as "usulan", never assigned."""

    entity_id: EntityId
    score: Score
    keywords: tuple[str, ...] = ()
    evidence: str = Field(default="", max_length=2_000)
    reason: str = Field(default="", max_length=400, description="Why, in words, Indonesian; written by the router")


class Quote(Frozen):
    """What somebody says in a regional language, and how it reads; read by a model of its own."""

    start: int = Field(ge=0, description="In the text, without the quotation mark")
    end: int = Field(ge=0)
    language: str = Field(max_length=8)
    sentiment: Sentiment
    score: Score


class CategoryCues(Frozen):
    """The words that speak for one category of an article, the weightiest first."""

    category: str = Field(max_length=80)
    words: Cues = Field(default=(), max_length=MAX_CUES)


class Reading(Frozen):
    """What the classifier read in one revision."""

    language: str = Field(max_length=8)
    tone: Label
    mentions: tuple[Mention, ...] = ()
    others: tuple[OtherBody, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    quotes: tuple[Quote, ...] = Field(default=(), max_length=20, description="Quotes in Javanese or Madurese")
    categories: tuple[str, ...] = ()
    category_cues: tuple[CategoryCues, ...] = Field(default=(), max_length=20, description="In the order of categories")
    severity: int = Field(ge=1, le=5)
    severity_reason: str = Field(default="", max_length=400)
    severity_cues: Cues = Field(
        default=(), max_length=MAX_CUES, description="The words that decided, the gravest first"
    )
    model: str = Field(max_length=80, description="Version of the model and rules that read")
    needs_reading: bool = Field(default=False, description="True when a person should read it before it is counted")
    needs_reading_reason: str = Field(default="", max_length=400, description="Why, in words, Indonesian")


class ArticleClassified(Frozen):
    """The classifier read an article."""

    type: Literal["ArticleClassified"] = "ArticleClassified"
    version: Literal[1] = 1
    article: Article
    reading: Reading
    classified_at: Moment


class Assignment(Frozen):
    """Who must see the article, and why. One per entity."""

    entity_id: EntityId
    kind: EntityKind
    sentiment: Sentiment
    score: Score
    evidence: str = Field(default="", max_length=2_000)
    rule: str = Field(max_length=60, description="named, unit_of, region_of, located_in …")
    reason: str = Field(max_length=400, description="The reason in words, Indonesian")
    derived: bool = Field(default=False, description="True when rolled up, not named itself")
    via: tuple[EntityId, ...] = Field(default=(), description="The entities it was rolled up from")
    cues: Cues = Field(default=(), max_length=MAX_CUES, description="The words of the evidence that decided")
    speaker: str | None = Field(default=None, max_length=200, description="Who says it, where it is reported speech")
    uncertain: bool = Field(default=False, description="Too close to call: to be read by a person, not counted")


class ArticleRouted(Frozen):
    """The router decided who must see an article."""

    type: Literal["ArticleRouted"] = "ArticleRouted"
    version: Literal[1] = 1
    article: Article
    reading: Reading
    assignments: tuple[Assignment, ...] = ()
    alert_ids: tuple[str, ...] = ()
    classified_at: Moment
    routed_at: Moment


class AlertRaised(Frozen):
    """A negative mention that an agency must know of now. Its id makes a second delivery recognisable."""

    type: Literal["AlertRaised"] = "AlertRaised"
    version: Literal[1] = 1
    alert_id: ArticleId
    article_id: ArticleId
    revision: int = Field(ge=1)
    entity_id: EntityId
    kind: EntityKind
    bakorwil: tuple[EntityId, ...] = ()
    severity: int = Field(ge=1, le=5)
    score: Score
    evidence: str = Field(default="", max_length=2_000)
    reason: str = Field(max_length=400)
    title: str = Field(max_length=MAX_TITLE_CHARS)
    url: str = Field(max_length=MAX_URL_CHARS)
    outlet: str = Field(max_length=80)
    published_at: Moment
    raised_at: Moment


class ArticleDisposed(Frozen):
    """What became of one revision of an article at one service; the pipeline's book-keeping and its trace."""

    type: Literal["ArticleDisposed"] = "ArticleDisposed"
    version: Literal[1] = 1
    article_id: ArticleId
    revision: int = Field(ge=0, description="0 when no revision was ever read, as for a page that is no article")
    service: Service
    outcome: Outcome
    at: Moment
    reason: str = Field(default="", max_length=60, description="Code, for example same_content, not_an_article")
    detail: str = Field(default="", max_length=MAX_DETAIL_CHARS, description="In words, for the person who asks")
    url: str = Field(max_length=MAX_URL_CHARS)
    canonical_url: str = Field(max_length=MAX_URL_CHARS)
    source_id: str = Field(default="", max_length=80)
    outlet: str = Field(default="", max_length=80)

    @model_validator(mode="after")
    def _outcome_belongs_to_service(self) -> Self:
        if self.outcome not in ALLOWED[self.service]:
            raise ValueError(f"{self.service} never gives the outcome {self.outcome}")
        return self


class LetterDied(Frozen):
    """A message that could not be handled: where, what and why. The original bytes travel along, base64."""

    type: Literal["LetterDied"] = "LetterDied"
    version: Literal[1] = 1
    topic: str = Field(max_length=249)
    partition: int = Field(ge=-1)
    offset: int = Field(ge=-1)
    key: str | None = Field(default=None, max_length=512)
    service: Service
    stage: str = Field(max_length=60, description="decode, handle, index …")
    error: str = Field(max_length=200, description="Class of the error")
    detail: str = Field(max_length=8_000)
    attempts: int = Field(ge=1)
    died_at: Moment
    payload_b64: str = Field(description="The message as it came, cut at the letter's size limit")
    payload_bytes: int = Field(ge=0, description="Size of the message before any cut")
    truncated: bool = False


Message = (
    ArticleCollected
    | ArticleClassified
    | ArticleRouted
    | ArticleCorrected
    | ArticleGrouped
    | ArticleVanished
    | AlertRaised
    | ArticleDisposed
    | LetterDied
)


def wib(moment: datetime) -> datetime:
    """Return the moment in WIB, the zone in which Pantau shows every time."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - the only use, and tzdata may be large to load

    return moment.astimezone(ZoneInfo("Asia/Jakarta"))
