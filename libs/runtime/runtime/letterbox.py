"""What a person does with dead letters: look at them by error, replay them, or discard them.

A letter that was dealt with stays in its topic; a resolution is appended beside it that says so. So a dead letter
is also the log of what was done with it, kept for as long as the letters are.
"""

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from contract.codec import InvalidMessageError, decode
from contract.messages import LetterDied
from contract.names import Names
from contract.outcomes import Service
from contract.topics import CARDS, TopicCard, dead_letter_card

RESOLVED_HEADER = "pantau-resolved"
ACTION_HEADER = "pantau-action"
AT_HEADER = "pantau-at"
REPLAYED_HEADER = "pantau-replayed"

Action = Literal["replayed", "discarded"]


class LetterError(ValueError):
    """What was asked for cannot be done; the message says why."""


@dataclass(frozen=True)
class Record:
    """One record of a dead-letter topic."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes]


@dataclass(frozen=True)
class OpenLetter:
    """A message that waits in a dead letter. `offsets` are all its letters there: a restart may write another."""

    offsets: tuple[int, ...]
    letter: LetterDied

    @property
    def number(self) -> int:
        """What the command line calls it: the offset of its latest letter."""
        return self.offsets[-1]


@dataclass(frozen=True)
class Box:
    """A dead letter as it stands: what is open, and the offsets of records that are no letter."""

    open: tuple[OpenLetter, ...]
    unreadable: tuple[int, ...]
    resolved: int


def reader_of(dead_letter: str) -> tuple[TopicCard, Service]:
    """Return the work topic and the service that a dead letter, named without namespace, belongs to.

    Raises LetterError with the names there are.
    """
    known = {dead_letter_card(card, service).topic: (card, service) for card in CARDS for service in card.readers}
    if dead_letter not in known:
        raise LetterError(f"{dead_letter!r} is no dead letter; there are: {', '.join(sorted(known))}")
    return known[dead_letter]


def sort_box(records: Iterable[Record]) -> Box:
    """Return the letters that nobody has dealt with, oldest first."""
    resolved: set[int] = set()
    letters: dict[tuple[str, int, int], list[tuple[int, LetterDied]]] = defaultdict(list)
    unreadable = []
    for record in records:
        if RESOLVED_HEADER in record.headers:
            resolved.update(int(one) for one in record.headers[RESOLVED_HEADER].decode().split(","))
            continue
        try:
            letter = decode(record.value, LetterDied)
        except InvalidMessageError:
            unreadable.append(record.offset)
            continue
        letters[letter.topic, letter.partition, letter.offset].append((record.offset, letter))
    waiting = [
        OpenLetter(tuple(offset for offset, _ in same), same[-1][1])
        for same in letters.values()
        if not resolved.issuperset(offset for offset, _ in same)
    ]
    waiting.sort(key=lambda one: one.number)
    return Box(tuple(waiting), tuple(unreadable), len(resolved))


def by_error(letters: Iterable[OpenLetter]) -> list[tuple[str, list[OpenLetter]]]:
    """Return the letters grouped by stage, error and its last words, the largest group first."""
    groups: dict[str, list[OpenLetter]] = defaultdict(list)
    for one in letters:
        groups[f"{one.letter.stage}: {last_line(one.letter)}"].append(one)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def last_line(letter: LetterDied) -> str:
    """Return the last line of the error's text, which says most; the class's name when there is none."""
    lines = letter.detail.strip().splitlines()
    return lines[-1][:200] if lines else letter.error


def choose(
    letters: Sequence[OpenLetter], *, numbers: Sequence[int], error: str | None, everything: bool
) -> list[OpenLetter]:
    """Return the letters that were asked for by number, by words in the error, or all of them.

    Raises LetterError when nothing was asked for, or a number is not among the open ones.
    """
    if not (numbers or error or everything):
        raise LetterError("say which: --number N, --error WORDS or --all")
    if missing := [number for number in numbers if not any(number in one.offsets for one in letters)]:
        raise LetterError(f"no open letter has the number {', '.join(map(str, missing))}")
    return [
        one
        for one in letters
        if everything
        or any(number in one.offsets for number in numbers)
        or (error is not None and error in f"{one.letter.error} {last_line(one.letter)}")
    ]


def original_bytes(letter: LetterDied) -> bytes:
    """Return the message as it came. Raises LetterError when it was cut."""
    if letter.truncated:
        raise LetterError(f"the message had {letter.payload_bytes} bytes and was cut; it cannot be replayed")
    return base64.b64decode(letter.payload_b64)


def replay_record(one: OpenLetter, dead_letter: str) -> tuple[str, bytes | None, bytes, dict[str, bytes]]:
    """Return topic, key, value and headers that bring a message back to its reader alone.

    It goes to the reader's retry topic, not to the work topic, which other readers may read as well.
    """
    card, service = reader_of(dead_letter)
    key = one.letter.key.encode() if one.letter.key is not None else None
    headers = {REPLAYED_HEADER: f"{dead_letter}/{one.number}".encode()}
    return Names().retry(card.topic, service), key, original_bytes(one.letter), headers


def resolution(one: OpenLetter, action: Action, now: datetime) -> dict[str, bytes]:
    """Return the headers of the record that says what was done with a letter."""
    return {
        RESOLVED_HEADER: ",".join(map(str, one.offsets)).encode(),
        ACTION_HEADER: action.encode(),
        AT_HEADER: now.astimezone(UTC).isoformat().encode(),
    }
