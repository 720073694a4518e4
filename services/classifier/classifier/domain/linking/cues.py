"""Reads the words around an agency's name that say whose agency it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.messages import Jurisdiction

from classifier.domain.linking.context import MINISTRY_CUES
from classifier.domain.linking.places import PlaceKind, Places
from classifier.domain.linking.records import Rule
from classifier.domain.text import Token

CONNECTORS = frozenset(
    {"dan", "serta", ",", "/", "&", "-", "–", "maupun", "hingga", "bersama", "atau", "juga", "kepala", "plt"}
)
_BRACKET_LIMIT = 14
_DASHES = frozenset("–—-")
_UMBRELLA_LINKS = frozenset(
    {
        "melalui",
        "lewat",
        "yakni",
        "yaitu",
        "seperti",
        "meliputi",
        "via",
        "cq",
        ":",
        "terdiri",
        "antara",
        "termasuk",
        "diantaranya",
        "dari",
        "dalam",
        "(",
        "–",
        "-",
    }
)
_LOCAL_TYPES = frozenset({"kab", "kota", "pemkab", "pemkot"})
_CENTRAL = frozenset({"ri", "dprd", "pusat", "nasional"})
_UMBRELLA_REACH = 28


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose agency it is, by which rule, and the token behind the words that said so."""

    jurisdiction: Jurisdiction
    rule: Rule
    last: int


def closing_bracket(tokens: Sequence[Token], at: int) -> int | None:
    """Return the token behind a bracket group that starts at `at`; None when none starts there or it stays open."""
    if at >= len(tokens):
        return None
    if tokens[at].text in _DASHES:
        return next((i + 1 for i in range(at + 2, min(len(tokens), at + 4)) if tokens[i].text in _DASHES), None)
    if tokens[at].norm != "(":
        return None
    for i in range(at + 1, min(len(tokens), at + _BRACKET_LIMIT)):
        if tokens[i].norm == ")":
            return i + 1
    return None


