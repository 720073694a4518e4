"""Parses the query language of `q` into a tree.

or      := and (OR and)*
and     := not (AND? not)*            words that stand side by side must all occur
not     := (NOT | -) not | primary
primary := ( or ) | field:value | field:( or ) | "phrase" | "near"~5 | prefix* | word
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from search.domain.query import dates
from search.domain.query.lexer import Kind, Token, flaw, tokens_of
from search.domain.query.tree import And, Keyword, Node, Not, Or, Phrase, Prefix, Published, Severity, Words
from search.domain.vocabulary import Vocabulary, nearest

MAX_CLAUSES = 40
MAX_DEPTH = 12
MAX_PREFIXES = 8
MIN_PREFIX_CHARS = 2

TEXT_FIELDS = {
    "judul": "title",
    "title": "title",
    "isi": "text",
    "text": "text",
    "teks": "text",
    "penulis": "authors",
    "author": "authors",
    "authors": "authors",
}
KEYWORD_FIELDS = {
    "opd": "opd",
    "unit": "unit",
    "region": "region",
    "daerah": "region",
    "kabkota": "region",
    "bakorwil": "bakorwil",
    "outlet": "outlet",
    "media": "outlet",
    "kategori": "category",
    "category": "category",
    "nada": "tone",
    "tone": "tone",
    "sentimen": "sentiment",
    "sentiment": "sentiment",
    "usulan": "suggested",
    "suggested": "suggested",
    "asal": "origin",
    "origin": "origin",
    "wewenang": "jurisdiction",
    "jurisdiction": "jurisdiction",
    "cerita": "story",
    "story": "story",
    "perlu_dibaca": "needs_reading",
    "needs_reading": "needs_reading",
    "dikoreksi": "corrected",
    "corrected": "corrected",
    "disunting": "edited",
    "edited": "edited",
    "hilang": "vanished",
    "vanished": "vanished",
    "salinan": "copies",
    "copies": "copies",
}
DATE_FIELDS = {"tanggal", "terbit", "date", "published", "published_at"}
SEVERITY_FIELDS = {"keparahan", "severity"}
ALL_FIELDS = (*TEXT_FIELDS, *KEYWORD_FIELDS, *sorted(DATE_FIELDS), *sorted(SEVERITY_FIELDS))

_LETTER = re.compile(r"[^\W_]", re.UNICODE)
_SEVERITY = re.compile(r"^(>=|<=|>|<)?([1-5])(?:\.\.([1-5]))?$")
_DATE_OPERATOR = re.compile(r"^(>=|<=|>|<)?(.+)$")


def fold(text: str) -> str:
    """Return lower case without accents, as the index keeps unstemmed words."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def parse(query: str, vocabulary: Vocabulary) -> Node | None:
    """Return the tree of a query, or None for an empty one. Raises InvalidRequestError with position and hint."""
    parser = _Parser(tokens_of(query), vocabulary)
    if parser.peek().kind is Kind.END:
        return None
    tree = parser.any_of(None, 0)
    if parser.peek().kind is Kind.CLOSE:
        raise flaw("Kurung tutup tanpa kurung buka.", at=parser.peek().at, hint="Hapus ), atau tambahkan ( di depan.")
    if asks_nothing(tree):
        lone = next(token for token in parser.tokens if token.kind is Kind.WORD and not _LETTER.search(token.text))
        raise flaw(
            f"“{lone.text[:40]}” hanya tanda baca, jadi tidak ada yang dicari.",
            at=lone.at,
            hint="Tulis kata, angka, atau nama OPD.",
        )
    return tree


def asks_nothing(node: Node) -> bool:
    """Return whether punctuation alone decides, which would let every article through."""
    match node:
        case Words(words):
            return not any(_LETTER.search(word) for word in words)
        case And(children):
            return all(asks_nothing(child) for child in children)
        case Or(children):
            return any(asks_nothing(child) for child in children)
        case Not(child):
            return asks_nothing(child)
    return False


