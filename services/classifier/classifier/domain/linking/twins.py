"""Tells a kabupaten from the kota of the same name by what else the article says."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract.gazetteer import Gazetteer

from classifier.domain.linking.records import Rule
from classifier.domain.text import Token, name_tokens

_KAB_ACTORS = frozenset({"bupati", "wabup", "pemkab"})
_KOTA_ACTORS = frozenset({"wawali", "pemkot", "polrestabes"})
_USUAL: Mapping[str, str] = {
    "malang": "kota-malang",
    "madiun": "kota-madiun",
    "blitar": "kab-blitar",
    "kediri": "kota-kediri",
    "mojokerto": "kab-mojokerto",
    "pasuruan": "kab-pasuruan",
    "probolinggo": "kab-probolinggo",
}
"""Where nothing decides: what the press mostly means. The other one is kept as an alternative."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A token that names a region, with its compared form."""

    index: int
    norm: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The region taken, by which rule, and what else it may be."""

    region_id: str
    rule: Rule
    alternatives: tuple[str, ...] = ()


class Said:
    """Where an article says of a name which of the twins it means. Places are added in reading order."""

    def __init__(self) -> None:
        self._indexes: list[int] = []
        self._regions: list[str] = []
        self.in_lists: set[str] = set()
        """Those said in a list of figures: "Kota Blitar: 3.897"."""

    def add(self, index: int, region: str, *, is_listed: bool) -> None:
        self._indexes.append(index)
        self._regions.append(region)
        if is_listed:
            self.in_lists.add(region)

    def nearest(self, index: int) -> str:
        """Return the region said nearest to a token; of two as near, the one before it."""
        after = bisect_left(self._indexes, index)
        sides = [at for at in (after - 1, after) if 0 <= at < len(self._indexes)]
        return self._regions[min(sides, key=lambda at: abs(self._indexes[at] - index))]


class KecamatanIndex:
    """Kecamatan and other place cues by name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._parents: dict[tuple[str, ...], set[str]] = {}
        self._plain: set[tuple[str, ...]] = set()
        for row in gazetteer.kecamatan:
            words = name_tokens(row.name)
            self._parents.setdefault(words, set()).add(row.parent_id)
            if not row.common_word:
                self._plain.add(words)
        for region in gazetteer.regions:
            for cue in region.place_cues:
                words = name_tokens(cue)
                if words and words[0] != "kec":
                    self._parents.setdefault(words, set()).add(region.id)
                    self._plain.add(words)

    def parents(self, *words: str) -> tuple[str, ...]:
        """Return the regions that have a kecamatan or place of this name."""
        return tuple(sorted(self._parents.get(tuple(words), ())))

    def is_plain(self, *words: str) -> bool:
        """Return True for a name that is not also a common word."""
        return tuple(words) in self._plain


class TwinResolver:
    """Resolves a name that a kabupaten and a kota share."""

    def __init__(self, kecamatan: KecamatanIndex, types: Mapping[str, str]) -> None:
        self._kecamatan = kecamatan
        self._types = types

    def resolve(
        self,
        tokens: Sequence[Token],
        spot: Spot,
        ids: tuple[str, ...],
        said: Said | None,
        guesses: dict[tuple[str, ...], tuple[str, Rule] | None],
    ) -> Choice:
        """Return the choice for one name; nearest evidence first.

        `guesses` keeps what the article as a whole says of a pair, since that is the same for each of its names.
        """
        beside = self._kecamatan_before(tokens, spot.index, ids)
        if beside is not None:
            return Choice(beside, Rule.REGION_KECAMATAN)
        if said is not None:
            return Choice(said.nearest(spot.index), Rule.REGION_ARTICLE)
        if ids not in guesses:
            guesses[ids] = self._by_article(tokens, ids)
        guess = guesses[ids]
        if guess is not None:
            return Choice(*guess)
        usual = _USUAL.get(spot.norm, ids[0])
        return Choice(usual, Rule.REGION_UNDECIDED, tuple(region for region in ids if region != usual))

    def _by_article(self, tokens: Sequence[Token], ids: tuple[str, ...]) -> tuple[str, Rule] | None:
        by_kecamatan = self._kecamatan_anywhere(tokens, ids)
        if by_kecamatan is not None:
            return by_kecamatan, Rule.REGION_KECAMATAN
        by_actor = self._by_actor(tokens, ids)
        return (by_actor, Rule.REGION_ARTICLE) if by_actor is not None else None

    def _kecamatan_before(self, tokens: Sequence[Token], index: int, ids: tuple[str, ...]) -> str | None:
        """Return the twin in whose kecamatan the words "Kutorejo, Mojokerto" lie."""
        if index < 2 or tokens[index - 1].text not in ",(":
            return None
        for width in (1, 2):
            words = tuple(token.norm for token in tokens[max(0, index - 1 - width) : index - 1])
            inside = [region for region in self._kecamatan.parents(*words) if region in ids]
            if len(inside) == 1 and tokens[index - 2].is_capital:
                return inside[0]
        return None

    def _kecamatan_anywhere(self, tokens: Sequence[Token], ids: tuple[str, ...]) -> str | None:
        votes: dict[str, int] = {}
        for i, token in enumerate(tokens):
            if not token.is_capital:
                continue
            has_cue = i > 0 and tokens[i - 1].norm in {"kec", "camat", "polsek", "koramil"}
            for width in (1, 2):
                words = tuple(part.norm for part in tokens[i : i + width])
                parents = self._kecamatan.parents(*words)
                if len(words) == width and (has_cue or self._kecamatan.is_plain(*words)) and words[0] not in {"malang"}:
                    for region in parents:
                        if region in ids and len([p for p in parents if p in ids]) == 1:
                            votes[region] = votes.get(region, 0) + (3 if has_cue else 1)
        if not votes:
            return None
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None

    def _by_actor(self, tokens: Sequence[Token], ids: tuple[str, ...]) -> str | None:
        norms = {token.norm for token in tokens}
        kab, kota = bool(norms & _KAB_ACTORS), bool(norms & _KOTA_ACTORS)
        if kab == kota:
            return None
        wanted = "kabupaten" if kab else "kota"
        return next((region for region in ids if self._types[region] == wanted), None)
