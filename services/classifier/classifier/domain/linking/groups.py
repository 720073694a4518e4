"""Finds names for several regions at once: Madura, Malang Raya, Tapal Kuda.

Such a name does not name each of its kabupaten, so it is no mention of them. It stays visible as a body of its own
among the others, and the router rolls it up to the Bakorwil of its members.
"""

from collections.abc import Sequence

from contract.gazetteer import Gazetteer
from contract.messages import Jurisdiction

from classifier.domain.linking.records import Other, Rule
from classifier.domain.text import Token, name_tokens, word_set

_NOT_A_PLACE_BEFORE = word_set("""sate bahasa suku orang etnis batik soto bebek sapi kerapan karapan universitas jalan
    selat garam tari radar pulau-pulau ra kopi jamu""")
_NOT_A_PLACE_AFTER = word_set("united fc jalan mart")
_ABBREVIATED = {"bts"}


class GroupFinder:
    """Finds groups of regions by their names in capitals."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for group in gazetteer.region_groups:
            for alias in group.aliases:
                words = name_tokens(alias)
                if words and words[0] not in _ABBREVIATED:
                    self._by_first.setdefault(words[0], []).append((words, group.id))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: Sequence[Token]) -> list[Other]:
        """Return the groups named, in reading order."""
        out: list[Other] = []
        for i, token in enumerate(tokens):
            if token.norm not in self._by_first or not token.is_capital:
                continue
            found = self._at(tokens, i)
            if found is not None:
                out.append(found)
        return out

    def _at(self, tokens: Sequence[Token], i: int) -> Other | None:
        if i and tokens[i - 1].norm in _NOT_A_PLACE_BEFORE:
            return None
        for words, group in self._by_first[tokens[i].norm]:
            last = i + len(words)
            part = tokens[i:last]
            if tuple(token.norm for token in part) != words or not all(token.is_capital for token in part):
                continue
            if last < len(tokens) and tokens[last].norm in _NOT_A_PLACE_AFTER:
                return None
            name = " ".join(token.text for token in part)
            return Other(name, group, part[0].start, part[-1].end, Jurisdiction.KABUPATEN_KOTA, Rule.REGION_GROUP)
        return None