class CueReader:
    """Reads cues after and before a name. `is_jatim` says whether the article is about East Java."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def after(self, tokens: Sequence[Token], last: int, *, is_jatim: bool) -> Verdict | None:
        """Return what the words right behind a name say, None when they say nothing."""
        at = last
        bracket = closing_bracket(tokens, at)
        if bracket is not None:
            inner = self._inside(tokens, at + 1, bracket - 1)
            verdict = self._plain(tokens, bracket, is_jatim=is_jatim)
            return verdict or (Verdict(inner.jurisdiction, inner.rule, bracket) if inner else None)
        return self._plain(tokens, at, is_jatim=is_jatim)

    def _inside(self, tokens: Sequence[Token], first: int, last: int) -> Verdict | None:
        for i in range(first, last):
            if tokens[i].norm == "jatim":
                return Verdict(Jurisdiction.PROVINCE, Rule.PROVINCE_CUE, last)
        return None

    def _plain(self, tokens: Sequence[Token], at: int, *, is_jatim: bool) -> Verdict | None:
        seen_prov = False
        while at < len(tokens) and tokens[at].norm in {"daerah", "setda", "setdaprov", "prov", "pemprov", "milik"}:
            seen_prov = seen_prov or tokens[at].norm in {"setdaprov", "prov", "pemprov"}
            at += 1
        if at >= len(tokens):
            return self._bare(at, seen=seen_prov, is_jatim=is_jatim)
        word = tokens[at]
        behind = at + 1 if word.text == "," else at
        if behind < len(tokens) and tokens[behind].norm == "jatim":
            return Verdict(Jurisdiction.PROVINCE, Rule.PROVINCE_CUE, behind + 1)
        place = self._places.at(tokens, at)
        if place is not None and place.kind is not PlaceKind.REGION:
            return Verdict(Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE, at + place.width)
        if seen_prov:
            if (
                word.is_capital
                and place is None
                and tokens[at - 1].norm == "prov"
                and self._is_unknown_province(tokens, at)
            ):
                return Verdict(Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE, at + 1)
            return self._bare(at, seen=True, is_jatim=is_jatim)
        return self._local(tokens, at)

    def _bare(self, at: int, *, seen: bool, is_jatim: bool) -> Verdict | None:
        if seen and is_jatim:
            return Verdict(Jurisdiction.PROVINCE, Rule.PROVINCE_WORD, at)
        return None

    @staticmethod
    def _is_unknown_province(tokens: Sequence[Token], at: int) -> bool:
        return tokens[at].norm in {"sumatera", "sumatra", "kalimantan", "sulawesi", "nusa", "papua", "maluku"}

    def _local(self, tokens: Sequence[Token], at: int) -> Verdict | None:
        word = tokens[at]
        if word.norm in _LOCAL_TYPES:
            return self._typed(tokens, at)
        place = self._places.at(tokens, at)
        if place is not None:
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, at + place.width)
        if word.norm in _CENTRAL or word.norm.startswith("kemen") or word.norm in MINISTRY_CUES:
            return Verdict(Jurisdiction.VERTICAL, Rule.MINISTRY, at + 1)
        if word.norm == "setempat":
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, at + 1)
        if word.norm == "se" and at + 1 < len(tokens) and tokens[at + 1].text in "-–":
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, at)
        return None

    def _typed(self, tokens: Sequence[Token], at: int) -> Verdict:
        """Return the verdict of "Kabupaten …" or "Kota …", whether or not the name behind it is known."""
        after = self._places.at(tokens, at + 1)
        if after is None:
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, at + 1)
        last = at + 1 + after.width
        if after.kind is PlaceKind.REGION:
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, last)
        return Verdict(Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE, last)

    def is_ministry_before(self, tokens: Sequence[Token], first: int) -> bool:
        """Return True for "Kementerian ESDM", "Ditjen Bina Marga"."""
        return first > 0 and (tokens[first - 1].norm in MINISTRY_CUES or tokens[first - 1].norm.startswith("kemen"))

    def is_other_province(self, tokens: Sequence[Token], at: int) -> bool:
        """Return True where another province, or a place in one, is named at a token."""
        place = self._places.at(tokens, at)
        return place is not None and place.kind is not PlaceKind.REGION

    def names_place(self, tokens: Sequence[Token], within: range) -> bool:
        """Return True when some of the tokens name a kabupaten or kota, or a place outside."""
        return any(tokens[i].is_capital and self._places.at(tokens, i, governed=False) is not None for i in within)

    def umbrella(
        self, tokens: Sequence[Token], first: int, sentence_of: Sequence[int], *, is_jatim: bool
    ) -> Verdict | None:
        """Return what a body before a list says: "Pemprov Jatim melalui …", "OPD Pemprov Jatim, yakni …"."""
        for i in range(first - 1, max(-1, first - _UMBRELLA_REACH), -1):
            if sentence_of[i] != sentence_of[first]:
                return None
            norm = tokens[i].norm
            if norm in {"pemkab", "pemkot", "pemprov"} and self._is_linked(tokens, i + 1, first):
                verdict = self._of_government(tokens, i, first, is_jatim=is_jatim)
                if verdict is not None:
                    return verdict
            if norm in {"pemkab", "pemkot", "bupati", "wali", "kementerian", "polda", "polres"}:
                return None
        return None

    def _of_government(self, tokens: Sequence[Token], at: int, first: int, *, is_jatim: bool) -> Verdict | None:
        """Return whose agencies come behind "Pemprov …", "Pemkab …", "Pemkot …"."""
        place = self._places.at(tokens, at + 1)
        if place is not None and place.kind is not PlaceKind.REGION:
            return Verdict(Jurisdiction.ELSEWHERE, Rule.OTHER_PROVINCE, first)
        if tokens[at].norm != "pemprov":
            return Verdict(Jurisdiction.KABUPATEN_KOTA, Rule.KABUPATEN_KOTA, first)
        if is_jatim or (at + 1 < len(tokens) and tokens[at + 1].norm == "jatim"):
            return Verdict(Jurisdiction.PROVINCE, Rule.UMBRELLA, first)
        return None

    def _is_linked(self, tokens: Sequence[Token], at: int, first: int) -> bool:
        """True when a linking word stands within a few words behind the umbrella body."""
        return any(token.norm in _UMBRELLA_LINKS for token in tokens[at : min(at + 7, first)])
