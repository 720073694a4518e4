"""An evidence sentence with the words in it that decided."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of a sentence; `cue` where it is a word that decided."""

    text: str
    cue: bool = False


def runs(sentence: str, cues: Iterable[str]) -> list[Run]:
    """Return the sentence in runs. A cue is marked wherever it stands as a word of its own, whatever its case."""
    found_at = {place for cue in cues if cue.strip() for place in _places(sentence, cue.strip())}
    places = sorted(found_at, key=lambda place: (place[0], -place[1]))
    found: list[Run] = []
    at = 0
    for start, end in places:
        if start < at:
            continue
        if start > at:
            found.append(Run(sentence[at:start]))
        found.append(Run(sentence[start:end], cue=True))
        at = end
    if at < len(sentence):
        found.append(Run(sentence[at:]))
    return found


def _places(sentence: str, cue: str) -> Iterable[tuple[int, int]]:
    # A letter whose lower case is longer would move the places; such a sentence stays unmarked.
    low, wanted = sentence.lower(), cue.lower()
    if len(low) != len(sentence):
        return
    at = low.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = low[at - 1 : at], low[end : end + 1]
        if not before.isalnum() and not after.isalnum():
            yield at, end
        at = low.find(wanted, end)
