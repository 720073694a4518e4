"""What the models see: blocks of text for n-grams, and named marks from the lexicon and the place of the target."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from contract.messages import Sentiment

from classifier.domain.sentiment.lexicon import SPEECH, is_form_of
from classifier.domain.sentiment.phrases import phrases_in
from classifier.domain.sentiment.scan import first_group, scan, words_of
from classifier.domain.sentiment.stance import stance
from classifier.domain.text import sentences

LEAD_CHARS = 650
"""The tone model was trained on leads cut here, so it also reads no further."""
TONE_WEIGHT = 2.0
TARGET_MARK = " sasaran "
_QUOTES = '"“”'
_COMMON_IN_NAMES = frozenset({"kepala", "dinas", "kabupaten", "kota", "dan", "wakil"})


@dataclass(frozen=True, slots=True)
class Window:
    """The sentence that names a target, cut around it, with the sentence before and the title."""

    title: str
    before: str
    left: str
    target: str
    right: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """Texts for the n-gram blocks, in the model's order, and marks by name; of a target also its window."""

    blocks: tuple[str, ...]
    marks: dict[str, float]
    window: Window | None = None


def clean_lead(text: str) -> str:
    """Return the lead without dateline and advertisement marks."""
    lead = text[: LEAD_CHARS + 120].replace("ADVERTISEMENT", " ").replace("SCROLL TO CONTINUE WITH CONTENT", " ")
    return " ".join(lead.split())[:LEAD_CHARS]


def tone_features(title: str, text: str) -> Features:
    """Return the features of an article's tone."""
    lead = clean_lead(text)
    bounds = sentences(lead)
    first = lead[bounds[0][0] : bounds[0][1]] if bounds else ""
    marks: dict[str, float] = {}
    for zone, part in (("t:", title), ("f:", first), ("b:", lead)):
        scan(words_of(part), zone, marks)
        for name in phrases_in(part.lower()):
            marks[f"{zone}p.{name}"] = 1.0
    return Features((title, lead, first), marks)


def window_of(title: str, text: str, start: int, end: int, bounds: list[tuple[int, int]]) -> Window:
    """Return the window around text[start:end]; `bounds` are the sentences of the text."""
    at = next((i for i, (_, last) in enumerate(bounds) if start < last), len(bounds) - 1)
    first, last = bounds[at] if bounds else (0, len(text))
    last = max(last, end)
    first = min(first, start)
    before = text[bounds[at - 1][0] : bounds[at - 1][1]] if at > 0 else ""
    after = text[bounds[at + 1][0] : bounds[at + 1][1]] if at + 1 < len(bounds) else ""
    return Window(title, before, text[first:start], text[start:end], text[end:last], after)


def marked_window(title: str, window: str) -> Window:
    """Return the window of a training row, whose target stands in double square brackets.

    Raises ValueError when nothing is marked.
    """
    match = re.search(r"\[\[(.*?)\]\]", window, re.DOTALL)
    if match is None:
        raise ValueError("the window marks no target with [[ ]]")
    text = window[: match.start()] + match.group(1) + window[match.end() :]
    start = match.start()
    return window_of(title, text, start, start + len(match.group(1)), sentences(text))


def target_features(window: Window) -> Features:
    """Return the features of the sentiment toward a window's target."""
    left, target, right = words_of(window.left), words_of(window.target), words_of(window.right)
    marks: dict[str, float] = {}
    for word in target:
        marks[f"T={word}"] = 1.0
    marks[f"T0={target[0] if target else ''}"] = 1.0
    for side, words in (("L", left[::-1]), ("R", right)):
        for k, word in enumerate(words[:4]):
            marks[f"{side}{k}={word}"] = 1.0
        marks[f"{side}01={' '.join(words[:2])}"] = 1.0
        for group in first_group(words, 12 if side == "R" else 10):
            marks[f"{side}first={group}"] = 1.0
    _zones(window, left, right, marks)
    _speech(window, left, right, marks)
    stance(window.before, left, right, window.after, marks)
    names = set(target) - _COMMON_IN_NAMES
    marks["in_title"] = len(names & set(words_of(window.title))) / max(1, len(names))
    around = f"{window.left}{TARGET_MARK}{window.right}"
    return Features((window.title, f"{window.before} {around}", around), marks, window)


def with_tone(features: Features, tone: Mapping[Sentiment, float]) -> Features:
    """Return target features that also know how the whole article reads, as probabilities of its tone."""
    marks = {f"tone.{label.value}": TONE_WEIGHT * share for label, share in tone.items()}
    marks[f"tone={max(tone, key=lambda label: tone[label]).value}"] = 1.0
    return replace(features, marks={**features.marks, **marks})


def _zones(window: Window, left: list[str], right: list[str], marks: dict[str, float]) -> None:
    zones = (
        ("l:", left, window.left),
        ("r:", right, window.right),
        ("p:", words_of(window.before), window.before),
        ("t:", words_of(window.title), window.title),
    )
    for zone, words, raw in zones:
        scan(words, zone, marks, cap=2.0)
        for name in phrases_in(raw.lower()):
            marks[f"{zone}p.{name}"] = 1.0


def _speech(window: Window, left: list[str], right: list[str], marks: dict[str, float]) -> None:
    if any(is_form_of(word, SPEECH) for word in left[-3:]):
        marks["speaker_left"] = 1.0
    if any(is_form_of(word, SPEECH) for word in right[:6]):
        marks["speaker_right"] = 1.0
    n_quotes = sum(window.left.count(mark) for mark in _QUOTES)
    if n_quotes:
        marks["quote_left"] = 1.0
    if n_quotes % 2:
        marks["in_quote"] = 1.0
    if right[:1] == [","]:
        marks["comma"] = 1.0
