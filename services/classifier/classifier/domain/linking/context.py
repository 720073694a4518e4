"""What the article as a whole says about whose matter it is: words that count for the province, or against."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.text import Token

PROVINCE_CUES = frozenset({"pemprov", "gubernur", "wagub", "khofifah", "emil", "sekdaprov", "setdaprov", "gubernuran"})
LOCAL_CUES = frozenset(
    {"bupati", "wabup", "wali", "wawali", "pemkab", "pemkot", "camat", "kades", "lurah", "polres", "polresta"}
)
MINISTRY_CUES = frozenset(
    {
        "kementerian",
        "kemen",
        "dirjen",
        "ditjen",
        "direktorat",
        "menteri",
        "kemenkes",
        "kemendagri",
        "kemendikbud",
        "kemenkominfo",
        "kementrian",
        "mentri",
        "wamen",
        "irjen",
        "itjen",
        "sekjen",
        "kemendikdasmen",
        "kemenpu",
        "kemenpupr",
        "komdigi",
        "bnpb",
        "polri",
        "tni",
        "kejagung",
        "mabes",
        "kemensos",
        "kemenhub",
        "kemenhut",
    }
)

_WORDS = frozenset({"malang", "batu"})
"""Names of regions that are words as well: no evidence of where an article plays."""


@dataclass(frozen=True, slots=True)
class Context:
    """Counts over a whole article, and the sentence number of each token."""

    n_jatim: int
    n_other_province: int
    n_outside: int
    n_regions: int
    n_province_cues: int
    n_local_cues: int
    sentence_of: tuple[int, ...]
    towns: frozenset[str]
    """The first words of all places named."""

    def sentence_at(self, index: int) -> range:
        """Return the tokens of the sentence that a token stands in."""
        number = self.sentence_of[index]
        return range(bisect_left(self.sentence_of, number), bisect_right(self.sentence_of, number))

    @property
    def is_jatim(self) -> bool:
        """True when the article speaks of East Java and not mainly of another province."""
        return self.n_jatim > 0 and self.n_jatim >= self.n_other_province

    @property
    def is_near_jatim(self) -> bool:
        """True also when only its kabupaten and kota are named: enough for a name that says "provinsi" itself."""
        outside = self.n_other_province + self.n_outside
        return self.is_jatim or (self.n_jatim == 0 and self.n_regions > outside)

    @property
    def is_elsewhere(self) -> bool:
        return self.n_jatim == 0 and (self.n_other_province + self.n_outside) > 0


def read_context(tokens: Sequence[Token], sentence_of: Sequence[int], places: Places) -> Context:
    """Count the words that say whose matter an article is."""
    towns: set[str] = set()
    jatim = other = outside = regions = province = local = 0
    for i, token in enumerate(tokens):
        if token.norm in {"jatim", "khofifah"}:
            jatim += 1
        if token.norm in PROVINCE_CUES:
            province += 1
        elif token.norm in LOCAL_CUES:
            local += 1
        elif token.is_capital:
            place = places.at(tokens, i, governed=False)
            if place is not None:
                towns.add(token.norm)
            if place is not None and place.kind is PlaceKind.OTHER_PROVINCE:
                other += 1
            elif place is not None and place.kind is PlaceKind.OUTSIDE:
                outside += 1
            elif place is not None and token.norm not in _WORDS:
                regions += 1
    return Context(jatim, other, outside, regions, province, local, tuple(sentence_of), frozenset(towns))
