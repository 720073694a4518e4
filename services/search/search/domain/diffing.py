"""What differs between two texts of one article: paragraph by paragraph, and word by word inside a changed one.

The time is bounded whatever the texts are: beyond the limits below, paragraphs are compared whole.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import Indel

MAX_PARAGRAPHS = 4_000
"""Of a text. Above it paragraphs are only counted as there or not there."""
MAX_PAIRS = 10_000
"""Comparisons by which removed and added paragraphs between two kept ones are matched as one changed paragraph."""
MAX_WORDS = 6_000
"""Of a paragraph on either side. A longer one is shown as a whole."""
MAX_WORD_PAIRS = 100_000_000
"""Words times words over all changed paragraphs; one takes a 64th of an elementary step."""
ALIKE = 0.5
"""Share of words (Dice) from which two paragraphs count as one that was changed."""
KEPT = 0.8
"""Share of a paragraph's runs of three words that must stand elsewhere for it to count as moved, not removed."""

_TOKEN = re.compile(r"(?:\w+(?:[-.,/:]\w+)*|[^\w\s])\s*")
_SPACES = re.compile(r"\s+")
_RUN = 3


class Step(StrEnum):
    """What happened to words."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


class Change(StrEnum):
    """What happened to a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


@dataclass(frozen=True)
class Words:
    """A run of words with what happened to it."""

    step: Step
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of either text or of both. Numbers count from 1; `words` is empty where it is shown whole."""

    change: Change
    old_number: int | None = None
    new_number: int | None = None
    old: str = ""
    new: str = ""
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class TextDiff:
    """All paragraphs in reading order. `limited` says that a limit kept it from looking closer."""

    paragraphs: tuple[Paragraph, ...]
    limited: bool = False


@dataclass(frozen=True)
class Numbered:
    """A paragraph with its number in the text."""

    number: int
    text: str


def paragraphs_of(text: str) -> tuple[Numbered, ...]:
    """Return the paragraphs of a text: what blank lines separate, spaces evened out."""
    parts = (_SPACES.sub(" ", part).strip() for part in re.split(r"\n\s*\n", text))
    return tuple(Numbered(number, part) for number, part in enumerate((one for one in parts if one), start=1))


def key(token: str) -> str:
    """Return what two tokens must share to be the same: blind to case, Unicode form, and to typography."""
    folded = unicodedata.normalize("NFKC", token).strip().casefold()
    return folded if folded == "?" or any(letter.isalnum() for letter in folded) else ""


def keys_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, punctuation left out but for the question mark."""
    return [found for token in _TOKEN.findall(text) if (found := key(token))]


