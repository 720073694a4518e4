"""Finds words that point back to a body just named: "dinas tersebut", "rumah sakit itu"."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.messages import EntityKind, Jurisdiction

from classifier.domain.linking.context import Context
from classifier.domain.linking.records import Finding, Other, Rule
from classifier.domain.text import Token

_POINTERS = frozenset({"tersebut", "itu", "ini"})
_HEADS: dict[str, tuple[str, ...]] = {
    "dinas": ("dinas", "di", "dpu", "dlh", "dp", "esdm", "kominfo"),
    "badan": ("badan", "ba", "bp", "bk", "br"),
    "biro": ("biro",),
    "rs": ("rs",),
    "rsud": ("rs",),
    "rsj": ("rsj",),
}
_REACH_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    word: str
    finding: Finding | None


def find_anaphors(
    tokens: Sequence[Token], findings: Sequence[Finding], others: Sequence[Other], context: Context
) -> list[Finding]:
    """Return findings for the pointing words whose nearest earlier body of that type is the province's."""
    by_start = {token.start: i for i, token in enumerate(tokens)}
    named = [
        _Named(f.start, _head_word(tokens, by_start, f.start), f) for f in findings if f.kind is not EntityKind.REGION
    ]
    named += [_Named(o.start, _head_word(tokens, by_start, o.start), None) for o in others]
    named.sort(key=lambda item: item.start)
    out: list[Finding] = []
    for i in range(len(tokens) - 1):
        prefixes = _HEADS.get(tokens[i].norm)
        if prefixes is None or tokens[i + 1].norm not in _POINTERS:
            continue
        nearest = _nearest(named, tokens=tokens, by_start=by_start, at=i, prefixes=prefixes, context=context)
        if nearest is not None:
            out.append(
                Finding(
                    nearest.entity_id,
                    nearest.kind,
                    tokens[i].start,
                    tokens[i + 1].end,
                    Jurisdiction.PROVINCE,
                    Rule.ANAPHOR,
                )
            )
    return out


def _head_word(tokens: Sequence[Token], by_start: dict[int, int], start: int) -> str:
    at = by_start.get(start)
    return tokens[at].norm.removeprefix("ka") if at is not None else ""


def _nearest(
    named: Sequence[_Named],
    *,
    tokens: Sequence[Token],
    by_start: dict[int, int],
    at: int,
    prefixes: tuple[str, ...],
    context: Context,
) -> Finding | None:
    for item in reversed(named):
        if item.start >= tokens[at].start or not item.word.startswith(prefixes):
            continue
        first = by_start.get(item.start)
        if first is None or context.sentence_of[at] - context.sentence_of[first] > _REACH_SENTENCES:
            return None
        return item.finding
    return None
