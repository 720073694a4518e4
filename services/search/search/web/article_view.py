"""What the article page shows of a reading, made before the template: boxes, suggestions, bodies of others. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.domain.vocabulary import Vocabulary
from search.web import words
from search.web.answering import (
    AnswerForm,
    CategoryForm,
    category_form,
    mention_form,
    origin_form,
    severity_form,
    suggestion_form,
    tone_form,
)
from search.web.evidence import Run, runs
from search.web.history import said

Json = dict[str, Any]

_ORDER = {"unit": 0, "opd": 1, "region": 2, "bakorwil": 3}


@dataclass(frozen=True)
class Box:
    """One body beside the text: how it is spoken of, on what evidence, and the form that corrects it.

    `machine` is what the machine said, in words, where a person says otherwise.
    """

    mention: Json
    evidence: list[Run]
    form: AnswerForm | None
    number: int = 0
    machine: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToneBox:
    """The tone of the article, with its evidence and the forms that correct what is said of the article as a whole."""

    evidence: list[Run]
    form: AnswerForm
    origin: AnswerForm
    severity: AnswerForm
    category: CategoryForm


def boxes(item: Json, vocabulary: Vocabulary, back: str) -> list[Box]:
    """Return the bodies in the order of the page: units, agencies, places, areas. Areas carry no number."""
    before = {(one["kind"], one["id"]): one for one in item["machine"].get("mentions", ())}
    corrected = "mentions" in item["machine"]
    found = []
    ordered = sorted(item["mentions"], key=lambda one: (_ORDER[one["kind"]], one["label"]))
    for place, one in enumerate(ordered, start=1):
        was = before.get((one["kind"], one["id"]))
        found.append(
            Box(
                one,
                runs(one["evidence"], one["cues"]) if one["kind"] in ("opd", "unit") else [],
                mention_form(item, one, back),
                place if one["kind"] != "bakorwil" else 0,
                _machine_said(one, was) if corrected and one["corrected"] else "",
                tuple(vocabulary.unit.get(via) or vocabulary.region.get(via) or via for via in one["via"]),
            )
        )
    return found


def _machine_said(now: Json, was: Mapping[str, Any] | None) -> str:
    if was is None:
        return "mesin tidak melihatnya"
    if was["sentiment"] == now["sentiment"] and not was.get("uncertain"):
        return ""
    return sentiment_words(was["sentiment"], was["score"], unsure=bool(was.get("uncertain")))


def sentiment_words(label: str, score: float, *, unsure: bool) -> str:
    """Return the machine's opinion: `mesin: negatif, 71%` or, where it was unsure, that it was."""
    told = f"mesin: {words.TONES[label].lower()}, {words.percent(score)}"
    return f"{told}, ragu" if unsure else told


def tone_box(item: Json, back: str) -> ToneBox:
    return ToneBox(
        runs(item["tone_evidence"], item["tone_cues"]),
        tone_form(item, back),
        origin_form(item, back),
        severity_form(item, back),
        category_form(item, back),
    )


def machine_words(item: Json, vocabulary: Vocabulary) -> dict[str, str]:
    """Return what the machine said of the article where a person says otherwise.

    By `tone`, `origin`, `severity` and `category`; by `removed` the bodies that it had seen.
    """
    was = item["machine"]
    found: dict[str, str] = {}
    if "tone" in was:
        unsure = bool(was.get("tone_uncertain"))
        found["tone"] = sentiment_words(was["tone"], was.get("tone_score", item["tone_score"]), unsure=unsure)
    if "origin" in was and "origin" in item["corrected_fields"]:
        found["origin"] = words.ORIGINS[was["origin"]].lower()
    if "severity" in was and "severity" in item["corrected_fields"]:
        found["severity"] = str(was["severity"])
    if "category" in was and "category" in item["corrected_fields"]:
        found["category"] = said("category", was["category"])
    there = {(one["kind"], one["id"]) for one in item["mentions"]}
    gone = [
        vocabulary.label_of_entity(one["id"], one["kind"])
        for one in was.get("mentions", ())
        if (one["kind"], one["id"]) not in there
    ]
    if gone:
        found["removed"] = ", ".join(gone)
    return found


def others(reading: Json) -> list[tuple[str, str]]:
    """Return (name, whose matter it is) of the bodies that are named and are not the province's."""
    found = {one["name"]: words.JURISDICTIONS.get(one["jurisdiction"], "") for one in reading.get("others", ())}
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0]))


@dataclass(frozen=True)
class Proposal:
    """A suggestion: the agency, why (`reason` in the router's words), and the form that takes it up."""

    entity_id: str
    label: str
    score: float
    keywords: tuple[str, ...]
    evidence: list[Run]
    form: AnswerForm
    reason: str = ""


def suggestions(item: Json, vocabulary: Vocabulary, back: str) -> list[Proposal]:
    """Return the suggestions that nobody has taken up yet."""
    there = set(item["opd"])
    found: Iterable[Mapping[str, Any]] = item["reading"].get("suggestions", ())
    return [
        Proposal(
            one["entity_id"],
            label := vocabulary.label("opd", one["entity_id"]),
            one["score"],
            tuple(one.get("keywords", ())),
            runs(one.get("evidence", ""), one.get("keywords", ())),
            suggestion_form(item, one["entity_id"], label, back),
            one.get("reason", ""),
        )
        for one in found
        if one["entity_id"] not in there
    ]
