"""How grave an article is for the province, 1 to 5, by rules that a person can check.

1: good or plain news.
2: complaint, criticism, dispute, or care that a known harm does not come again.
3: somebody is hurt, an accident or a disaster, a service that fails many, corruption as the topic, or anything bad that
   the public passes on ("viral").
4: somebody died, twenty or more were harmed, or somebody is a suspect or convict of corruption.
5: five or more died, or a thousand or more were harmed.
Blame on a body of the province adds one.

What counts is the title and the first sentences: harm that is only background makes a 3 at most. The number of outlets
is not known here; who indexes adds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract.messages import Sentiment

MANY_DEAD = 5
MASS = 20
HUGE = 1_000
_HEAD_CHARS = 900
_LEAD_SENTENCES = 3
_MOST_CUES = 6

_NO_HARM = re.compile(
    r"\b(?:tidak|tak|tanpa|belum)(?: \w+){0,3} korban(?: jiwa| luka)?|\bnihil korban\b|\bkorban jiwa nihil\b|"
    r"\bsudah(?: lama)? meninggal(?: dunia)?|\bmeninggal(?: dunia)?(?= (?:masih|tetap|tercatat|terdaftar|menerima)\b)|"
    r"\b(?:ke)?banjir(?:an)? (?=apresiasi|pujian|pesanan|pembeli|pengunjung|dukungan|kritik|keluhan|promo|diskon)|"
    r"\b(?:lolos|bebas|terhindar|terbebas|selamat) dari (?:banjir|longsor|kekeringan|keracunan)"
)
"""Words that would speak of harm, were they not denied, said of a register, or a figure of speech."""
_DEAD = re.compile(
    r"\b(?:tewas|meninggal|korban jiwa|mayat|jenazah|pembunuhan|dibunuh|membunuh|bunuh diri|kematian|menewaskan)\b"
)
_HURT = re.compile(
    r"\b(?:luka\w*|terluka|keracunan|kritis|hanyut|sekarat|pingsan|dianiaya|penganiayaan|diperkosa|pemerkosaan|dicabuli|"
    r"pencabulan|dibacok|pembacokan|penculikan|diculik|disekap|ditusuk|penembakan|ditembak|muntah\w*|tertabrak|ditabrak|"
    r"menabrak|tabrak|tertimpa|tenggelam|penghilangan paksa|dirundung|perundungan|begal|dijambret|kekerasan)\b"
)
_ACCIDENT = re.compile(
    r"\b(?:kecelakaan|terbakar|kebakaran|terbalik|karam|ambruk|roboh|runtuh|jebol|meledak|ledakan|banjir|longsor|gempa|"
    r"erupsi|puting beliung|kekeringan|terendam|mengungsi|pengungsi)\b"
)
_GRAFT = re.compile(
    r"\b(?:korupsi|koruptor|suap|gratifikasi|pungli|pungutan liar|ott|tangkap tangan|tipikor|penggelapan|dikorupsi)\b"
)
_SUSPECT = re.compile(r"\b(?:tersangka|terdakwa|ditahan|menahan|geledah|menggeledah|digeledah|vonis|divonis|dakwaan)\b")
_OUTAGE = re.compile(
    r"\b(?:eror|error|galat|gangguan|lumpuh|mogok|telantar|terlantar|terhenti|mangkrak|terbengkalai|langka|kelangkaan|"
    r"(?:tak|tidak) bisa diakses|(?:listrik|lampu|halte|pulau|rambu)(?: \w+)? padam|padam (?:\d+|total|bergilir|sejak)|"
    r"(?:obat|stok|vaksin|darah|pupuk|elpiji|oksigen)(?: \w+){0,4} (?:kosong|habis)|"
    r"mati (?:sejak|se(?:pekan|hari|malam|bulan|minggu)|\w+ (?:hari|pekan|bulan)))\b"
)
_COMPLAINT = re.compile(
    r"\b(?:keluh\w*|mengeluh\w*|antre\w*|rusak|lamban|molor|ditolak|tolak|protes|memprotes|demo|unjuk rasa|kritik|"
    r"dikritik|mengkritik|polemik|masalah|bermasalah|tak layak|tidak layak|basi|terlambat|telat|tertunda|"
    r"dihentikan|ditutup|kontroversi|bantah|membantah|klarifikasi|insiden|sengketa|tudingan|dituding|sorotan|disorot|maaf)\b"
)
_VIRAL = re.compile(
    r"\b(?:viral|warganet|netizen|heboh|menghebohkan|trending|tagar|"
    r"(?:ramai|beredar|gaduh|geger)(?: \w+){0,3} (?:media sosial|medsos|publik|protes|jagat maya))\b|^ramai protes\b"
)
_CARE = re.compile(
    r"\b(?:cegah|mencegah|pencegahan|antisipasi\w*|mengantisipasi|tips|imbau|mengimbau|agar tidak|agar tak|hindari|"
    r"waspada|edukasi|simulasi|batas waktu|label|sosialisasi)\b"
)

_COUNT = r"(?P<{0}>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,4}}|belasan|puluhan|seratusan|ratusan|ribuan)"
_PEOPLE = (
    r"(?:siswa|siswi|warga|orang|pelajar|santri|korban|pasien|jiwa|anak|guru|penumpang|pekerja|buruh|murid|mahasiswa|"
    r"kepala keluarga|kk|rumah|pengungsi|balita|jemaah|nelayan|petani)"
)
_HARMED = re.compile(_COUNT.format("n") + r"(?: (?:ribu|lebih|\w+)){0,2}? " + _PEOPLE + r"\b")
_DEAD_COUNT = re.compile(
    _COUNT.format("a")
    + r"(?: \w+){0,3} (?:tewas|meninggal|kematian|pembunuhan|dibunuh)\b"
    + r"|\b(?:tewas|meninggal|menewaskan|korban jiwa)\D{0,14}"
    + _COUNT.format("b")
    + r" (?:orang|korban|jiwa|penumpang|warga)"
)
_WORD_COUNTS = {"belasan": 11, "puluhan": 20, "seratusan": 100, "ratusan": 100, "ribuan": 1_000}
_YEARS = range(1_900, 2_101)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Severity:
    """The level, its reason in Indonesian, and the words of the article that decided."""

    level: int
    reason: str
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """One rule that holds: the level it asks for, why, and the word."""

    level: int
    reason: str
    cue: str = ""


def severity_of(title: str, text: str, tone: Sentiment, *, blames_province: bool) -> Severity:
    """Return the severity. Good news is 1, whatever it mentions."""
    heading, head = _plain(title), _plain(text[:_HEAD_CHARS])
    steps = [] if tone is Sentiment.POSITIVE else list(_steps(heading, head, tone))
    level = max((step.level for step in steps), default=1)
    if blames_province:
        level = min(5, level + 1)
        steps.append(_Step(level, "menyalahkan badan provinsi"))
    steps.sort(key=lambda step: -step.level)
    reasons = tuple(dict.fromkeys(f'{step.reason} ("{step.cue}")' if step.cue else step.reason for step in steps))
    cues = tuple(dict.fromkeys(step.cue for step in steps if step.cue))[:_MOST_CUES]
    return Severity(level, ", ".join(reasons).capitalize() or "Tidak ada kerugian atau tuduhan yang disebut", cues)


def _plain(text: str) -> str:
    return _NO_HARM.sub(" ", " ".join(text.lower().split()))


def _steps(title: str, head: str, tone: Sentiment) -> Iterator[_Step]:
    negative = tone is Sentiment.NEGATIVE
    lead = " ".join(_SENTENCE.split(head)[:_LEAD_SENTENCES])
    if negative:
        yield _Step(2, "berita bernada negatif")
    if found := _COMPLAINT.search(title) or (_COMPLAINT.search(lead) if negative else None):
        yield _Step(2, "ada keluhan atau kritik", found.group())
    harmed = _HURT.search(title) or _DEAD.search(title) or _ACCIDENT.search(title)
    if harmed and not negative:
        yield _Step(2, "menyangkut kejadian yang merugikan", harmed.group())
    if _CARE.search(title) and not any(_counts(_HARMED, title)):
        return  # care that it does not come again names the harm, but is not about it
    yield from _viral(title, lead, negative=negative)
    yield from _outage(title, lead, negative=negative)
    yield from _graft(title, lead, negative=negative)
    yield from _harm(title, lead, negative=negative)


def _viral(title: str, lead: str, *, negative: bool) -> Iterator[_Step]:
    found = _VIRAL.search(title) or _VIRAL.search(lead)
    if found and (negative or _COMPLAINT.search(title)):
        yield _Step(3, "ramai di media sosial", found.group())


def _outage(title: str, lead: str, *, negative: bool) -> Iterator[_Step]:
    if found := _OUTAGE.search(title) or (_OUTAGE.search(lead) if negative else None):
        yield _Step(3, "layanan terganggu", found.group())


def _graft(title: str, lead: str, *, negative: bool) -> Iterator[_Step]:
    found = _GRAFT.search(title) or _GRAFT.search(lead)
    if not found:
        return
    suspect = _SUSPECT.search(title) or _SUSPECT.search(lead)
    if suspect and negative:
        yield _Step(4, "tersangka atau terdakwa korupsi", suspect.group())
    yield _Step(3 if negative else 2, "dugaan korupsi", found.group())


def _harm(title: str, lead: str, *, negative: bool) -> Iterator[_Step]:
    """Yield what harm to people asks for; harm that only the lead names, in news that is not bad, is background."""
    both = f"{title}. {lead}"
    dead = _DEAD.search(title) or (_DEAD.search(lead) if negative else None)
    if dead:
        many = max(_counts(_DEAD_COUNT, both), default=0) >= MANY_DEAD
        yield _Step(
            5 if many else 4, "lima orang atau lebih meninggal" if many else "ada korban meninggal", dead.group()
        )
    hurt = _HURT.search(title) or _ACCIDENT.search(title)
    behind = _HURT.search(lead) or _ACCIDENT.search(lead)
    if hurt or (behind and negative):
        found = hurt or behind
        yield _Step(3, "ada korban atau kejadian berbahaya", found.group() if found else "")
        number = max((n for part in _SENTENCE.split(both) if _harms(part) for n in _counts(_HARMED, part)), default=0)
        if number >= MASS and negative:
            yield _Step(5 if number >= HUGE else 4, f"sedikitnya {number} orang atau rumah terdampak")
    elif behind:
        yield _Step(2, "menyangkut kejadian yang merugikan", behind.group())


def _harms(sentence: str) -> bool:
    return bool(_HURT.search(sentence) or _ACCIDENT.search(sentence))


def _counts(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Yield the numbers of people the pattern finds; a bare number between 1900 and 2100 is a year."""
    for found in pattern.finditer(text):
        written = next(group for group in found.groups() if group)
        if written in _WORD_COUNTS:
            yield _WORD_COUNTS[written]
        elif (number := int(written.replace(".", ""))) not in _YEARS or "." in written:
            yield number
