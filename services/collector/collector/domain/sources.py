"""The source registry: which addresses are polled, for which outlet, how often. Frozen, checked when it is read."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from contract.messages import MAX_URL_CHARS, EntityId
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,79}$")]
Selector = Annotated[str, Field(min_length=1, max_length=300)]

DEFAULT_INTERVAL_S = 300.0
SHORTEST_INTERVAL_S = 1.0
LONGEST_INTERVAL_S = 7 * 24 * 3_600.0


class SourceKind(StrEnum):
    """How a source lists its articles. `feed` is RSS 0.9x to 2.0, RDF, Atom and JSON Feed, told apart by content."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ListingRules(_Strict):
    """CSS selectors of a listing page. `link`, `title` and `date` are looked up inside each `item`."""

    item: Selector
    link: Selector = "a[href]"
    title: Selector | None = None
    date: Selector | None = None


class Source(_Strict):
    """One address that is polled. Intervals are in seconds; the actual one moves between the two bounds."""

    id: Slug
    outlet: Slug
    outlet_name: str = Field(min_length=1, max_length=200)
    kind: SourceKind
    url: str = Field(max_length=MAX_URL_CHARS, pattern=r"^https?://[^\s/]+")
    tier: int | None = Field(default=None, ge=1, le=4)
    area: str | None = Field(default=None, max_length=120)
    zone: str = "Asia/Jakarta"
    interval_s: float = Field(default=DEFAULT_INTERVAL_S, ge=SHORTEST_INTERVAL_S, le=LONGEST_INTERVAL_S)
    min_interval_s: float | None = Field(default=None, ge=SHORTEST_INTERVAL_S, le=LONGEST_INTERVAL_S)
    max_interval_s: float | None = Field(default=None, ge=SHORTEST_INTERVAL_S, le=LONGEST_INTERVAL_S)
    own_of: EntityId | None = None
    enabled: bool = False
    listing: ListingRules | None = None

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"unknown time zone {value!r}; use an IANA name such as Asia/Jakarta") from error
        return value

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        if (self.listing is not None) != (self.kind is SourceKind.LISTING):
            raise ValueError("a source of kind listing, and no other, has `listing` selectors")
        if not self.shortest_s <= self.interval_s <= self.longest_s:
            raise ValueError("min_interval_s <= interval_s <= max_interval_s does not hold")
        return self

    @property
    def shortest_s(self) -> float:
        """The shortest interval; a third of the usual one when not given."""
        return self.min_interval_s if self.min_interval_s is not None else max(SHORTEST_INTERVAL_S, self.interval_s / 3)

    @property
    def longest_s(self) -> float:
        """The longest interval; twelve times the usual one when not given."""
        return self.max_interval_s if self.max_interval_s is not None else min(LONGEST_INTERVAL_S, self.interval_s * 12)


class Registry(_Strict):
    """The registry file."""

    version: Literal[1]
    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        seen: set[str] = set()
        for source in self.sources:
            if source.id in seen:
                raise ValueError(f"two sources have the id {source.id!r}")
            seen.add(source.id)
        return self

    @property
    def enabled(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.enabled)

    def by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}
