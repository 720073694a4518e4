"""Cuts an article's text into paragraphs and marks the places that name an agency, unit or region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

SPOKEN_OF = ("opd", "unit")
"""A text speaks well or ill of an agency; a place only lies where things happen."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `number` and `sentiment` are set where it names something that is listed beside."""

    text: str
    number: int | None = None
    sentiment: str = ""


def paragraphs(text: str, mentions: Iterable[Json], numbers: dict[str, int]) -> list[list[Piece]]:
    """Return the paragraphs as pieces. `numbers` has the number in the list of each entity.

    Offsets that do not fit the text are left out: a wrong mark would be worse than none.
    """
    spans = sorted(
        (
            one["start"],
            one["end"],
            numbers[one["entity_id"]],
            one["sentiment"] if one["kind"] in SPOKEN_OF else "neutral",
        )
        for one in mentions
        if one["field"] == "text" and one["entity_id"] in numbers and text[one["start"] : one["end"]] == one["text"]
    )
    found = []
    at = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            found.append(_pieces(text, at, at + len(paragraph), spans))
        at += len(paragraph) + 2
    return found


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int, int, str]]) -> list[Piece]:
    pieces = []
    at = start
    for first, last, number, sentiment in spans:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], number, sentiment))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
