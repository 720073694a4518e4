"""The words of an article as they are compared: without what an outlet puts around a text, without case and marks.

Agencies' names and datelines before the first sentence, "Baca juga" lines, credits of editors and players of videos
differ between two copies of one text, so they are taken away before anything is counted.
"""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;“\"‘(–—-]\s*$")

_DATELINE = re.compile(
    r"""^\s*
    (?:\(?[A-Z0-9][\w.'’/-]*(?:[ ,|]+(?:\(?[A-Z0-9][\w.'’/-]*\)?)){0,7}\)?)   # KOTA, MEDIA.COM (ANTARA)
    \s*(?:[,|]\s*)?(?:\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)\s*)?
    (?:--+|[–—―]|-(?=\s)|\|)\s*""",
    re.VERBOSE,
)
_DATELINE_CHARS = 90
_NOISE_LINE = re.compile(
    r"""^\W*(?:
      baca\s+(?:juga|selengkapnya|pula|berita)|simak\s+(?:juga|video|breaking|pula)|lihat\s+(?:juga|video)
      |tonton\s+(?:juga|video)|saksikan\s+(?:juga|video)|pilihan\s+editor|artikel\s+(?:terkait|ini\s+telah)
      |editor|penulis|reporter|pewarta|kontributor|penyunting|redaktur|sumber|foto|video|infografis|copyright
      |hak\s+cipta|dapatkan\s+(?:update|informasi|berita)|ikuti\s+(?:berita|kami|saluran|perkembangan|tempo)
      |advertisement|scroll\s+to|iklan|halaman\s+(?:selanjutnya|berikutnya|\d)|gabung|klik\s|bagikan|follow\s
      |cek\s+berita|jangan\s+lewatkan|berita\s+terkait|tags?\s*:|topik\s*:|(?:selanjutnya|next)\s*:|©
      |\[?gambas|video\s+20detik|dilarang\s+keras\s+mengambil
    )\b.{0,240}$""",
    re.VERBOSE | re.IGNORECASE,
)
_INLINE_NOISE = re.compile(
    r"\[Gambas:[^\]]*\]|\(?\s*Baca juga\s*:\s*[^.\n]{0,160}|Simak Video [\"“][^\"”\n]{0,160}[\"”]", re.IGNORECASE
)
_CREDIT_END = re.compile(r"\s*[\[(](?:[a-zA-Z]{2,6}(?:\s*/\s*[a-zA-Z]{2,6}){0,3}|\*+|ADV|adv)[\])]\s*$")
_CALENDAR = (
    "senin selasa rabu kamis jumat sabtu ahad minggu januari februari maret april mei juni juli agustus september "
    "oktober november desember"
)
CALENDAR = frozenset(_CALENDAR.split())
_MONTHS = {month: number for number, month in enumerate(_CALENDAR.split()[8:], 1)}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}}) (?P<name>{'|'.join(_MONTHS)})\b"
    r"|(?<![\d/])(?P<dd>\d{1,2})[/-](?P<mm>\d{1,2})(?:[/-](?:\d{4}|\d{2}))?(?![\d/])"
    r"|\((?P<squeezed>\d{3,8})\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wording:
    """What is compared: folded words of title and body, and the body's words that are written as names."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    names: frozenset[str]
    dates: frozenset[str] = frozenset()

    @property
    def numbers(self) -> frozenset[str]:
        """Return numbers, weekdays and months: what changes from one schedule or price list to the next."""
        return frozenset(word for word in self.body if word[0].isdigit() or word in CALENDAR)


def wording_of(title: str, text: str) -> Wording:
    """Return the words of an article."""
    body: list[str] = []
    names: set[str] = set()
    for paragraph in paragraphs_of(text):
        words, capital = _words(paragraph)
        body += words
        names |= capital
    folded_title, _ = _words(_plain(title))
    return Wording(tuple(folded_title), tuple(body), frozenset(names), dates_in(f"{title}\n{text}"))


def dates_in(text: str) -> frozenset[str]:
    """Return the days a text names, as `26-9`; digits in brackets whose slashes were lost stay as they are."""
    return frozenset(
        f"{int(match['day'])}-{_MONTHS[match['name'].lower()]}"
        if match["day"]
        else match["squeezed"] or f"{int(match['dd'])}-{int(match['mm'])}"
        for match in _DATE.finditer(text)
    )


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of the text itself: lines of the outlet's own making are left out."""
    kept: list[str] = []
    for raw in _plain(text).splitlines():
        line = _INLINE_NOISE.sub(" ", raw).strip()
        if not line or _NOISE_LINE.match(line):
            continue
        own = _CREDIT_END.sub("", line if kept else without_dateline(line)).strip()
        if own:
            kept.append(own)
    return kept


def without_dateline(line: str) -> str:
    """Return a first paragraph without place, agency and dash before its first sentence.

    What stands there must be short and written in capitals, so that a sentence with a dash keeps its beginning.
    """
    match = _DATELINE.match(line[: _DATELINE_CHARS + 8])
    if match is None or match.end() > _DATELINE_CHARS or match.end() >= len(line):
        return line
    return line[match.end() :]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("­", "")


def _words(paragraph: str) -> tuple[list[str], set[str]]:
    """Return the folded words and those written with a capital within a sentence."""
    words: list[str] = []
    names: set[str] = set()
    for match in _TOKEN.finditer(paragraph):
        raw = match[0]
        word = fold(raw)
        words.append(word)
        before = paragraph[max(0, match.start() - 3) : match.start()]
        within = bool(before.strip() or match.start()) and not _SENTENCE_END.search(before)
        if raw[0].isupper() and (within or (len(raw) > 2 and raw.isupper())) and len(word) > 2:
            names.add(word)
    return words, names - CALENDAR


def fold(word: str) -> str:
    """Return a word in lower case without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
