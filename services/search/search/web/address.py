"""The address of a page of results: it is the page's whole state, so every link is this address with one change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGE = "/"
MOVING = ("cursor", "hal")
"""What belongs to one result list and must go when anything of the search changes."""


@dataclass(frozen=True)
class Address:
    """The parameters of the page, in order, empty ones left out."""

    pairs: tuple[tuple[str, str], ...]
    page: str = PAGE

    @classmethod
    def of(cls, raw: Mapping[str, Sequence[str]], page: str = PAGE) -> "Address":
        """Return the address of raw parameters, with comma-separated values taken apart (not those of `q`)."""
        pairs = []
        for name, values in raw.items():
            for value in values:
                parts = [value] if name in ("q", "cursor") else value.split(",")
                pairs += [(name, part.strip()) for part in parts if part.strip()]
        return cls(tuple(dict.fromkeys(pairs)), page)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def value(self, name: str) -> str:
        return next(iter(self.values(name)), "")

    def several(self, name: str) -> bool:
        """Return whether a parameter has more values than one field of a form can show."""
        return len(self.values(name)) > 1

    def put(self, **changes: str) -> "Address":
        """Return the address with these parameters set to one value each, back on the first page."""
        names = {name.rstrip("_"): value for name, value in changes.items()}
        kept = [pair for pair in self.pairs if pair[0] not in names and pair[0] not in MOVING]
        return replace(self, pairs=(*kept, *((name, value) for name, value in names.items() if value)))

    def drop(self, name: str, value: str | None = None) -> "Address":
        """Return the address without a parameter, or without one of its values, back on the first page."""
        kept = (
            pair for pair in self.pairs if pair[0] not in MOVING and not (pair[0] == name and value in (None, pair[1]))
        )
        return replace(self, pairs=tuple(kept))

    def turn(self, cursor: str, page: int) -> "Address":
        """Return the address of another page of the same search."""
        kept = tuple(pair for pair in self.pairs if pair[0] not in MOVING)
        return replace(self, pairs=(*kept, ("cursor", cursor), ("hal", str(page))))

    @property
    def href(self) -> str:
        return f"{self.page}?{urlencode(self.pairs)}" if self.pairs else self.page
