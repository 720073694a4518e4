"""The corrections of an article in words: who changed what from what to what, when, why, and whether it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.domain.vocabulary import CATEGORY_LABELS, Vocabulary
from search.web import words

_SAID: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("tone", "sentiment"), words.TONES),
    "origin": words.ORIGINS,
    "mention": {"added": "disebut", "removed": "tidak disebut"},
    "assignment": {"added": "perlu melihat", "removed": "tidak perlu melihat"},
}


@dataclass(frozen=True)
class Entry:
    """One correction. `can_withdraw` where it holds and is a person's own of this article."""

    correction_id: str
    at: str
    by: str
    note: str
    subject: str
    before: str
    after: str
    state: str
    told: str
    can_withdraw: bool
    copied_from: str = ""


def entries(found: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> list[Entry]:
    """Return the corrections as the page tells them, in the order given. Withdrawals are told with what they undo."""
    rows = list(found)
    undone = {row["withdraws"]: row for row in rows if row.get("withdraws")}
    told = []
    for row in rows:
        if row.get("withdraws"):
            continue
        state = _state(row, undone)
        told.append(
            Entry(
                row["correction_id"],
                row["at"],
                row["by"],
                row.get("note", ""),
                subject(row, vocabulary),
                said(row["what"], row.get("before") if row.get("before") is not None else row.get("expected")),
                said(row["what"], row.get("after")),
                state,
                _told(state, row, undone),
                state == "in_force" and row.get("origin", "person") == "person",
                row.get("copied_from") or "",
            )
        )
    return told


def subject(row: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """Return what is corrected, such as `Nada terhadap Dinas Kesehatan`."""
    body = vocabulary.label_of_entity(row.get("entity_id") or "", row.get("kind") or "")
    return {
        "tone": "Nada berita",
        "sentiment": f"Nada terhadap {body}",
        "mention": body,
        "assignment": body,
        "category": "Kategori",
        "severity": "Keparahan",
        "origin": "Asal berita",
    }.get(str(row["what"]), str(row["what"]))


def said(what: str, value: Any) -> str:
    """Return a value in words."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(CATEGORY_LABELS.get(str(one), str(one)).lower() for one in value) or "tanpa kategori"
    known = _SAID.get(what, {})
    return known.get(str(value), str(value)).lower()


def _state(row: Mapping[str, Any], undone: Mapping[str, Mapping[str, Any]]) -> str:
    if row.get("outcome") == "conflict":
        return "conflict"
    if row["correction_id"] in undone or row.get("withdrawn"):
        return "withdrawn"
    return "in_force" if row.get("in_force", True) else "replaced"


def _told(state: str, row: Mapping[str, Any], undone: Mapping[str, Mapping[str, Any]]) -> str:
    if state == "conflict":
        return f"tidak berlaku: {row.get('set_by') or 'orang lain'} sudah lebih dulu menjawab lain"
    if state == "withdrawn":
        by = undone.get(row["correction_id"], {}).get("by", "")
        return f"dibatalkan oleh {by}" if by else "dibatalkan"
    if state == "replaced":
        return "sudah diganti"
    told = "ikut berlaku dari salinannya" if row.get("origin") == "copy" else "berlaku"
    return f"{told}; media mengubah isinya sesudah itu, lihat lagi" if row.get("stale") else told
