"""Cuts a text into tokens and sentences and brings words into the form in which names are compared.

The form joins spellings that the press mixes: oe and u, dj and j, sy and s, dokter and dr, Walikota and Wali Kota.
"""

import re
from dataclasses import dataclass
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written with spaces between them."""
    return frozenset(words.split())


_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens and marks of no width, which pages put inside words; a reader does not see them."""
_PIECE = re.compile(rf"[^\W_]+(?:[{_HIDDEN}]+[^\W_]+)*|[^\w\s]|_|\s+")
_NO_HIDDEN = dict.fromkeys(map(ord, _HIDDEN))
_OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sy", "s"), ("sj", "s"))
_SAME_WORD = {
    "dokter": "dr",
    "provinsi": "prov",
    "propinsi": "prov",
    "prop": "prov",
    "kabupaten": "kab",
    "kecamatan": "kec",
    "kelurahan": "kel",
    "walikota": "wali",
    "moh": "mohammad",
    "muhammad": "mohammad",
    "mohamad": "mohammad",
    "muhamad": "mohammad",
    "jl": "jalan",
    "jln": "jalan",
    "dinkess": "dinkes",
    "jawatimur": "jatim",
    "rsu": "rsud",
    "rsd": "rsud",
    "[": "(",
    "]": ")",
}
ABBREVIATIONS = word_set(
    "dr drs dra prof ir h hj kh st kab kec kel prov prop jl jln no moh muh r m s sp pd plt plh pj pjs dkk a b c d e f "
    "g i j k l n o p q t u v w x y z mr mrs tbk rs tk rp gub ds dsn br sdr"
)
_CLITICS = ("nya", "lah", "kah", "pun")
_OPENERS = "\"“'‘(["
MAX_SENTENCE_CHARS = 700
"""A longer stretch without a full stop is a table or a list; it is cut so that evidence stays readable."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark. `norm` is the form for comparing, `start` and `end` are character offsets."""

    text: str
    norm: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=65_536)
def normalise(word: str) -> str:
    """Return the form of one word in which names are compared."""
    low = word.lower().translate(_NO_HIDDEN)
    low = _SAME_WORD.get(low, low)
    for old, new in _OLD_SPELLING:
        low = low.replace(old, new)
    return low


def pieces(text: str) -> list[str]:
    """Return words, marks and runs of white space; joined they are the text again."""
    return _PIECE.findall(text)


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Return the tokens without white space, and without the full stop of an abbreviation.

    `offset` is where the text begins in the whole that the tokens are to point into.
    """
    tokens: list[Token] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece.isspace():
            continue
        start = match.start() + offset
        if piece == "." and tokens and tokens[-1].end == start and tokens[-1].text.lower() in ABBREVIATIONS:
            continue
        tokens.append(Token(piece, normalise(piece), start, start + len(piece)))
    return tokens


def name_tokens(name: str) -> tuple[str, ...]:
    """Return a name as the sequence that `tokenize` makes of it, words only."""
    norms = [token.norm for token in tokenize(name) if token.is_word]
    return tuple(join_spellings(norms))


def join_spellings(norms: list[str]) -> list[str]:
    """Return the words with two-word spellings joined: Jawa Timur is jatim, Rumah Sakit Umum Daerah is rsud."""
    out: list[str] = []
    i = 0
    while i < len(norms):
        width, word = joined_at(norms, i)
        out.append(word)
        i += width
    return out


_JOINED: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "jawa": ((("jawa", "timur"), "jatim"), (("jawa", "tengah"), "jateng"), (("jawa", "barat"), "jabar")),
    "rumah": (
        (("rumah", "sakit", "umum", "daerah"), "rsud"),
        (("rumah", "sakit", "umum"), "rsud"),
        (("rumah", "sakit", "daerah"), "rsud"),
        (("rumah", "sakit", "jiwa"), "rsj"),
        (("rumah", "sakit"), "rs"),
    ),
    "rs": ((("rs", "jiwa"), "rsj"), (("rs", "umum", "daerah"), "rsud"), (("rs", "umum"), "rsud")),
    "wali": ((("wali", "kota"), "wali"),),
    "pemerintah": (
        (("pemerintah", "prov"), "pemprov"),
        (("pemerintah", "kab"), "pemkab"),
        (("pemerintah", "kota"), "pemkot"),
    ),
    "satpol": ((("satpol", "pp"), "satpolpp"), (("satpol", ".", "pp"), "satpolpp")),
    "sekretaris": ((("sekretaris", "daerah"), "sekda"),),
    "sekretariat": ((("sekretariat", "daerah"), "setda"),),
    "dinas": ((("dinas", "pekerjaan", "umum"), "dpu"), (("dinas", "pu"), "dpu")),
    "r": ((("r", "s", "u", "d"), "rsud"),),
}
_GLUE = ["-"]


def joined_at(norms: list[str], at: int) -> tuple[int, str]:
    """Return how many words from `at` count as one, and that one. A hyphen between two does not part them."""
    for parts, word in _JOINED.get(norms[at], ()):
        if tuple(norms[at : at + len(parts)]) == parts:
            return len(parts), word
        if len(parts) == 2 and norms[at + 1 : at + 2] == _GLUE and norms[at + 2 : at + 3] == [parts[1]]:
            return 3, word
    return 1, norms[at]


def join_tokens(tokens: list[Token]) -> list[Token]:
    """Return the tokens with two-word spellings joined into one token that spans both."""
    norms = [token.norm for token in tokens]
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        width, word = joined_at(norms, i)
        first, last = tokens[i], tokens[i + width - 1]
        out.append(first if width == 1 and word == first.norm else Token(first.text, word, first.start, last.end))
        i += width
    return out


def without_clitic(norm: str) -> str | None:
    """Return the word without -nya, -lah, -kah or -pun, None when it has none."""
    for clitic in _CLITICS:
        if norm.endswith(clitic) and len(norm) > len(clitic) + 2:
            return norm[: -len(clitic)]
    return None


_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences as (start, end) offsets, white space trimmed, in order."""
    out: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and not _ends_sentence(text, match):
            continue
        _add(text, start, match.end(), out)
        start = match.end()
    _add(text, start, len(text), out)
    return out


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    before = re.search(r"[^\W\d_]+$", text[max(0, match.start() - 12) : match.start()])
    if before and before.group().lower() in ABBREVIATIONS and len(match.group()) == 1:
        return False
    after = text[match.end() : match.end() + 3].lstrip()
    return not after or after[0].isupper() or after[0].isdigit() or after[0] in _OPENERS


def _add(text: str, start: int, end: int, out: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        out.append((start, cut))
        start = cut + (text[cut] == " ")
    if end > start:
        out.append((start, end))
