"""Splits a query into tokens. Knows operators in English and Indonesian, in capitals only: `dan` is a word."""

import re
from dataclasses import dataclass
from enum import StrEnum

from search.domain.problems import Flaw, InvalidRequestError

MAX_QUERY_CHARS = 500
MAX_SLOP = 50

_OPERATORS = {
    "AND": "AND",
    "DAN": "AND",
    "&&": "AND",
    "OR": "OR",
    "ATAU": "OR",
    "||": "OR",
    "NOT": "NOT",
    "BUKAN": "NOT",
    "TANPA": "NOT",
}
_FIELD = re.compile(r"([A-Za-z_]{1,30}):(?!//)")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_RANGE = re.compile(r"\[([^\]\[]*)\]")
_SLOP = re.compile(r"~(\d*)")
_WORD = re.compile(r'[^\s()"]+')


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    PHRASE = "phrase"
    FIELD = "field"
    RANGE = "range"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One token; `at` is the position of its first character."""

    kind: Kind
    text: str
    at: int
    slop: int = 0


def flaw(message: str, *, at: int, hint: str) -> InvalidRequestError:
    return InvalidRequestError(Flaw("q", message, hint=hint, position=at))


def tokens_of(query: str) -> list[Token]:
    """Return the tokens of a query, the last one of kind END.

    Raises InvalidRequestError for a query that is too long, a quote that never closes, or a distance that is none.
    """
    if len(query) > MAX_QUERY_CHARS:
        raise flaw(
            f"Kueri terlalu panjang: {len(query)} huruf, paling banyak {MAX_QUERY_CHARS}.",
            at=MAX_QUERY_CHARS,
            hint="Pakai kata-kata yang paling khas saja, atau saringan di samping.",
        )
    query = query.translate(_QUOTES)
    found: list[Token] = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        token, at = _next(query, at, in_field=bool(found) and found[-1].kind is Kind.FIELD)
        found.append(token)
    return [*found, Token(Kind.END, "", len(query))]


def _next(query: str, at: int, *, in_field: bool) -> tuple[Token, int]:
    char = query[at]
    if char in "()":
        return Token(Kind(char), char, at), at + 1
    if char == '"':
        return _phrase(query, at)
    if in_field and (match := _RANGE.match(query, at)):
        return Token(Kind.RANGE, match[1], at), match.end()
    if char == "-" and not in_field and at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] != "-":
        return Token(Kind.NOT, "-", at), at + 1
    if not in_field and (match := _FIELD.match(query, at)):
        return Token(Kind.FIELD, match[1], at), match.end()
    match = _WORD.match(query, at)
    assert match is not None  # neither space, bracket nor quote
    kind = Kind(_OPERATORS[match[0]]) if not in_field and match[0] in _OPERATORS else Kind.WORD
    return Token(kind, match[0], at), match.end()


def _phrase(query: str, at: int) -> tuple[Token, int]:
    close = query.find('"', at + 1)
    if close < 0:
        raise flaw(
            "Tanda kutip dibuka, tetapi tidak ditutup.", at=at, hint=f'Tulis {query[at:].strip()}" atau hapus kutipnya.'
        )
    text, end, slop = query[at + 1 : close], close + 1, 0
    if match := _SLOP.match(query, end):
        if not match[1] or int(match[1]) > MAX_SLOP:
            raise flaw(
                "Jarak kata sesudah ~ harus angka.",
                at=end,
                hint=f'Contoh: "antrean pasien"~5, paling banyak ~{MAX_SLOP}.',
            )
        slop, end = int(match[1]), match.end()
    return Token(Kind.PHRASE, text, at, slop), end
