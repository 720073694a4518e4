"""Looks place names up at a token: regions of East Java, other provinces, and towns outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contract.gazetteer import Gazetteer

from classifier.domain.text import Token, name_tokens


class PlaceKind(StrEnum):
    """Where a place lies."""

    REGION = "region"
    OTHER_PROVINCE = "other_province"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Place:
    """A place name found: how many tokens it takes, and the regions of East Java it can mean."""

    kind: PlaceKind
    width: int
    region_ids: tuple[str, ...] = ()


_WORDS_TOO = frozenset(
    name_tokens(name)[0]
    for name in (
        "Kota",
        "Metro",
        "Banjar",
        "Batang",
        "Karo",
        "Bone",
        "Serang",
        "Demak",
        "Solo",
        "Siak",
        "Muna",
        "Buru",
        "Kaur",
        "Paser",
        "Alor",
        "Belu",
        "Lingga",
        "Asahan",
        "Kapuas",
        "Landak",
        "Pati",
        "Malaka",
        "Bima",
        "Toba",
        "Sigi",
        "Padang",
        "Agam",
        "Bandar",
        "Tual",
        "Bangka",
        "Kampar",
        "Puncak",
        "Barru",
        "Luwu",
    )
)
"""Names that are also words or parts of names: they count only behind "Kabupaten", "Kota" or an agency."""


class Places:
    """The place names, ready for look-up by compared words."""

    def __init__(self, gazetteer: Gazetteer, outside_lines: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], PlaceKind, tuple[str, ...]]]] = {}
        short: dict[tuple[str, ...], list[str]] = {}
        for region in gazetteer.regions:
            short.setdefault(name_tokens(region.short_name), []).append(region.id)
        self.regions_of_short: dict[str, tuple[str, ...]] = {}
        for words, ids in short.items():
            self._add(words, PlaceKind.REGION, tuple(sorted(ids)))
            self.regions_of_short[words[0]] = tuple(sorted(ids))
        for line in outside_lines:
            if line.strip() and not line.startswith("#"):
                provinces, _, towns = line.partition("|")
                for names, kind in ((provinces, PlaceKind.OTHER_PROVINCE), (towns, PlaceKind.OUTSIDE)):
                    for name in filter(None, (part.strip() for part in names.split(","))):
                        self._add(name_tokens(name), kind, ())
        self.words = frozenset(word for entries in self._by_first.values() for words, _, _ in entries for word in words)
        """Every word that a place name holds, compared."""
        self.near_words = frozenset({"jatim", *self.regions_of_short})
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, words: tuple[str, ...], kind: PlaceKind, ids: tuple[str, ...]) -> None:
        self._by_first.setdefault(words[0], []).append((words, kind, ids))

    def at(self, tokens: Sequence[Token], index: int, *, governed: bool = True) -> Place | None:
        """Return the longest place name that starts at a token, None when there is none.

        Only capitalised words are places. Without `governed`, a name that is also a word does not count.
        """
        if index >= len(tokens) or not tokens[index].is_capital:
            return None
        for words, kind, ids in self._by_first.get(tokens[index].norm, ()):
            if tuple(token.norm for token in tokens[index : index + len(words)]) == words:
                if not governed and len(words) == 1 and words[0] in _WORDS_TOO:
                    return None
                return Place(kind, len(words), ids)
        return None
