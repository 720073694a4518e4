"""Edits made by rule in real articles: what means nothing must stay unsaid, what is lost must be told.

The texts stay outside the repository; only how they are changed stands here.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from search.domain.diffing import keys_of
from search.domain.edits import EditKind, Told, edit_between

pytestmark = pytest.mark.quality

Paragraphs = list[str]
ARTICLES = 400
FURNITURE = re.compile(r"^(?:baca|simak|lihat|tonton|saksikan)\b|^(?:editor|penulis)\b", re.IGNORECASE)
"""Lines around an article that stand in the collected texts: nothing is lost with them, so none is taken away here."""
MIN_PARAGRAPHS = 4
FLOOR_SILENT, FLOOR_TOLD = 0.99, 0.98
"""Share of cosmetic changes that are called cosmetic, and of real ones whose kind is told and no other kind of loss."""


@pytest.fixture(scope="module")
def articles(shared_data: Path) -> list[tuple[str, Paragraphs]]:
    found = []
    with (shared_data / "news" / "articles.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            parts = dict.fromkeys(part.strip() for part in one["text"].split("\n\n"))
            paragraphs = [part for part in parts if len(keys_of(part)) >= 8 and not FURNITURE.search(part)]
            if len(paragraphs) >= MIN_PARAGRAPHS:
                found.append((one["title"], paragraphs))
    random.Random(11).shuffle(found)
    return found[:ARTICLES]


def related(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    at = rng.randrange(1, len(parts))
    return [*parts[:at], "Baca juga: Harga beras di pasar tradisional naik lagi", *parts[at:]]


def spaces(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    return [re.sub(r" (?=\w)", lambda _: rng.choice([" ", "  ", " "]), part) for part in parts]


def quotes(parts: Paragraphs, _rng: random.Random) -> Paragraphs:
    return [part.replace('"', "”").replace("'", "’").replace(" - ", " – ") for part in parts]


def joined(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    at = rng.randrange(len(parts) - 1)
    return [*parts[:at], f"{parts[at]} {parts[at + 1]}", *parts[at + 2 :]]


def signed(parts: Paragraphs, _rng: random.Random) -> Paragraphs:
    return [*parts, "Editor: Tim Redaksi", "(abc/xyz)"]


COSMETIC: dict[str, Callable[[Paragraphs, random.Random], Paragraphs]] = {
    "related link": related,
    "spaces": spaces,
    "typography": quotes,
    "joined paragraphs": joined,
    "credits": signed,
}


def lost(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    at = rng.randrange(1, len(parts))
    return [*parts[:at], *parts[at + 1 :]]


def added(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    at = rng.randrange(1, len(parts) + 1)
    new = "Pemerintah daerah kemudian mengirim utusan untuk mendengar keterangan warga di balai kelurahan setempat."
    return [*parts[:at], new, *parts[at:]]


def numbered(parts: Paragraphs, rng: random.Random) -> Paragraphs | None:
    places = [at for at, part in enumerate(parts) if re.search(r"\b\d{1,3}\b", part)]
    if not places:
        return None
    at = rng.choice(places)
    changed = re.sub(r"\b\d{1,3}\b", lambda found: str(int(found.group()) + 1), parts[at], count=1)
    return [*parts[:at], changed, *parts[at + 1 :]]


def denied(parts: Paragraphs, rng: random.Random) -> Paragraphs:
    at = rng.randrange(len(parts))
    words = parts[at].split(" ")
    place = rng.randrange(1, len(words))
    return [*parts[:at], " ".join([*words[:place], "tidak", *words[place:]]), *parts[at + 1 :]]


def corrected(parts: Paragraphs, _rng: random.Random) -> Paragraphs:
    return [*parts, "Ralat: nama lembaga dalam berita ini semula keliru ditulis. Redaksi mohon maaf kepada pembaca."]


TOLD: dict[str, tuple[Callable[[Paragraphs, random.Random], Paragraphs | None], EditKind, frozenset[EditKind]]] = {
    "lost paragraph": (lost, EditKind.PARAGRAPH_REMOVED, frozenset({EditKind.QUOTE_REMOVED})),
    "added paragraph": (added, EditKind.PARAGRAPH_ADDED, frozenset()),
    "changed number": (numbered, EditKind.TEXT_CHANGED, frozenset()),
    "inserted denial": (denied, EditKind.TEXT_CHANGED, frozenset()),
    "ralat": (corrected, EditKind.CORRECTION_NOTE, frozenset({EditKind.PARAGRAPH_ADDED})),
}


def pairs(
    articles: list[tuple[str, Paragraphs]], change: Callable[[Paragraphs, random.Random], Paragraphs | None]
) -> Iterator[tuple[Told, Told]]:
    rng = random.Random(12)
    for title, parts in articles:
        made = change(parts, rng)
        if made is not None:
            yield Told(title, "\n\n".join(parts)), Told(title, "\n\n".join(made))


@pytest.mark.parametrize("name", COSMETIC)
def test_what_means_nothing_is_not_told(articles: list[tuple[str, Paragraphs]], name: str) -> None:
    found = [(edit_between(old, new).kinds, old.title) for old, new in pairs(articles, COSMETIC[name])]
    wrong = [(kinds, title) for kinds, title in found if kinds != (EditKind.COSMETIC,)]
    print(
        f"{name}: {1 - len(wrong) / len(found):.4f} of {len(found)} silent (floor {FLOOR_SILENT})", *wrong[:5], sep="\n"
    )
    assert 1 - len(wrong) / len(found) >= FLOOR_SILENT


@pytest.mark.parametrize("name", TOLD)
def test_what_is_changed_is_told_as_what_it_is(articles: list[tuple[str, Paragraphs]], name: str) -> None:
    change, wanted, also = TOLD[name]
    found = [(set(edit_between(old, new).kinds), old.title) for old, new in pairs(articles, change)]
    wrong = [(kinds, title) for kinds, title in found if wanted not in kinds or kinds - {wanted} - also]
    print(f"{name}: {1 - len(wrong) / len(found):.4f} of {len(found)} told (floor {FLOOR_TOLD})", *wrong[:5], sep="\n")
    print(Counter(kind for kinds, _ in wrong for kind in kinds))
    assert 1 - len(wrong) / len(found) >= FLOOR_TOLD
