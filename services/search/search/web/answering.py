"""The forms by which a person answers with one click: what each button says, and what travels with it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.domain.questions import Question
from search.domain.vocabulary import CATEGORY_LABELS
from search.web import words
from search.web.evidence import Run, runs

Json = Mapping[str, Any]

TONES = ("positive", "neutral", "negative")
SEVERITIES = range(1, 6)
OFFICE = ("opd", "unit")
UNSURE = ("ragu", "ya")
"""The field that says that nobody had answered yet when the page was made."""


@dataclass(frozen=True)
class Button:
    """One answer; `value` is `what:after`."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class AnswerForm:
    """A form about one reading of one article: hidden fields, buttons, and what it is about."""

    label: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[Button, ...]
    question: Question | None = None
    evidence: tuple[Run, ...] = ()


def token() -> str:
    """Return what tells the forms of one view of a page from those of another."""
    return secrets.token_hex(8)


def fields(
    item: Json, back: str, *, expected: str = "", kind: str = "", entity_id: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return the hidden fields that every answer carries."""
    found = {
        "artikel": item["id"],
        "revisi": str(item["revision"]),
        "lihat": expected,
        "jenis": kind,
        "badan": entity_id,
        "kembali": back,
    }
    return tuple((name, value) for name, value in found.items() if value)


def question_forms(item: Json, questions: Iterable[Question], back: str) -> list[AnswerForm]:
    """Return a form for each question of an article."""
    return [
        AnswerForm(
            one.label,
            (*fields(item, back, expected=one.guess, kind=one.kind, entity_id=one.entity_id), UNSURE),
            _buttons(one),
            one,
            tuple(runs(one.evidence, one.cues)),
        )
        for one in questions
    ]


def _buttons(one: Question) -> tuple[Button, ...]:
    tones = tuple(Button(words.TONES[tone], f"{one.about}:{tone}", tone) for tone in TONES)
    if one.about == "tone":
        return tones
    return (*tones, Button("Bukan tentang ini", removal(derived=one.derived)))


def removal(*, derived: bool) -> str:
    """Return the value of the button that takes an agency away: a body that the text does not name is unassigned."""
    return "assignment:removed" if derived else "mention:removed"


def mention_form(item: Json, mention: Json, back: str) -> AnswerForm | None:
    """Return the form that corrects what is said of one body of an article; none for what only rolls up to an area."""
    kind, body = mention["kind"], mention["id"]
    if kind == "bakorwil":
        return None
    unnamed = mention["derived"] or mention["rule"] == "own_site"
    gone = Button("Bukan tentang ini", removal(derived=unnamed))
    unsure = mention["uncertain"]
    tones = tuple(
        Button(words.TONES[tone], f"sentiment:{tone}", tone)
        for tone in TONES
        if kind in OFFICE and (unsure or tone != mention["sentiment"])
    )
    given = fields(item, back, expected=mention["sentiment"], kind=kind, entity_id=body)
    return AnswerForm(mention["label"], given, (*tones, gone))


def tone_form(item: Json, back: str) -> AnswerForm:
    """Return the form that corrects the tone of an article."""
    buttons = tuple(
        Button(words.TONES[tone], f"tone:{tone}", tone)
        for tone in TONES
        if item["tone_uncertain"] or tone != item["tone"]
    )
    return AnswerForm("Nada berita", fields(item, back, expected=item["tone"]), buttons)


def origin_form(item: Json, back: str) -> AnswerForm:
    """Return the form that corrects whose words an article is."""
    buttons = tuple(Button(label, f"origin:{key}") for key, label in words.ORIGINS.items() if key != item["origin"])
    return AnswerForm("Asal berita", fields(item, back, expected=item["origin"]), buttons)


def severity_form(item: Json, back: str) -> AnswerForm:
    """Return the form that corrects how grave an article is."""
    buttons = tuple(Button(str(level), f"severity:{level}") for level in SEVERITIES if level != item["severity"])
    return AnswerForm("Keparahan", fields(item, back, expected=str(item["severity"])), buttons)


@dataclass(frozen=True)
class CategoryForm:
    """The form that corrects what an article is about: each category, and whether it is one now."""

    fields: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str, bool], ...]


def category_form(item: Json, back: str) -> CategoryForm:
    """Return the form of the categories. One of an older list can be taken off, not chosen."""
    now = item["category"]
    choices = tuple((key, label, key in now) for key, label in CATEGORY_LABELS.items())
    return CategoryForm(fields(item, back, expected=",".join(now)), choices)


def suggestion_form(item: Json, entity_id: str, label: str, back: str) -> AnswerForm:
    """Return the form that takes up a suggestion."""
    given = fields(item, back, expected="removed", kind="opd", entity_id=entity_id)
    return AnswerForm(label, given, (Button("Ya, ini urusannya", "assignment:added"),))
