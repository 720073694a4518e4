"""What an officer is shown besides the deciding sentence: the words that speak for the label, and who says it."""

import re
from functools import lru_cache

from contract.messages import Sentiment

from classifier.domain.sentiment.lexicon import NEGATIONS, groups_of, is_form_of
from classifier.domain.sentiment.scan import NEGATIVE, POSITIVE, REVERSERS
from classifier.domain.text import word_set

MAX_CUES = 5
_REACH = 3
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)?")
_STOP = word_set("""dan di ke dari yang dengan untuk pada dalam oleh sebagai itu ini ada akan juga para kata ujar buka
    kembali bagi beri kerja mulai apa soal minta kesehatan keselamatan pembangunan penanggulangan pelaku""")
_PLAIN = frozenset({"launch"})
"""Groups that say good news only together with others: too weak to be shown alone."""

_NAME = r"(?:[A-Z][\w.'’-]*)(?:[ ,]{1,2}(?:[A-Z][\w.'’-]*|dan|bin|of))*"
_SPEAKS = (
    r"(?:kata|ujar|ucap|tutur|jelas|ungkap|tegas|tandas|imbuh|tambah|terang|papar|beber|sebut|lanjut|pungkas|tukas|"
    r"cerita|keluh|aku|kritik|kecam|sindir|sesal)"
)
_AFTER = re.compile(rf"\b{_SPEAKS}(?:nya)?,? (?P<name>{_NAME})")
_ACCORDING = re.compile(rf"\b[Mm]enurut (?P<name>{_NAME})")
_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?: \([^)]{{1,40}}\))?,? (?:juga |pun |lalu |kemudian |turut )?"
    r"(?:mengatakan|menyebut(?:kan)?|menjelaskan|menegaskan|menuturkan|mengungkap(?:kan)?|menyampaikan|menilai|mengaku|"
    r"menambahkan|menyatakan|memaparkan|mengkritik|mengecam|menyoroti|menyesalkan|menyayangkan|mengeluhkan|memuji|"
    r"mengapresiasi|mendesak|menuding)\b"
)
_DAYS = r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu)"
_DAY = re.compile(rf",? \b{_DAYS}\b.*$")
_FIRST_DAY = re.compile(rf"^(?:[A-Z]\w+ )?{_DAYS},? (?=[A-Z])")
_PRONOUNS = frozenset({"Dia", "Ia", "Beliau", "Mereka", "Kami", "Kita", "Saya", "Menurut", "Namun", "Sementara"})
_SUBJECT = re.compile(r"(?:^|[.,;:!?] )[\"“]?(?P<head>[A-Z][\w-]*(?: [\w-]+){0,4}) $")
"""What stands between the start of a clause and a name: "Anggota dewan asal " before "Madura menilai"."""
_NO_SUBJECT = frozenset(
    {"saat", "ketika", "setelah", "usai", "di", "pada", "dalam", "dari", "untuk", "bagi", "hal", "karena"}
)
MAX_SPEAKER_CHARS = 200


@lru_cache(maxsize=1_024)
def cues_in(sentence: str, label: Sentiment) -> tuple[str, ...]:
    """Return the words of a sentence that speak for a label, as they stand, in order; none for a neutral one.

    A negated or reversed word is shown with what turns it: "tidak rusak", "cegah banjir".
    """
    if label is Sentiment.NEUTRAL:
        return ()
    wanted, other = (POSITIVE, NEGATIVE) if label is Sentiment.POSITIVE else (NEGATIVE, POSITIVE)
    out: dict[str, None] = {}
    turned: tuple[int, str] | None = None
    for at, match in enumerate(_WORD.finditer(sentence)):
        word = match.group()
        low = word.lower()
        if turned is not None and at - turned[0] > _REACH:
            turned = None
        groups = () if low in _STOP else groups_of(low)
        if turned is not None and not other.isdisjoint(groups):
            out[f"{turned[1]} {word}"] = None
        elif turned is None and not wanted.isdisjoint(groups) and not set(groups) <= _PLAIN:
            out[word] = None
        if low in NEGATIONS or (label is Sentiment.POSITIVE and is_form_of(low, REVERSERS)):
            turned = at, word
    return tuple(out)[:MAX_CUES]


@lru_cache(maxsize=1_024)
def speaker_of(sentence: str) -> str | None:
    """Return who says the sentence, in its words, where it is reported speech and names him; else None."""
    for pattern in (_AFTER, _ACCORDING, _BEFORE):
        for match in pattern.finditer(sentence):
            whole = _FIRST_DAY.sub("", match.group("name"))
            if pattern is _BEFORE and whole == match.group("name"):
                whole = _subject_before(sentence[: match.start()]) + whole
            name = re.sub(r"(?: dan| of|,)+$", "", _DAY.sub("", whole)).strip(" ,.")
            if len(name) > 2 and name.split()[0].strip(",.") not in _PRONOUNS:
                return name[:MAX_SPEAKER_CHARS]
    return None


def _subject_before(before: str) -> str:
    """Return what belongs to the name behind it, when it is a subject that a place or a body only closes."""
    match = _SUBJECT.search(before)
    if match is None:
        return ""
    first = match.group("head").split()[0]
    return "" if first.lower() in _NO_SUBJECT or first in _PRONOUNS else f"{match.group('head')} "
