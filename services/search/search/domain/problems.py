"""Mistakes in a request, in words for the person at the desk: which part, what is wrong, what to do instead."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Flaw:
    """One mistake. `position` counts characters from 0 within the value, where that helps."""

    parameter: str
    message: str
    hint: str = ""
    position: int | None = None
    allowed: tuple[str, ...] = field(default=())


class InvalidRequestError(ValueError):
    """The request cannot be carried out as it stands; carries every mistake found."""

    def __init__(self, *flaws: Flaw) -> None:
        super().__init__("; ".join(f"{flaw.parameter}: {flaw.message}" for flaw in flaws))
        self.flaws = flaws


class InvalidCursorError(ValueError):
    """The cursor is not one of ours, or belongs to another search."""


class ExpiredCursorError(ValueError):
    """The cursor was ours, but the search that it continues is no longer kept."""
