"""Resolves words that point back to a body just named: "dinas tersebut", "rumah sakit pelat merah itu", "instansi ini".

A step of its own after naming: it reads what was named, province's or not, and adds findings for the pointing words.
The nearest earlier body of the right type is meant; where that one is not the province's, nothing is added.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.records import Finding, Other, Rule
from classifier.domain.text import Token, word_set

_POINTERS = frozenset({"tersebut", "itu", "ini", "tadi"})
_ANY = ("",)
_HEADS: dict[str, tuple[str, ...]] = {
    "dinas": ("dinas", "di", "dpu", "dlh", "dp", "dk", "esdm", "kominfo"),
    "badan": ("badan", "ba", "bp", "bk", "br"),
    "biro": ("biro",),
    "rs": ("rs",),
    "rsud": ("rs",),
    "rsj": ("rsj",),
    "instansi": _ANY,
    "lembaga": ("badan", "ba", "bp", "bk", "br", "inspektorat"),
    "opd": ("dinas", "di", "d", "badan", "b", "biro", "satpolpp", "inspektorat", "se"),
}
"""The word that points, and how the first word of the body it can mean begins."""
_BETWEEN = word_set("""pelat merah plat milik pemprov prov jatim rujukan terbesar umum daerah jiwa tipe kelas a b
    pemerintah terkait provinsi yang teknis""")
_MOST_BETWEEN = 4
_REACH_SENTENCES = 2
_MOST_NAMED = 60
"""A sentence without end, as in a table, is not searched further back than this many names."""


@dataclass(frozen=True, slots=True)
class _Named:
    at: int
    word: str
    finding: Finding | None


class Coreference:
    """Adds findings for pointing words. Holds no state."""

    def resolve(
        self,
        tokens: Sequence[Token],
        sentence_of: Sequence[int],
        findings: Sequence[Finding],
        others: Sequence[Other],
    ) -> list[Finding]:
        """Return the findings of the pointing words alone."""
        pointing = list(_pointing(tokens))
        if not pointing:
            return []
        named = _named(tokens, findings, others)
        out: list[Finding] = []
        for first, last in pointing:
            meant = _meant(named, first, _HEADS[tokens[first].norm], sentence_of)
            if meant is not None:
                start, end = tokens[first].start, tokens[last - 1].end
                out.append(Finding(meant.entity_id, meant.kind, start, end, Jurisdiction.PROVINCE, Rule.ANAPHOR))
        return out


def _pointing(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges of head, describing words and pointer."""
    for i, token in enumerate(tokens):
        if token.norm not in _HEADS:
            continue
        for at in range(i + 1, min(len(tokens), i + 2 + _MOST_BETWEEN)):
            if tokens[at].norm in _POINTERS:
                yield i, at + 1
                break
            if tokens[at].norm not in _BETWEEN:
                break


def _named(tokens: Sequence[Token], findings: Sequence[Finding], others: Sequence[Other]) -> list[_Named]:
    by_start = {token.start: i for i, token in enumerate(tokens)}
    spans = [(f.start, f) for f in findings if f.kind is not EntityKind.REGION]
    named = [_Named(by_start[start], "", finding) for start, finding in spans if start in by_start]
    # The governor, the province as a whole and the legislature are no "instansi" that a text points back to.
    named += [
        _Named(by_start[o.start], "", None)
        for o in others
        if o.start in by_start and o.jurisdiction is not Jurisdiction.PROVINCE
    ]
    named = [_Named(item.at, tokens[item.at].norm.removeprefix("ka"), item.finding) for item in named]
    return sorted(named, key=lambda item: item.at)


def _meant(named: Sequence[_Named], at: int, prefixes: tuple[str, ...], sentence_of: Sequence[int]) -> Finding | None:
    before = bisect_left(named, at, key=lambda item: item.at)
    for item in reversed(named[max(0, before - _MOST_NAMED) : before]):
        if sentence_of[at] - sentence_of[item.at] > _REACH_SENTENCES:
            return None
        if item.word.startswith(prefixes):
            return item.finding
    return None
