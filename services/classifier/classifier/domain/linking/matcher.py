"""Finds thousands of names in one pass: a trie over compared words, longest match first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from classifier.domain.linking.records import Candidate, Name
from classifier.domain.text import Token, without_clitic

_MARKS_INSIDE_A_NAME = frozenset(",/-–&'’‘\"“”")
_ABBREVIATED = frozenset({"rsud", "rs", "rsj", "satpolpp", "dpu", "pu", "upt", "dinas"})
"""Short words that some outlets write with a full stop: "RSUD. Dr. Soetomo"."""
_BRACKET_TOKENS = 5


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    name: Name | None = None


class NameMatcher:
    """Holds names as word sequences. The first name given for a sequence stays."""

    def __init__(self, names: Iterable[tuple[tuple[str, ...], Name]]) -> None:
        self._root = _Node()
        self.size = 0
        for words, name in names:
            node = self._root
            for word in words:
                node = node.next.setdefault(word, _Node())
            if words and node.name is None:
                node.name = name
                self.size += 1

    def find(self, tokens: Sequence[Token]) -> list[Candidate]:
        """Return the longest names from left to right, without overlap."""
        found: list[Candidate] = []
        i = 0
        while i < len(tokens):
            hit = self._longest(tokens, i)
            if hit is None:
                i += 1
            else:
                found.append(hit)
                i = hit.last
        return found

    def _longest(self, tokens: Sequence[Token], first: int) -> Candidate | None:
        node, at, best = self._root, first, None
        while at < len(tokens):
            token = tokens[at]
            step = node.next.get(token.norm)
            if step is None and node is not self._root:
                skipped = _behind_mark(tokens, at, node.next)
                if skipped is not None:
                    at = skipped
                    continue
            if step is None:
                base = without_clitic(token.norm)
                step = node.next.get(base) if base else None
            if step is None:
                break
            node, at = step, at + 1
            if node.name is not None:
                best = Candidate(first, at, node.name)
        return best


def _behind_mark(tokens: Sequence[Token], at: int, following: Mapping[str, _Node]) -> int | None:
    """Return the token behind a mark or a bracketed abbreviation inside a name; None where the name must end."""
    text = tokens[at].text
    if text in _MARKS_INSIDE_A_NAME or (text == "." and tokens[at - 1].norm in _ABBREVIATED):
        return at + 1
    if tokens[at].norm == ")" or (tokens[at].norm == "(" and at + 1 < len(tokens) and tokens[at + 1].norm in following):
        return at + 1
    if tokens[at].norm == "(":
        for i in range(at + 1, min(len(tokens), at + _BRACKET_TOKENS)):
            if tokens[i].norm == ")":
                return i + 1
    return None
