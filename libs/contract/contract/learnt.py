"""What is learnt about an article after it was routed: a person's correction, its story and copies, its vanishing.

Each message is keyed by the article and carries its month, so that whoever applies it finds the article's document
without a search. They come in any order, also before the article itself.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract.values import (
    MAX_DETAIL_CHARS,
    MAX_URL_CHARS,
    ArticleId,
    Correctable,
    CorrectionSource,
    EntityId,
    EntityKind,
    Frozen,
    Moment,
    Month,
    Origin,
    Presence,
    Score,
    Sentiment,
    Sha256,
    Vanishing,
)

MAX_CATEGORIES = 10
MAX_NOTE_CHARS = 1_000
MAX_CHECKS = 20

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
CorrectionId = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]{7,63}$", description="Given by who corrects")]
StoryId = Annotated[str, Field(pattern=r"^[0-9a-z][0-9a-z-]{0,63}$")]
Severity = Annotated[int, Field(ge=1, le=5)]
CorrectedValue = str | Severity | Annotated[tuple[Slug, ...], Field(max_length=MAX_CATEGORIES)]
"""A label, `added` or `removed`, a severity, or the categories; which of them, `Correctable` decides."""

OF_AN_ENTITY = frozenset({Correctable.SENTIMENT, Correctable.MENTION, Correctable.ASSIGNMENT})
"""What is corrected of one body; the rest is corrected of the article."""

_LABELS: dict[Correctable, frozenset[str]] = {
    Correctable.TONE: frozenset(Sentiment),
    Correctable.SENTIMENT: frozenset(Sentiment),
    Correctable.MENTION: frozenset(Presence),
    Correctable.ASSIGNMENT: frozenset(Presence),
    Correctable.ORIGIN: frozenset(Origin),
}


class Span(Frozen):
    """The words that a person marked: field[start:end]."""

    field: Literal["title", "text"]
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _span_is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("a span's end must be after its start")
        return self


class ArticleCorrected(Frozen):
    """A person corrected what was read in an article, or withdrew a correction; or a near-copy inherits one.

    Whether it applies is decided by the only writer of articles; see `CorrectionOutcome`.
    """

    type: Literal["ArticleCorrected"] = "ArticleCorrected"
    version: Literal[1] = 1
    correction_id: CorrectionId
    article_id: ArticleId
    month: Month
    revision: int = Field(ge=1, description="The revision that the person read")
    content_hash: Sha256 = Field(description="Of the text that the person read")
    by: str = Field(min_length=1, max_length=120, description="Who corrects")
    role: str = Field(default="", max_length=60)
    note: str = Field(default="", max_length=MAX_NOTE_CHARS, description="Why, in the person's words")
    at: Moment
    what: Correctable
    entity_id: EntityId | None = None
    kind: EntityKind | None = None
    expected: CorrectedValue | None = Field(default=None, description="The value that the person saw")
    after: CorrectedValue | None = Field(default=None, description="The value that it should have; none to withdraw")
    sentiment: Sentiment | None = Field(default=None, description="Toward a body that is added; neutral if not said")
    span: Span | None = Field(default=None, description="The words that show it, where the person marked them")
    origin: CorrectionSource = CorrectionSource.PERSON
    copied_from: ArticleId | None = Field(default=None, description="The near-copy that a person corrected")
    copy_group: StoryId | None = Field(default=None, description="The group through which it is inherited")
    withdraws: CorrectionId | None = Field(default=None, description="The correction that no longer holds")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.what in OF_AN_ENTITY) != (self.entity_id is not None and self.kind is not None):
            raise ValueError("entity_id and kind are given for sentiment, mention and assignment, and only for these")
        if (self.origin == CorrectionSource.COPY) != (self.copied_from is not None):
            raise ValueError("copied_from is given for a correction that a copy inherits, and only for that")
        if self.withdraws is not None:
            if self.after is not None or self.expected is not None:
                raise ValueError("a withdrawal carries no values")
            return self
        if self.after is None or self.expected is None:
            raise ValueError("a correction carries the value that was seen and the one that should be")
        for name, value in (("expected", self.expected), ("after", self.after)):
            if not fits(self.what, value):
                raise ValueError(f"{name} {value!r} is no value of {self.what}")
        return self


def fits(what: Correctable, value: object) -> bool:
    """Return whether a value may be one of what is corrected."""
    if what == Correctable.SEVERITY:
        return isinstance(value, int)
    if what == Correctable.CATEGORY:
        return isinstance(value, tuple)
    return isinstance(value, str) and value in _LABELS[what]


class ArticleGrouped(Frozen):
    """An article belongs to a story, and perhaps to a group of near-copies. Sent again whenever any of it changes."""

    type: Literal["ArticleGrouped"] = "ArticleGrouped"
    version: Literal[1] = 1
    article_id: ArticleId
    month: Month
    sequence: int = Field(ge=0, description="Grows with each grouping of this article; the highest wins")
    story_id: StoryId
    story_articles: int = Field(ge=1)
    story_outlets: int = Field(ge=1)
    copy_group: StoryId | None = Field(default=None, description="Articles of near-identical text, this one included")
    copy_of: ArticleId | None = Field(default=None, description="The first of the group; none for the first itself")
    first: bool = Field(description="Whether it is the first of its copy group, or of its story where it has none")
    similarity: Score = Field(default=1.0, description="To `copy_of`; 1 for an article that copies none")
    origin: Origin = Origin.EARNED
    release_of: ArticleId | None = Field(default=None, description="The own release that this one picks up")
    at: Moment


class ArticleVanished(Frozen):
    """The page of an article is gone, or is there again. The latest word counts."""

    type: Literal["ArticleVanished"] = "ArticleVanished"
    version: Literal[1] = 1
    article_id: ArticleId
    month: Month
    revision: int = Field(ge=1, description="The last revision that was read")
    how: Vanishing
    url: str = Field(max_length=MAX_URL_CHARS, description="The address that was asked")
    at: Moment = Field(description="When it was decided")
    checked_at: tuple[Moment, ...] = Field(min_length=1, max_length=MAX_CHECKS, description="When it was found so")
    detail: str = Field(default="", max_length=MAX_DETAIL_CHARS, description="What was found, in words, Indonesian")
    last_page: str | None = Field(default=None, max_length=300, description="Archived page of the last revision read")
    found_page: str | None = Field(default=None, max_length=300, description="Archived page that stood there instead")
