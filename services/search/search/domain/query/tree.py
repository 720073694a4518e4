"""The tree of a parsed query. Every node says what must hold for an article."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Words:
    """All these words must occur, in title or text, or in the one field named (`title`, `text`, `authors`)."""

    words: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True)
class Phrase:
    """These words in this order, with at most `slop` moves between them; unstemmed."""

    text: str
    slop: int = 0
    field: str | None = None


@dataclass(frozen=True)
class Prefix:
    """A word that begins so; lower case, without accents."""

    stem: str
    field: str | None = None


@dataclass(frozen=True)
class Keyword:
    """A field has exactly this value."""

    field: str
    value: str


@dataclass(frozen=True)
class Severity:
    """The severity lies between these two, both included."""

    least: int
    most: int


@dataclass(frozen=True)
class Published:
    """Published at or after `since` and before `until`; None leaves that side open."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Not:
    child: "Node"


@dataclass(frozen=True)
class And:
    children: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    children: tuple["Node", ...]


Node = Words | Phrase | Prefix | Keyword | Severity | Published | Not | And | Or
