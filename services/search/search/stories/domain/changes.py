"""What a copy changed of the article it copies: title, paragraphs, numbers. Told in few words. Pure."""

from dataclasses import dataclass
from typing import Any

from search.domain.diffing import Change, diff_texts, paragraphs_of
from search.stories.domain.wording import wording_of

MAX_SHOWN = 4
MAX_SHOWN_CHARS = 280


@dataclass(frozen=True)
class Changes:
    """Counts of paragraphs, some of those that are gone or new, and the numbers that differ."""

    title_changed: bool
    same: int
    changed: int
    moved: int
    removed: int
    added: int
    removed_text: tuple[str, ...]
    added_text: tuple[str, ...]
    numbers_gone: tuple[str, ...]
    numbers_new: tuple[str, ...]
    summary: str

    def as_json(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in ((name, getattr(self, name)) for name in Changes.__dataclass_fields__)
        }


def changes_between(first: tuple[str, str], copy: tuple[str, str]) -> Changes:
    """Return what the second (title, text) changed of the first."""
    paragraphs = diff_texts(paragraphs_of(first[1]), paragraphs_of(copy[1])).paragraphs
    of: dict[Change, list[str]] = {kind: [] for kind in Change}
    for one in paragraphs:
        of[one.change].append(one.new or one.old)
    old, new = (wording_of(*each).numbers for each in (first, copy))
    counts = {kind: len(texts) for kind, texts in of.items()}
    return Changes(
        title_changed=first[0].strip().casefold() != copy[0].strip().casefold(),
        same=counts[Change.SAME],
        changed=counts[Change.CHANGED],
        moved=counts[Change.MOVED],
        removed=counts[Change.REMOVED],
        added=counts[Change.ADDED],
        removed_text=_shown(of[Change.REMOVED]),
        added_text=_shown(of[Change.ADDED]),
        numbers_gone=tuple(sorted(old - new)[:MAX_SHOWN]),
        numbers_new=tuple(sorted(new - old)[:MAX_SHOWN]),
        summary=_summary(first[0].strip().casefold() != copy[0].strip().casefold(), counts),
    )


def _shown(texts: list[str]) -> tuple[str, ...]:
    return tuple(text[:MAX_SHOWN_CHARS] for text in texts[:MAX_SHOWN])


def _summary(title_changed: bool, counts: dict[Change, int]) -> str:
    words = {
        Change.REMOVED: "paragraf dibuang",
        Change.ADDED: "paragraf ditambahkan",
        Change.CHANGED: "paragraf diubah",
        Change.MOVED: "paragraf dipindah",
    }
    parts = ["judul diganti"] if title_changed else []
    parts += [f"{counts[kind]} {said}" for kind, said in words.items() if counts[kind]]
    return ", ".join(parts) if parts else "sama persis"
