"""How grave an article is for the province, 1 to 5, by rules that a person can check."""

import re
from dataclasses import dataclass

from contract.messages import Sentiment

_DEAD = re.compile(r"\b(?:tewas|meninggal|korban jiwa|mayat|jenazah|wafat)\b")
_MANY_DEAD = re.compile(
    r"\b(\d{1,4})\s+(?:\w+\s+){0,2}(?:tewas|meninggal|korban jiwa)\b|\b(?:tewas|meninggal)\D{0,12}(\d{1,4})\s+orang"
)
_HURT = re.compile(
    r"\b(?:luka|keracunan|kritis|hilang|hanyut|sekarat|dirawat|pingsan|terluka|dianiaya|diperkosa|dicabuli)\w*\b"
)
_MASS = re.compile(
    r"\b(?:ratusan|ribuan|puluhan|massal|[1-9]\d{2,})\s+(?:\w+\s+){0,2}(?:siswa|warga|orang|pelajar|santri|korban|"
    r"pasien|rumah|jiwa|kepala keluarga|kk|pengungsi|anak)\b"
)
_GRAFT = re.compile(r"\b(?:korupsi|koruptor|suap|gratifikasi|pungli|ott|tipikor|kpk)\b")
_SUSPECT = re.compile(r"\b(?:tersangka|terdakwa|ditahan|geledah|digeledah|vonis|dakwaan)\b")
_SERVICE = re.compile(
    r"\b(?:keluh\w*|mengeluh\w*|antre\w*|mangkrak|rusak|telantar|terbengkalai|lamban|molor|ditolak|protes|demo)\b"
)
MANY_DEAD = 5


@dataclass(frozen=True, slots=True)
class Severity:
    """The level and its reason in Indonesian."""

    level: int
    reason: str


def severity_of(title: str, text: str, tone: Sentiment, *, blames_province: bool) -> Severity:
    """Return the severity. Good and plain news is 1, whatever it mentions, unless people died."""
    head = f"{title}. {text[:900]}".lower()
    level, reasons = 1, []
    if tone is Sentiment.NEGATIVE:
        level, reasons = 2, ["berita bernada negatif"]
        if _SERVICE.search(head):
            reasons.append("keluhan layanan")
    level, reasons = _harm(head, tone, level, reasons)
    if _GRAFT.search(head) and tone is not Sentiment.POSITIVE:
        found = 4 if _SUSPECT.search(head) and tone is Sentiment.NEGATIVE else 3
        level, reasons = max(level, found), [*reasons, "dugaan korupsi"]
    if blames_province and level < 5:
        level, reasons = level + 1, [*reasons, "menyalahkan badan provinsi"]
    return Severity(level, ", ".join(reasons).capitalize() or "Tidak ada kerugian atau tuduhan yang disebut")


def _harm(head: str, tone: Sentiment, level: int, reasons: list[str]) -> tuple[int, list[str]]:
    if _DEAD.search(head) and tone is not Sentiment.POSITIVE:
        counts = [int(number) for found in _MANY_DEAD.findall(head) for number in found if number]
        many = any(MANY_DEAD <= number < 1_900 for number in counts)
        return max(level, 5 if many else 4), [
            *reasons,
            "korban meninggal lebih dari empat" if many else "ada korban meninggal",
        ]
    if tone is Sentiment.NEGATIVE and _HURT.search(head):
        mass = bool(_MASS.search(head))
        return max(level, 4 if mass else 3), [*reasons, "banyak orang terdampak" if mass else "ada korban"]
    return level, reasons
