"""Reads offices named after a town: "Cabang Dinas Pendidikan Jawa Timur Wilayah V Jember", "Bakorwil III Malang".

What stands between the office and its town varies too much for a list of names, so it is read word by word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.gazetteer import Gazetteer

from classifier.domain.linking.cues import closing_bracket
from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.text import Token

_ONE_WORD = frozenset({"cabdin", "cabdindik", "cabdisdik", "kacabdin", "kacabdindik", "kacabdisdik", "cabdispendik"})
_THREE_WORDS = ("cabang", "dinas", "pendidikan")
_BETWEEN = frozenset({"pendidikan", "dindik", "jatim", "prov", "wilayah", "wil", "dispendik", "di"})
_NUMERALS: dict[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_BAKORWIL_LONG = ("badan", "koordinasi", "wilayah")
_BAKORWIL_OF_NUMERAL = ("madiun", "bojonegoro", "malang", "pamekasan", "jember")


@dataclass(frozen=True, slots=True)
class Branch:
    """An office at tokens [first, last); `entity_id` is None when neither town nor numeral tells which."""

    first: int
    last: int
    entity_id: str | None
    is_unit: bool = True
    is_elsewhere: bool = False


class BranchReader:
    """Finds branch offices and the unit that serves the town they name."""

    def __init__(self, gazetteer: Gazetteer, places: Places) -> None:
        self._places = places
        self._serving: dict[str, list[str]] = {}
        for unit in gazetteer.provincial_units:
            if unit.kind == "cabdin":
                for region in unit.region_ids:
                    self._serving.setdefault(region, []).append(unit.id)

    def find(self, tokens: Sequence[Token]) -> list[Branch]:
        """Return the branch offices in reading order."""
        out: list[Branch] = []
        for i, token in enumerate(tokens):
            if token.norm in _ONE_WORD:
                out.append(self._read(tokens, i, i + 1))
            elif token.norm not in {"cabang", "badan"}:
                continue
            elif tuple(part.norm for part in tokens[i : i + 3]) == _THREE_WORDS:
                out.append(self._read(tokens, i, i + 3))
            elif tuple(part.norm for part in tokens[i : i + 3]) == _BAKORWIL_LONG:
                office = self._bakorwil(tokens, i, i + 3)
                out += [office] if office.entity_id else []
        return out

    def _bakorwil(self, tokens: Sequence[Token], first: int, at: int) -> Branch:
        """Read "Badan Koordinasi Wilayah (Bakorwil) III Malang"; the short forms are names of the gazetteer."""
        numeral: int | None = None
        while at < len(tokens):
            bracket = closing_bracket(tokens, at)
            if bracket is not None:
                at = bracket
            elif tokens[at].norm in _NUMERALS:
                numeral, at = _NUMERALS[tokens[at].norm], at + 1
            elif tokens[at].norm in _BETWEEN or tokens[at].norm in {"pemerintahan", "dan", "pembangunan"}:
                at += 1
            else:
                break
        if at < len(tokens) and tokens[at].norm in _BAKORWIL_OF_NUMERAL:
            return Branch(first, at + 1, f"bakorwil-{tokens[at].norm}", is_unit=False)
        found = f"bakorwil-{_BAKORWIL_OF_NUMERAL[numeral - 1]}" if numeral else None
        return Branch(first, at, found, is_unit=False)

    def _read(self, tokens: Sequence[Token], first: int, at: int) -> Branch:
        wanted: str | None = None
        last = at
        while at < len(tokens):
            bracket = closing_bracket(tokens, at)
            if bracket is not None:
                at = bracket
            elif tokens[at].norm in _BETWEEN or tokens[at].norm in _NUMERALS:
                at += 1
            elif tokens[at].norm in {"kab", "kota"}:
                wanted = tokens[at].norm
                at += 1
            else:
                break
            last = at
        place = self._places.at(tokens, at)
        if place is None or place.kind is not PlaceKind.REGION:
            return Branch(first, last + place.width if place else last, None, is_elsewhere=place is not None)
        last = at + place.width
        regions = [region for region in place.region_ids if wanted is None or region.startswith(wanted)]
        units = sorted({unit for region in regions for unit in self._serving.get(region, ())})
        return Branch(first, last, units[-1] if units else None)
