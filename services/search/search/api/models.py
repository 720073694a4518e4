"""The shapes of the answers. Keys may be added within `/v1`, never taken away or given another meaning."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MentionOut(_Answer):
    """An agency, unit or region that the article concerns, and how it speaks of it."""

    id: str = Field(examples=["dinkes"])
    kind: str = Field(examples=["opd"], description="opd, unit, region, bakorwil")
    label: str = Field(examples=["Dinas Kesehatan"])
    sentiment: str = Field(examples=["negative"])
    score: float = Field(examples=[0.93])
    evidence: str = Field(examples=["Dinas Kesehatan Jawa Timur mengakui antrean pasien terlalu panjang."])
    derived: bool = Field(description="True when rolled up from `via`, not named itself")
    via: list[str]
    rule: str
    reason: str


class ArticleItem(_Answer):
    """An article in a list. The full text is in `/v1/articles/{id}`."""

    id: str = Field(examples=["8f14e45fceea167a5a36dedd4bea2543"])
    url: str = Field(examples=["https://kabar-contoh.id/kesehatan/antrean"])
    canonical_url: str
    title: str
    lead: str
    outlet: str = Field(examples=["kabar-contoh"])
    outlet_name: str
    tier: int | None = None
    own_of: str | None = Field(default=None, description="The OPD whose own site this is")
    sample: bool = Field(description="True for the sample newsroom: invented news")
    authors: list[str]
    section: str | None = None
    image_url: str | None = None
    language: str | None = None
    published_at: str = Field(examples=["2026-11-24T05:00:00.000+00:00"])
    modified_at: str | None = None
    first_seen_at: str
    indexed_at: str
    revision: int
    tone: str = Field(examples=["negative"], description="How the article reads as news")
    tone_score: float
    severity: int
    category: list[str]
    mentions: list[MentionOut]
    opd: list[str]
    unit: list[str]
    region: list[str]
    bakorwil: list[str]
    highlights: dict[str, list[str]] = Field(
        default_factory=dict, description="Escaped HTML with <mark>, by `title` and `text`"
    )


class ArticleOut(ArticleItem):
    """One article, whole."""

    text: str
    tone_evidence: str
    severity_reason: str
    reading: dict[str, Any] = Field(description="All that was read: each mention with its place, others, suggestions")


class FacetValue(_Answer):
    key: str
    label: str
    count: int


class ArticlesOut(_Answer):
    """A page of articles."""

    total: int
    items: list[ArticleItem]
    next: str | None = Field(description="Give it back as `cursor` for the next page; null on the last one")
    facets: dict[str, list[FacetValue]]


class Counts(_Answer):
    positive: int
    neutral: int
    negative: int
    total: int


class Slot(Counts):
    at: str = Field(examples=["2026-11-24T00:00:00+07:00"])


class StatsBucket(Counts):
    key: str
    label: str
    series: list[Slot]


class StatsOut(_Answer):
    """Counts of positive, neutral and negative."""

    group_by: str
    measure: str = Field(description="sentiment: toward the agency (opd, unit); tone: of the article (all others)")
    interval: str | None
    from_: str | None = Field(serialization_alias="from", validation_alias="from")
    to: str | None
    articles: int = Field(description="Articles that fulfil the filters; one may count in several buckets")
    buckets: list[StatsBucket]


class Stage(_Answer):
    service: str
    outcome: str
    at: str
    detail: str
    reason: str
    revision: int


class TraceOut(_Answer):
    """Where an article is, and why."""

    article_id: str
    url: str
    status: str = Field(description="In words")
    stages: list[Stage]


class DirectoryEntry(_Answer):
    id: str
    name: str
    label: str
    articles_7d: int = Field(description="Articles published in the last seven days that concern it")


class OpdEntry(DirectoryEntry):
    type: str
    abbreviations: list[str]
    parent: str | None


class UnitEntry(DirectoryEntry):
    kind: str
    level: str
    opd: str | None
    regions: list[str]


class RegionEntry(DirectoryEntry):
    type: str
    bakorwil: str
    lat: float
    lon: float


class OpdOut(_Answer):
    total: int
    items: list[OpdEntry]


class UnitsOut(_Answer):
    total: int
    items: list[UnitEntry]


class RegionsOut(_Answer):
    total: int
    items: list[RegionEntry]


class ProblemOut(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = Field(examples=["urn:pantau:problem:invalid-request"])
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, Any]] = Field(default_factory=list)
