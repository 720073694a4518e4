"""What a person is asked about an article: the readings that are too uncertain to count.

One question is about the tone of the article, or about how it speaks of one agency. An agency that is only rolled up
from units that are asked about themselves is left out: the answer for the unit settles it too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.domain.conditions import AGENCIES
from search.domain.vocabulary import Vocabulary

Json = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One question; `kind` and `entity_id` are empty for the tone. `guess` is what the machine leans to."""

    about: str
    guess: str
    score: float
    evidence: str
    label: str
    cues: tuple[str, ...] = ()
    speaker: str = ""
    kind: str = ""
    entity_id: str = ""
    derived: bool = False
    reason: str = ""


def questions_of(source: Mapping[str, Any], vocabulary: Vocabulary, asked: Iterable[str] = ()) -> list[Question]:
    """Return the questions of an article, those about the agencies asked for alone where any is; the tone last."""
    wanted = set(asked)
    rows = [row for row in source.get("mentions", ()) if row["kind"] in AGENCIES and row.get("uncertain")]
    direct = {row["id"] for row in rows if not row.get("derived")}
    rows = [row for row in rows if not (row.get("derived") and set(row.get("via", ())) & direct)]
    about = [row for row in rows if not wanted or row["id"] in wanted or wanted & _over(row, vocabulary)]
    found = [_toward(row, vocabulary) for row in sorted(about, key=lambda row: (row["kind"] != "unit", row["id"]))]
    if source.get("tone_uncertain"):
        found.append(_tone(source))
    return found


def _over(row: Mapping[str, Any], vocabulary: Vocabulary) -> set[str]:
    """Return the agency above a unit, who asks about its units too."""
    parent = vocabulary.unit_opd.get(row["id"]) if row["kind"] == "unit" else None
    return {parent} if parent else set()


def _toward(row: Mapping[str, Any], vocabulary: Vocabulary) -> Question:
    return Question(
        "sentiment",
        row["sentiment"],
        row["score"],
        row.get("evidence", ""),
        vocabulary.label_of_entity(row["id"], row["kind"]),
        tuple(row.get("cues", ())),
        row.get("speaker") or "",
        row["kind"],
        row["id"],
        bool(row.get("derived")),
    )


def _tone(source: Mapping[str, Any]) -> Question:
    return Question(
        "tone",
        source["tone"],
        source["tone_score"],
        source.get("tone_evidence", ""),
        "Nada berita",
        tuple(source.get("tone_cues", ())),
        source.get("tone_speaker") or "",
        reason=source.get("needs_reading_reason", ""),
    )
