"""Prepares the tokens of an article for linking: paragraphs kept apart, glued words cut, clitics of places dropped."""

import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.domain.article import GAP
from classifier.domain.linking.places import Places
from classifier.domain.text import Token, join_tokens, normalise, tokenize, without_clitic

_PARAGRAPH = "¶"
_KINDS = frozenset({"kab", "kota", "bupati", "wali", "pemkab", "pemkot", "polres", "polresta"})
_CLITICS = ("nya", "lah", "kah", "pun")
_GLUED = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class TokenReader:
    """Makes tokens; knows the place names, since only those are cut loose or lose a clitic."""

    def __init__(self, places: Places) -> None:
        self._words = places.words | {"jatim", "timur"}
        self._names = {name for name in places.regions_of_short if name not in {"malang", "batu"}}

    def read(self, text: str) -> list[Token]:
        """Return the tokens with a mark between paragraphs, so that no name reaches from a title into the text."""
        tokens: list[Token] = []
        is_lower = text.islower()
        at = 0
        for paragraph in text.split(GAP):
            if at:
                tokens.append(Token(_PARAGRAPH, _PARAGRAPH, at - len(GAP), at))
            tokens += self._paragraph(paragraph, at)
            at += len(paragraph) + len(GAP)
        return self._raised(tokens) if is_lower else tokens

    def _raised(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens of a text without capitals, with one on each name of a region.

        A name that is a word as well gets it behind a word that says what kind of region it is.
        """
        out: list[Token] = []
        before = ""
        for token in tokens:
            is_name = token.norm in self._names or (token.norm in {"malang", "batu"} and before in _KINDS)
            out.append(replace(token, text=token.text.capitalize()) if is_name else token)
            before = token.norm
        return out

    def _paragraph(self, text: str, offset: int) -> list[Token]:
        tokens: list[Token] = []
        for token in tokenize(text, offset):
            if len(token.text) > 5 and _GLUED.search(token.text):
                tokens += self._cut(token)
            else:
                tokens.append(self._bare(token))
        return join_tokens(tokens)

    def _cut(self, token: Token) -> list[Token]:
        """Return two tokens for a place and what a lost line break glued to it: "LamonganKH", "512Kota"."""
        at = next(match.start() for match in _GLUED.finditer(token.text))
        left, right = token.text[:at], token.text[at:]
        if normalise(left) not in self._names and not left.isdigit():
            return [token]
        middle = token.start + at
        return [
            Token(left, normalise(left), token.start, middle),
            Token(right, normalise(right), middle, token.end),
        ]

    def _bare(self, token: Token) -> Token:
        """Return "Jatimlah" as Jatim. "Malangnya" stays: it means unluckily."""
        if not token.norm.endswith(_CLITICS) or not token.is_capital:
            return token
        base = without_clitic(token.norm)
        if base is None or base not in self._words or token.norm in self._words or base in {"malang", "batu"}:
            return token
        return replace(token, norm=base)


def sentence_numbers(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each token the number of the sentence it stands in; `bounds` are character spans."""
    numbers: list[int] = []
    at = 0
    for token in tokens:
        while at + 1 < len(bounds) and token.start >= bounds[at + 1][0]:
            at += 1
        numbers.append(at)
    return numbers
