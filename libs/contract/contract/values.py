"""The values that messages are made of: identities, moments, closed sets, and the frozen base of every message."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the moment lies outside the years 1 to 9999 in UTC") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment with a zone, kept in UTC: the same moment is the same value, whatever zone it was given in."""

ArticleId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Hash of the canonical URL")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
EntityId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$", description="Gazetteer id")]
Month = Annotated[str, Field(pattern=r"^\d{4}\.\d{2}$", description="Month first seen, YYYY.MM, UTC")]
Score = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]

MAX_TITLE_CHARS = 1_000
MAX_TEXT_CHARS = 200_000
MAX_URL_CHARS = 2_048
MAX_DETAIL_CHARS = 2_000


class Sentiment(StrEnum):
    """How an item reads (its tone), or how it speaks of one agency (its target sentiment)."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class EntityKind(StrEnum):
    """What a mention or an assignment is about."""

    OPD = "opd"
    UNIT = "unit"
    REGION = "region"
    BAKORWIL = "bakorwil"


class Jurisdiction(StrEnum):
    """Whose matter a named body is."""

    PROVINCE = "province"
    KABUPATEN_KOTA = "kabupaten_kota"
    VERTICAL = "vertical"
    ELSEWHERE = "elsewhere"


class Origin(StrEnum):
    """Whose words an article is: the agency's own release, a pick-up of one, or coverage that was earned."""

    OWN = "own"
    PICKUP = "pickup"
    EARNED = "earned"


class Correctable(StrEnum):
    """What a person may correct in an article.

    A `mention` says that the text does, or does not, speak of a body; what it rolls up to follows. An `assignment`
    says that a body must, or must not, see the article, whatever the text names.
    """

    TONE = "tone"
    SENTIMENT = "sentiment"
    MENTION = "mention"
    ASSIGNMENT = "assignment"
    CATEGORY = "category"
    SEVERITY = "severity"
    ORIGIN = "origin"


class Category(StrEnum):
    """A matter that news is about. An article may have several; `lainnya` is none of the others."""

    KESEHATAN = "kesehatan"
    PENDIDIKAN = "pendidikan"
    INFRASTRUKTUR = "infrastruktur"
    BENCANA = "bencana"
    HUKUM = "hukum"
    EKONOMI = "ekonomi"
    SOSIAL = "sosial"
    LINGKUNGAN = "lingkungan"
    PEMERINTAHAN = "pemerintahan"
    PERTANIAN = "pertanian"
    PERHUBUNGAN = "perhubungan"
    KETENAGAKERJAAN = "ketenagakerjaan"
    POLITIK = "politik"
    OLAHRAGA = "olahraga"
    BUDAYA_PARIWISATA = "budaya_pariwisata"
    LAINNYA = "lainnya"


class Presence(StrEnum):
    """The value of a mention or an assignment: the body is there, or it is not."""

    ADDED = "added"
    REMOVED = "removed"


class CorrectionSource(StrEnum):
    """Where a correction comes from: a person, or the near-copy of an article that a person corrected."""

    PERSON = "person"
    COPY = "copy"


class Vanishing(StrEnum):
    """How a page went, or that it came back.

    `soft_404` answers 200 and says itself that the page does not exist; the redirects lead, within the site, to the
    front page, a listing, or another article.
    """

    GONE_410 = "gone_410"
    NOT_FOUND_404 = "not_found_404"
    SOFT_404 = "soft_404"
    REDIRECT_HOME = "redirect_home"
    REDIRECT_SECTION = "redirect_section"
    REDIRECT_ARTICLE = "redirect_article"
    RESTORED = "restored"


class Frozen(BaseModel):
    """The base of every message and of its parts: frozen, blind to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=False)
