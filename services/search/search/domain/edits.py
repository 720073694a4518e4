"""What an outlet's edit is: which kinds of change, with the words that show it. Conservative: in doubt it says less.

Compared are two revisions that follow one another. What a reader would not call a change (spaces, typography, a
"Baca juga" line, a typing error) is `cosmetic`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rapidfuzz.distance import OSA

from search.domain.blame_words import is_weighty, strength_of
from search.domain.diffing import (
    Change,
    Numbered,
    Paragraph,
    Step,
    Words,
    diff_texts,
    diff_words,
    keys_of,
    paragraphs_of,
    runs_of,
    share_in,
)


class EditKind(StrEnum):
    """A kind of change. `cosmetic` stands alone and is no edit."""

    TITLE_SOFTENED = "title_softened"
    TITLE_SHARPENED = "title_sharpened"
    TITLE_CHANGED = "title_changed"
    PARAGRAPH_REMOVED = "paragraph_removed"
    PARAGRAPH_ADDED = "paragraph_added"
    TEXT_CHANGED = "text_changed"
    QUOTE_REMOVED = "quote_removed"
    CORRECTION_NOTE = "correction_note"
    TONE_CHANGED = "tone_changed"
    COSMETIC = "cosmetic"


KIND_WORDS: dict[EditKind, str] = {
    EditKind.TITLE_SOFTENED: "judul dilunakkan",
    EditKind.TITLE_SHARPENED: "judul dipertajam",
    EditKind.TITLE_CHANGED: "judul diubah",
    EditKind.PARAGRAPH_REMOVED: "paragraf dihapus",
    EditKind.PARAGRAPH_ADDED: "paragraf ditambah",
    EditKind.TEXT_CHANGED: "isi diubah",
    EditKind.QUOTE_REMOVED: "kutipan dihapus",
    EditKind.CORRECTION_NOTE: "ada ralat, koreksi, atau hak jawab",
    EditKind.TONE_CHANGED: "nada berita berubah",
    EditKind.COSMETIC: "perubahan kecil tanpa arti",
}

MIN_PARAGRAPH_WORDS = 6
"""A shorter paragraph that comes or goes (a subheading, a date line) changes the text, but is no lost paragraph."""
MIN_QUOTE_WORDS = 4
STRENGTH_STEP, TONE_STEP = 1.5, 0.15
"""A headline is softer when its strength falls by so much; by half of it when the tone rose by `TONE_STEP` too."""
SURE_TONE = 0.6
"""Both readings must be at least so sure for a changed tone to be told."""
TYPO_CHARS = 6

_FURNITURE = re.compile(
    r"^\W*(?:(?:baca|simak|lihat|tonton|saksikan) (?:juga|selengkapnya|pula|video)\b|"
    r"(?:berita|artikel) terkait\b|"
    r"(?:advertisement|iklan)\b|gambas\b|\[gambas|"
    r"(?:ikuti|dapatkan|gabung|cek) (?:berita|update|artikel|channel|saluran|kami|di)\b.{0,200}"
    r"(?:google news|whatsapp|telegram|channel|saluran)|"
    r"(?:penulis|editor|reporter|pewarta|uploader|sumber foto|foto|tag|tags|topik)\s*:|copyright|©|"
    r"(?:dilihat|dibaca|dibagikan)\W+\d|\d+ (?:komentar|views?|pembaca)\b|\d+ (?:menit|jam|hari) (?:yang )?lalu\W*$|"
    r"(?:bagikan|sebarkan|share)\b.{0,60}$|"
    r"(?:terakhir )?diperbarui\W+(?:pada\W+)?(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|\d)|"
    r"\([a-z]{2,5}(?:/[a-z]{2,5})*\)\W*$)",
    re.IGNORECASE,
)
"""Lines around an article that come and go by themselves."""
MAX_FURNITURE_WORDS = 25
"""What is longer carries the article's own words behind such a beginning."""
_INLINE = re.compile(
    r"(?:advertisement\s+)?scroll to (?:continue with content|resume content)\s*|lanjutkan membaca\s*:?\s*|"
    r"(?<=[.!?”\"])\s+(?:baca juga|simak juga)\b\s*:?[^.!?]{5,180}$",
    re.IGNORECASE,
)
"""The same, inside a paragraph."""
_NOTE = re.compile(
    r"\bralat\b|\bkoreksi redaksi\b|\bcatatan redaksi\b|\bredaksi (?:telah |sudah )?(?:mengoreksi|meralat|memperbaiki|"
    r"(?:me)?mohon maaf|meminta maaf|menyampaikan (?:ralat|permohonan maaf))|"
    r"\b(?:artikel|berita|tulisan|judul(?: dan isi)?)(?: berita)? ini (?:telah |sudah )?"
    r"(?:diperbarui|dikoreksi|diralat|diperbaiki|disunting|diubah)\b|\bhak jawab\b|\bhak koreksi\b|"
    r"\bpermohonan maaf redaksi\b|\b(?:mohon|meminta) maaf atas (?:kekeliruan|kesalahan)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_QUOTE = re.compile(r"[“\"„]([^“”\"„]{15,800})[”\"“]")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAME = re.compile(r"(?<![.!?:“\"]\s)(?<![“\"„])(?<!^)(?:[A-Z][\w’'-]+|[A-Z]{2,})(?:\s+(?:[A-Z][\w’'-]+|[A-Z]{2,}))*")


@dataclass(frozen=True)
class Told:
    """One revision: what the outlet wrote, and how it was read then. Without a reading, tone says nothing."""

    title: str
    text: str
    tone: str = ""
    tone_score: float = 0.0
    model: str = ""

    @property
    def leaning(self) -> float:
        """Return the tone as a number, -1 negative to 1 positive."""
        return {"negative": -1.0, "positive": 1.0}.get(self.tone, 0.0) * self.tone_score


@dataclass(frozen=True)
class TitleEdit:
    """The headlines, how they differ, and the words that made one stronger than the other."""

    old: str
    new: str
    words: tuple[Words, ...]
    old_strength: float
    new_strength: float
    old_evidence: tuple[str, ...] = ()
    new_evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exchanged:
    """What only the old revision has, and what only the new one."""

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit:
    """An edit. `title` is None where the headline is the same; `limited` as in `TextDiff`."""

    kinds: tuple[EditKind, ...]
    title: TitleEdit | None
    paragraphs: tuple[Paragraph, ...]
    numbers: Exchanged = Exchanged()
    names: Exchanged = Exchanged()
    quotes_removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    limited: bool = False
    cosmetic_numbers: frozenset[int] = field(default_factory=frozenset)
    """Numbers, in the new text, of changed paragraphs whose change means nothing."""


def edit_between(old: Told, new: Told) -> Edit:
    """Return what was edited between two revisions."""
    before, after = (_without_furniture(paragraphs_of(one.text)) for one in (old, new))
    diff = diff_texts(before, after)
    cosmetic = frozenset(
        one.new_number
        for one in diff.paragraphs
        if one.change is Change.CHANGED and one.new_number is not None and is_cosmetic(one.words)
    )
    real = [one for one in diff.paragraphs if one.change is not Change.SAME and one.new_number not in cosmetic]
    if [word for one in before for word in keys_of(one.text)] == [word for one in after for word in keys_of(one.text)]:
        real = []
    title = _title_edit(old.title, new.title)
    notes, quotes = _notes(before, after), _quotes_removed(before, after) if real else ()
    kinds = [*_title_kinds(title, old, new), *_text_kinds(real)]
    kinds += [EditKind.QUOTE_REMOVED] if quotes else []
    kinds += [EditKind.CORRECTION_NOTE] if notes else []
    kinds += [EditKind.TONE_CHANGED] if kinds and _tone_changed(old, new) else []
    return Edit(
        tuple(dict.fromkeys(kinds)) or (EditKind.COSMETIC,),
        title,
        diff.paragraphs,
        _exchanged(_NUMBER, real, title),
        _exchanged(_NAME, real, None),
        quotes,
        notes,
        diff.limited,
        cosmetic,
    )


def _without_furniture(paragraphs: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    cleaned = (replace(one, text=_INLINE.sub("", one.text).strip()) for one in paragraphs)
    return tuple(one for one in cleaned if one.text and not is_furniture(one.text))


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page around the article, such as "Baca juga: …"."""
    return bool(_FURNITURE.match(line)) and not _NOTE.search(line) and len(line.split()) <= MAX_FURNITURE_WORDS


def is_cosmetic(words: tuple[Words, ...]) -> bool:
    """Whether the changed words of a paragraph mean nothing: punctuation, or a letter too much, too few, exchanged."""
    if not words:
        return False
    removed = [keys_of(one.text) for one in words if one.step is Step.REMOVED]
    added = [keys_of(one.text) for one in words if one.step is Step.ADDED]
    gone, come = ([word for part in parts for word in part] for parts in (removed, added))
    if gone == come:
        return True
    return len(gone) == len(come) and all(
        one == other or _is_typo(one, other) for one, other in zip(gone, come, strict=True)
    )


def _is_typo(one: str, other: str) -> bool:
    """Whether one word is the other with a letter more, a letter less, or two neighbours exchanged.

    Another letter at the same place makes too many real words ("benar", "besar").
    """
    if min(len(one), len(other)) < TYPO_CHARS or any(c.isdigit() for c in one + other):
        return False
    if is_weighty(one) or is_weighty(other):
        return False
    same_letters = sorted(one) == sorted(other)
    return OSA.distance(one, other) == 1 and (len(one) != len(other) or same_letters)


def _title_edit(old: str, new: str) -> TitleEdit | None:
    if keys_of(old) == keys_of(new):
        return None
    words = diff_words(old, new) or ()
    if is_cosmetic(words):
        return None
    before, after = strength_of(old), strength_of(new)
    return TitleEdit(
        old,
        new,
        words,
        before.score,
        after.score,
        tuple(one for one in (*before.harm, *before.easing) if one not in (*after.harm, *after.easing)),
        tuple(one for one in (*after.harm, *after.easing) if one not in (*before.harm, *before.easing)),
    )


def _title_kinds(title: TitleEdit | None, old: Told, new: Told) -> list[EditKind]:
    if title is None:
        return []
    softer = title.old_strength - title.new_strength
    happier = new.leaning - old.leaning if old.model and old.model == new.model else 0.0
    if is_turn(softer, happier):
        return [EditKind.TITLE_SOFTENED]
    if is_turn(-softer, -happier):
        return [EditKind.TITLE_SHARPENED]
    return [EditKind.TITLE_CHANGED]


def is_turn(by_words: float, by_tone: float) -> bool:
    """Whether a headline turned: clearly by its words and not against its tone, or by both together."""
    if by_words >= STRENGTH_STEP:
        return by_tone > -TONE_STEP
    return by_words >= STRENGTH_STEP / 2 and by_tone >= TONE_STEP


def _text_kinds(real: Iterable[Paragraph]) -> list[EditKind]:
    kinds: list[EditKind] = []
    for one in real:
        whole = len(keys_of(one.old or one.new)) >= MIN_PARAGRAPH_WORDS
        if one.change is Change.REMOVED and whole:
            kinds.append(EditKind.PARAGRAPH_REMOVED)
        elif one.change is Change.ADDED and whole:
            kinds.append(EditKind.PARAGRAPH_ADDED)
        else:
            kinds.append(EditKind.TEXT_CHANGED)
    return sorted(set(kinds), key=list(EditKind).index)


def _notes(before: tuple[Numbered, ...], after: tuple[Numbered, ...]) -> tuple[str, ...]:
    """Return the new sentences that say that the newsroom corrected something, or printed an answer."""
    known = {" ".join(keys_of(sentence)) for one in before for sentence in _SENTENCE.split(one.text)}
    said = {found.group().casefold() for one in before for found in _NOTE.finditer(one.text)}
    return tuple(
        sentence[:500]
        for one in after
        for sentence in _SENTENCE.split(one.text)
        if (found := _NOTE.search(sentence))
        and " ".join(keys_of(sentence)) not in known
        and found.group().casefold() not in said
    )


def _quotes_removed(before: tuple[Numbered, ...], after: tuple[Numbered, ...]) -> tuple[str, ...]:
    """Return what somebody was quoted with and is no longer: most of its words are nowhere in the new text."""
    new_runs = {run for one in after for run in runs_of(keys_of(one.text))}
    quoted = (found.group(1).strip() for one in before for found in _QUOTE.finditer(one.text))
    return tuple(
        quote
        for quote in dict.fromkeys(quoted)
        if len(keys_of(quote)) >= MIN_QUOTE_WORDS and share_in(keys_of(quote), new_runs) < 0.5
    )


def _tone_changed(old: Told, new: Told) -> bool:
    sure = min(old.tone_score, new.tone_score) >= SURE_TONE
    return bool(old.model) and old.model == new.model and old.tone != new.tone and sure


def _exchanged(pattern: re.Pattern[str], real: Iterable[Paragraph], title: TitleEdit | None) -> Exchanged:
    """Return what the pattern finds more often in the old, or in the new, of what was changed."""
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    pairs = [(one.old, one.new) for one in real if one.change is not Change.MOVED]
    for before, after in [*pairs, *([(title.old, title.new)] if title else [])]:
        old.update(pattern.findall(before))
        new.update(pattern.findall(after))
    return Exchanged(tuple(dict.fromkeys((old - new).elements())), tuple(dict.fromkeys((new - old).elements())))