@dataclass
class _Parser:
    tokens: list[Token]
    vocabulary: Vocabulary
    index: int = 0
    clauses: int = 0
    prefixes: int = field(default=0)

    def peek(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.peek()
        self.index += token.kind is not Kind.END
        return token

    def any_of(self, scope: str | None, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise flaw(
                "Kurung bersusun terlalu dalam.", at=self.peek().at, hint=f"Paling banyak {MAX_DEPTH} tingkat kurung."
            )
        children = [self.all_of(scope, depth)]
        while self.peek().kind is Kind.OR:
            self.take()
            children.append(self.all_of(scope, depth))
        return children[0] if len(children) == 1 else Or(tuple(children))

    def all_of(self, scope: str | None, depth: int) -> Node:
        children: list[Node] = [self.negated(scope, depth)]
        while self.peek().kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            joined = self.peek().kind is not Kind.AND
            if not joined:
                self.take()
            child = self.negated(scope, depth)
            last = children[-1]
            # Words side by side are kept together, so that an agency's full name finds its abbreviation.
            if joined and isinstance(child, Words) and isinstance(last, Words) and child.field == last.field == scope:
                children[-1] = Words(last.words + child.words, scope)
            else:
                children.append(child)
        return children[0] if len(children) == 1 else And(tuple(children))

    def negated(self, scope: str | None, depth: int) -> Node:
        negations = 0
        while self.peek().kind is Kind.NOT:
            self.take()
            negations += 1
        node = self.primary(scope, depth)
        return Not(node) if negations % 2 else node

    def primary(self, scope: str | None, depth: int) -> Node:
        token = self.take()
        if token.kind is Kind.OPEN:
            return self.group(token, scope, depth)
        self.clauses += 1
        if self.clauses > MAX_CLAUSES:
            raise flaw(
                f"Kueri terlalu rumit: lebih dari {MAX_CLAUSES} bagian.",
                at=token.at,
                hint="Pecah menjadi dua pencarian.",
            )
        if token.kind is Kind.FIELD:
            return self.fielded(token, scope, depth)
        if token.kind in (Kind.WORD, Kind.PHRASE):
            return self.value(token, scope)
        raise self.misplaced(token)

    def group(self, opening: Token, scope: str | None, depth: int) -> Node:
        if self.peek().kind is Kind.CLOSE:
            raise flaw("Kurung ini kosong.", at=opening.at, hint="Hapus ( ), atau isi dengan kata yang dicari.")
        node = self.any_of(scope, depth + 1)
        if self.peek().kind is not Kind.CLOSE:
            raise flaw("Kurung dibuka, tetapi tidak ditutup.", at=opening.at, hint="Tambahkan ) sesudah kata terakhir.")
        self.take()
        return node

    def misplaced(self, token: Token) -> Exception:
        if token.kind is Kind.END:
            before = self.tokens[self.index - 1].text if self.index else ""
            return flaw(
                f"Kueri berakhir sesudah “{before}”." if before else "Kueri belum lengkap.",
                at=token.at,
                hint="Tambahkan kata yang dicari, atau hapus penghubung di akhir.",
            )
        return flaw(
            f"Penghubung “{token.text}” tidak bisa berdiri di sini.",
            at=token.at,
            hint="Letakkan di antara dua kata, atau tulis dengan huruf kecil bila itu kata biasa.",
        )

    def fielded(self, token: Token, scope: str | None, depth: int) -> Node:
        name = token.text.lower()
        if name not in ALL_FIELDS:
            close = nearest(name, ALL_FIELDS)
            raise flaw(
                f"Bidang “{token.text}” tidak dikenal.",
                at=token.at,
                hint=f"Mungkin maksud Anda {', '.join(f'{one}:' for one in close)}."
                if close
                else f"Yang dikenal: judul, isi, media, opd, unit, daerah, bakorwil, kategori, nada, penulis, "
                f'keparahan, tanggal. Bila titik dua bagian dari kata, beri tanda kutip: "{token.text}:…".',
            )
        if scope is not None:
            raise flaw("Bidang di dalam bidang tidak bisa.", at=token.at, hint="Tutup kurungnya dahulu.")
        following = self.take()
        if following.kind is Kind.OPEN:
            return self.group(following, name, depth)
        if following.kind not in (Kind.WORD, Kind.PHRASE, Kind.RANGE):
            raise flaw(
                f"Bidang “{token.text}:” belum berisi nilai.",
                at=token.at,
                hint=f"Contoh: {_EXAMPLES.get(name, 'opd:dinkes')}.",
            )
        return self.value(following, name)

    def value(self, token: Token, scope: str | None) -> Node:
        if scope in DATE_FIELDS:
            return published(token)
        if scope in SEVERITY_FIELDS:
            return severity(token)
        if token.kind is Kind.RANGE:
            raise flaw(
                "Rentang [… TO …] hanya untuk tanggal.", at=token.at, hint="Contoh: tanggal:[2026-11-01 TO 2026-11-24]."
            )
        if scope is None or scope in TEXT_FIELDS:
            return self.text(token, None if scope is None else TEXT_FIELDS[scope])
        return self.keyword(token, KEYWORD_FIELDS[scope])

    def text(self, token: Token, where: str | None) -> Node:
        if token.kind is Kind.PHRASE:
            if not _LETTER.search(token.text):
                raise flaw("Tanda kutip ini kosong.", at=token.at, hint='Isi dengan kata, misalnya "dinas kesehatan".')
            return Phrase(token.text.strip(), token.slop, where)
        if "*" in token.text:
            return self.prefix(token, where)
        return Words((token.text,), where)

    def prefix(self, token: Token, where: str | None) -> Node:
        stem = token.text[:-1]
        self.prefixes += 1
        if "*" in stem or not token.text.endswith("*"):
            raise flaw(
                "Tanda * hanya boleh di akhir kata.",
                at=token.at + token.text.index("*"),
                hint="Contoh: vaksin* menemukan vaksinasi.",
            )
        if len(stem) < MIN_PREFIX_CHARS:
            raise flaw(
                f"Tanda * perlu paling sedikit {MIN_PREFIX_CHARS} huruf di depannya.",
                at=token.at,
                hint="Contoh: vaksin*.",
            )
        if not re.fullmatch(r"\w+", stem):
            raise flaw("Awalan kata hanya boleh huruf dan angka.", at=token.at, hint="Hapus tanda baca di depan *.")
        if self.prefixes > MAX_PREFIXES:
            raise flaw(
                f"Terlalu banyak tanda *: paling banyak {MAX_PREFIXES}.", at=token.at, hint="Tulis katanya lengkap."
            )
        return Prefix(fold(stem), where)

    def keyword(self, token: Token, name: str) -> Node:
        raw = token.text.strip()
        if not raw or "*" in raw or "?" in raw:
            raise flaw(
                "Nilai bidang ini harus lengkap, tanpa * atau ?.", at=token.at, hint=f"Contoh: {_EXAMPLES[name]}."
            )
        values = [self.known(name, one, token.at) for one in raw.split(",") if one]
        if not values:
            raise flaw("Nilai bidang ini kosong.", at=token.at, hint=f"Contoh: {_EXAMPLES[name]}.")
        found = tuple(Keyword(name, value) for value in values)
        return found[0] if len(found) == 1 else Or(found)

    def known(self, name: str, value: str, at: int) -> str:
        low = self.vocabulary.value_of(name, value)
        names = self.vocabulary.names_of(name)
        if names is None or low in names:
            return low
        close = nearest(low, names)
        hint = f"Mungkin maksud Anda {' atau '.join(close)}." if close else f"Contoh: {_EXAMPLES[name]}."
        raise flaw(f"Nilai “{value}” tidak dikenal untuk {name}.", at=at, hint=hint)


_EXAMPLES = {
    **dict.fromkeys(TEXT_FIELDS, "judul:banjir"),
    "authors": "penulis:redaksi",
    "opd": "opd:dinkes",
    "unit": "unit:rsud-soetomo",
    "region": "daerah:kab-jember",
    "bakorwil": "bakorwil:bakorwil-malang",
    "outlet": "media:antara",
    "category": "kategori:kesehatan",
    "tone": "nada:negatif",
    "sentiment": "sentimen:negatif",
    "suggested": "usulan:dinkes",
    "origin": "asal:liputan, asal:rilis atau asal:kutipan",
    "jurisdiction": "wewenang:vertikal",
    "story": "cerita:kode-cerita",
    "needs_reading": "perlu_dibaca:ya",
    "corrected": "dikoreksi:ya",
    "edited": "disunting:ya",
    "vanished": "hilang:ya",
    "copies": "salinan:tanpa",
    **dict.fromkeys(DATE_FIELDS, "tanggal:2026-11-24 atau tanggal:[2026-11-01 TO 2026-11-24]"),
    **dict.fromkeys(SEVERITY_FIELDS, "keparahan:>=4"),
}


def severity(token: Token) -> Severity:
    """Return the bounds of `4`, `>=4`, `<3` or `2..4`."""
    match = _SEVERITY.match(token.text.strip())
    if match is None or (match[1] and match[3]):
        raise flaw("Keparahan adalah angka 1 sampai 5.", at=token.at, hint="Contoh: keparahan:>=4 atau keparahan:2..4.")
    level = int(match[2])
    if match[3]:
        return Severity(level, int(match[3]))
    bounds = {">=": (level, 5), "<=": (1, level), ">": (level + 1, 5), "<": (1, level - 1), None: (level, level)}
    return Severity(*bounds[match[1]])


def published(token: Token) -> Published:
    """Return the bounds of a day, `>=day`, `day..day` or `[day TO day]`, where * leaves a side open."""
    text = token.text.strip()
    since: str | None
    until: str | None
    if token.kind is Kind.RANGE or ".." in text:
        parts = re.split(r"\s+(?:TO|SAMPAI|s/d)\s+|\.\.", text)
        if len(parts) != 2:
            raise flaw(
                "Rentang tanggal perlu dua tanggal.", at=token.at, hint="Contoh: tanggal:[2026-11-01 TO 2026-11-24]."
            )
        since, until = (None if part.strip() in ("", "*") else part for part in parts)
        return _checked(_bound(since, token, end=False), _bound(until, token, end=True), token)
    match = _DATE_OPERATOR.match(text)
    operator, day = (match[1], match[2]) if match else (None, text)
    if operator in (">=", ">"):
        return Published(_bound(day, token, end=operator == ">"), None)
    if operator in ("<=", "<"):
        return Published(None, _bound(day, token, end=operator == "<="))
    return _checked(_bound(day, token, end=False), _bound(day, token, end=True), token)


def _bound(day: str | None, token: Token, *, end: bool) -> datetime | None:
    if day is None:
        return None
    try:
        return dates.moment(day, end=end)
    except (ValueError, OverflowError):
        raise flaw(f"Tanggal “{day.strip()}” tidak terbaca.", at=token.at, hint=dates.HINT) from None


def _checked(since: datetime | None, until: datetime | None, token: Token) -> Published:
    if since is not None and until is not None and since >= until:
        raise flaw("Tanggal awal sesudah tanggal akhir.", at=token.at, hint="Tukar kedua tanggalnya.")
    return Published(since, until)