def runs_of(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Return all runs of three words; of fewer words, the one run there is."""
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()


def share_in(words: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    """Return the share of the words' runs that are among `runs`."""
    mine = runs_of(words)
    return len(mine & runs) / len(mine) if mine else 1.0


def diff_words(old: str, new: str) -> tuple[Words, ...] | None:
    """Return the steps from one text to the other; None when one is too long for that."""
    # A text's last word has no space behind it, but may come to stand before another one.
    left, right = _TOKEN.findall(f"{old} "), _TOKEN.findall(f"{new} ")
    if max(len(left), len(right)) > MAX_WORDS:
        return None
    steps: list[Words] = []
    for opcode in Indel.opcodes([key(one) or one.strip() for one in left], [key(one) or one.strip() for one in right]):
        if opcode.tag == "equal":
            steps.append(Words(Step.EQUAL, "".join(right[opcode.dest_start : opcode.dest_end])))
        elif opcode.tag == "delete":
            steps.append(Words(Step.REMOVED, "".join(left[opcode.src_start : opcode.src_end])))
        else:
            steps.append(Words(Step.ADDED, "".join(right[opcode.dest_start : opcode.dest_end])))
    return tuple(_tidied(steps))


def _tidied(steps: list[Words]) -> list[Words]:
    """Return the steps with neighbours joined, what was removed before what was added, and no lone word between."""
    blocks: list[tuple[str, str, str]] = []
    for place, step in enumerate(steps):
        between = 0 < place < len(steps) - 1 and step.step is Step.EQUAL
        lone = between and len(step.text.strip()) <= 3 and " " not in step.text.strip()
        equal, old, new = (
            (step.text, "", "") if step.step is Step.EQUAL and not lone else
            ("", step.text if step.step is not Step.ADDED else "", step.text if step.step is not Step.REMOVED else "")
        )  # fmt: skip
        if blocks and bool(blocks[-1][0]) == bool(equal):
            equal, old, new = blocks[-1][0] + equal, blocks[-1][1] + old, blocks[-1][2] + new
            blocks.pop()
        blocks.append((equal, old, new))
    found = []
    for equal, old, new in blocks:
        found += [Words(s, t) for s, t in ((Step.EQUAL, equal), (Step.REMOVED, old), (Step.ADDED, new)) if t]
    return found


def diff_texts(old: Sequence[Numbered], new: Sequence[Numbered]) -> TextDiff:
    """Return what differs between two texts, given as their paragraphs."""
    if max(len(old), len(new)) > MAX_PARAGRAPHS:
        return TextDiff(_counted(old, new), limited=True)
    left, right = [" ".join(keys_of(one.text)) for one in old], [" ".join(keys_of(one.text)) for one in new]
    budget = MAX_WORD_PAIRS
    found: list[Paragraph] = []
    limited = False
    opcodes = [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in Indel.opcodes(left, right)]
    for tag, a, b, c, d in _blocks(opcodes):
        if tag == "equal":
            found += [_same(one, other) for one, other in zip(old[a:b], new[c:d], strict=True)]
            continue
        pairs, whole = _pairs(left[a:b], right[c:d])
        limited = limited or not whole
        for paragraph in _in_order(old[a:b], new[c:d], pairs):
            if paragraph.change is not Change.CHANGED:
                found.append(paragraph)
                continue
            cost = len(paragraph.old) * len(paragraph.new) // 36
            words = diff_words(paragraph.old, paragraph.new) if cost <= budget else None
            budget -= cost
            limited = limited or words is None
            found.append(replace(paragraph, words=words or ()))
    return TextDiff(_with_moves(found), limited)


def _blocks(opcodes: list[tuple[str, int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    """Return the opcodes with what is removed and added at one place as one block."""
    found: list[tuple[str, int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:
        if tag != "equal" and found and found[-1][0] != "equal":
            _, start, _, there, _ = found.pop()
            found.append(("replace", start, b, there, d))
        else:
            found.append((tag if tag == "equal" else "replace", a, b, c, d))
    return found


def _same(old: Numbered, new: Numbered) -> Paragraph:
    return Paragraph(Change.SAME, old.number, new.number, old.text, new.text)


def _pairs(left: Sequence[str], right: Sequence[str]) -> tuple[dict[int, int], bool]:
    """Return which removed paragraph became which added one, the most alike first; False when they are too many."""
    if len(left) * len(right) > MAX_PAIRS:
        return {}, False
    mine, theirs = [set(one.split()) for one in left], [set(one.split()) for one in right]
    alike = [
        (2 * len(one & other) / max(1, len(one) + len(other)), -place, -there)
        for place, one in enumerate(mine)
        for there, other in enumerate(theirs)
    ]
    pairs: dict[int, int] = {}
    for share, place, there in sorted(alike, reverse=True):
        if share >= ALIKE and -place not in pairs and -there not in pairs.values():
            pairs[-place] = -there
    return pairs, True


def _in_order(old: Sequence[Numbered], new: Sequence[Numbered], pairs: dict[int, int]) -> list[Paragraph]:
    """Return a block's paragraphs in the new text's order, each removed one before what follows it."""
    found: list[Paragraph] = []
    back = {there: place for place, there in pairs.items()}
    waiting = [place for place in range(len(old)) if place not in pairs]

    def removed_before(limit: int) -> list[Paragraph]:
        gone = [place for place in waiting if place < limit]
        waiting[:] = [place for place in waiting if place >= limit]
        return [Paragraph(Change.REMOVED, old[place].number, None, old[place].text) for place in gone]

    for there, one in enumerate(new):
        if there in back:
            found += removed_before(back[there])
            before = old[back[there]]
            found.append(Paragraph(Change.CHANGED, before.number, one.number, before.text, one.text))
        else:
            found.append(Paragraph(Change.ADDED, None, one.number, "", one.text))
    return found + removed_before(len(old))


def _with_moves(found: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs, those whose words stand elsewhere in the other text marked as moved."""
    if not any(one.change in (Change.REMOVED, Change.ADDED) for one in found):
        return tuple(found)
    before = {run for one in found if one.old for run in runs_of(keys_of(one.old))}
    after = {run for one in found if one.new for run in runs_of(keys_of(one.new))}

    def judged(one: Paragraph) -> Paragraph:
        if one.change is Change.REMOVED and share_in(keys_of(one.old), after) >= KEPT:
            return replace(one, change=Change.MOVED)
        if one.change is Change.ADDED and share_in(keys_of(one.new), before) >= KEPT:
            return replace(one, change=Change.MOVED)
        return one

    return tuple(judged(one) for one in found)


def _counted(old: Sequence[Numbered], new: Sequence[Numbered]) -> tuple[Paragraph, ...]:
    """Return what is removed and added when the texts have too many paragraphs to be aligned."""
    left, right = Counter(one.text for one in old), Counter(one.text for one in new)
    gone, come = left - right, right - left
    found: list[Paragraph] = []
    for one in old:
        if gone[one.text] > 0:
            gone[one.text] -= 1
            found.append(Paragraph(Change.REMOVED, one.number, None, one.text))
    for one in new:
        if come[one.text] > 0:
            come[one.text] -= 1
            found.append(Paragraph(Change.ADDED, None, one.number, "", one.text))
    return tuple(found)
