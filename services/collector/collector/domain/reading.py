"""What reading a source's body brings, whatever its kind."""

from dataclasses import dataclass, field
from datetime import datetime

from collector.domain.items import Entry


class UnreadableError(ValueError):
    """The body is not what the source's kind promises, or is beyond a limit. The message is for the operator."""


@dataclass(frozen=True)
class Child:
    """A sitemap that an index names."""

    url: str
    lastmod: str | None = None
    changed: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """The entries in the source's order, or the children of a sitemap index. `form` names what was found."""

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    form: str = ""
    title: str | None = None
    notes: tuple[str, ...] = field(default=())
