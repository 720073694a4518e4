"""Reads who does what to the target: blamed or praised by others, acting well or badly itself, cleared, thanked.

Clauses matter more than words: "DPRD memuji A tetapi mengkritik B" speaks well of A and ill of B.
"""

import re
from collections.abc import Sequence

from classifier.domain.sentiment.lexicon import NEGATIONS, is_form_of
from classifier.domain.text import word_set

BLAMES = word_set("""kritik kecam tuding tuduh gugat lapor adu desak protes sorot sesal sindir tuntut tagih
    tegur somasi geruduk
    demo pertanyakan keluh polisikan geledah periksa panggil tahan sanksi semprot ultimatum sentil cecar kecewa
    soroti denda jerat sangka dakwa vonis copot segel ringkus salah usut selidik sidik obok curiga bidik""")
PRAISES = word_set(
    "puji apresiasi acung salut bangga banggakan kagum sanjung hargai penghargaan anugerah ganjar terimakasih "
    "percontohan"
)
DOES_WELL = word_set("""bantu salur serah evakuasi selamat perbaiki atasi tangani tuntas raih sabet boyong
    resmi operasi gratis
    turun tekan sembuh hasil berhasil sukses bongkar ungkap ganti distribusi kirim pulih layan rampung cepat
    percepat padam tertib berdaya jaga gagal-kan juara menang dongkrak tingkat mudah ringan bebas lindung
    dampingi latih sigap tanggap inovasi kembali damai jinak tolong temu sediakan bagi hibah santun beasiswa
    bina terbaik unggul bangkit solusi""")
DOES_BADLY = word_set("""lalai abai gagal lamban lambat persulit mempersulit telantar terlantar biar bungkam
    ingkar telat tunggak
    salah langgar korupsi pungli seleweng palsu tilep bohong peras mangkir mandek mangkrak rugi rusak eror error
    amburadul semrawut bocor kosong habis minim kurang rumit berbelit lelet jelek buruk kacau lemah rawan ambruk
    dangkal bolong lubang berlubang antre molor terbengkalai bengkalai usang kumuh kotor gaduh arogan kasar usir
    tolak diskriminasi mark-up fiktif gelembung suap gratifikasi sunat potong pangkas aniaya lecehkan cabul
    tewas meninggal tidak-layak pihak pembiaran maladministrasi temuan sesat tipu jual tarik abaikan kedaluwarsa
    hilang""")
_CLAUSE_ENDS = frozenset({"tetapi", "namun", "sedangkan", "sementara", "tapi", ";", "melainkan", "sebaliknya"})
_LEFT_ENDS = _CLAUSE_ENDS | {".", "?", "!"}
_LEFT_REACH, _RIGHT_REACH = 9, 14
_NEGATION_REACH = 3

_PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "cleared": r"(?:tidak|tak|tanpa)\s+(?:terbukti|bersalah|benar|ada bukti|ditemukan (?:pelanggaran|"
        r"unsur))|sudah (?:sesuai|benar)|"
        r"membuktikan|sesuai (?:aturan|prosedur|sop)|minta maaf kepada|keluarga (?:pun )?(?:meminta|minta) maaf",
        "apologises": r"(?:minta|meminta|permintaan|memohon)\s+maaf",
        "denies": r"\b(?:membantah|bantah|menepis|menampik|menyangkal|klarifikasi)\b",
        "thanks_to": r"\b(?:berkat|atas (?:bantuan|dukungan|kerja keras|respons)|terima ?kasih)\b",
        "turned": r"\b(?:bukannya|alih-alih|justru|malah|padahal|ironisnya|bukan malah)\b",
        "concedes": r"\b(?:meski|meskipun|walau|walaupun|kendati|sempat|dulu|semula)\b",
        "demands": r"\b(?:mundur|dicopot|bertanggung jawab|tanggung jawab|segera turun tangan|evaluasi|"
        r"dievaluasi|diaudit|diusut)\b",
        "suspects": r"\b(?:tersangka|terdakwa|diduga|dugaan|kasus korupsi|ditahan|ott|digeledah|oknum)\b",
        "praised_hard": r"\b(?:hebat betul|luar biasa|bagus sekali|mantap)\b",
        "asks": r"\b(?:diminta|minta|meminta|berharap|diharapkan|harus|wajib|didesak|perlu)\b",
        "award": r"\b(?:penghargaan|award|juara|terbaik|predikat|rekor|medali|opini wtp)\b",
        "done": r"\b(?:telah|sudah|berhasil|kini|rampung|tuntas|selesai|kembali)\b",
        "future": r"\b(?:akan|bakal|rencana|berencana|segera|siap|target|menargetkan)\b",
        "no_single": r"\b(?:tak|tidak) (?:satu ?pun|seorang ?pun|ada yang|pernah)\b",
    }.items()
}


def stance(before: str, left: Sequence[str], right: Sequence[str], after: str, out: dict[str, float]) -> None:
    """Add the marks of the clause around the target; `left` and `right` are the words of its sentence in order."""
    near_left = _until(left[::-1], _LEFT_ENDS, _LEFT_REACH)
    near_right = _until(right, _CLAUSE_ENDS, _RIGHT_REACH)
    found = {
        "Lblame": _hits(near_left[::-1], BLAMES),
        "Lpraise": _hits(near_left[::-1], PRAISES),
        "Lbad": _hits(near_left[::-1], DOES_BADLY),
        "Lgood": _hits(near_left[::-1], DOES_WELL),
        "Rblame": _hits(near_right, BLAMES),
        "Rpraise": _hits(near_right, PRAISES),
        "Rgood": _hits(near_right, DOES_WELL),
        "Rbad": _hits(near_right, DOES_BADLY),
    }
    for name, (plain, negated) in found.items():
        if plain:
            out[f"s.{name}"] = 1.5
        if negated:
            out[f"s.{name}-"] = 1.5
    passive = next((word for word in near_right[:3] if word.startswith(("di", "ter")) and len(word) > 4), "")
    if passive:
        kind = "blame" if is_form_of(passive, BLAMES) else "praise" if is_form_of(passive, PRAISES) else "other"
        out[f"s.passive.{kind}"] = 1.5
    clause = " ".join([*near_left[::-1], *near_right])
    whole = " ".join([*left, *right]) + " " + after.lower()[:160]
    for name, pattern in _PATTERNS.items():
        if pattern.search(clause):
            out[f"s.{name}"] = 1.2
        elif pattern.search(whole):
            out[f"s.~{name}"] = 0.8
    _sum(out)
    del before


def _sum(out: dict[str, float]) -> None:
    """Add what only a combination says: irony, blame answered by facts, and the balance of the clause."""
    bad = sum(
        key in out
        for key in (
            "s.Lblame",
            "s.Rblame",
            "s.Rbad",
            "s.Lbad",
            "s.suspects",
            "s.turned",
            "s.demands",
            "s.passive.blame",
        )
    )
    good = sum(
        key in out
        for key in (
            "s.Lpraise",
            "s.Rpraise",
            "s.Rgood",
            "s.thanks_to",
            "s.award",
            "s.cleared",
            "s.passive.praise",
            "s.Rbad-",
            "s.Lbad-",
        )
    )
    out["s.balance"] = float(good - bad)
    if good and bad:
        out["s.both"] = 1.0
    if bad and ("s.praised_hard" in out or "s.thanks_to" in out):
        out["s.irony"] = 1.5
    if bad and ("s.cleared" in out or "s.~cleared" in out):
        out["s.rebutted"] = 1.5
    if good and "s.done" in out and "s.future" not in out:
        out["s.delivered"] = 1.2
    if good and "s.future" in out:
        out["s.promised"] = 1.2
    out["s.none"] = float(not good and not bad)


def _until(words: Sequence[str], ends: frozenset[str], reach: int) -> list[str]:
    out: list[str] = []
    for word in words[:reach]:
        if word in ends:
            break
        out.append(word)
    return out


def _hits(words: Sequence[str], family: frozenset[str]) -> tuple[int, int]:
    """Return how many words of the family stand there plainly, and how many behind a negation."""
    plain = negated = 0
    reach = 0
    for word in words:
        if word in NEGATIONS:
            reach = _NEGATION_REACH
            continue
        if is_form_of(word, family):
            plain, negated = plain + (reach == 0), negated + (reach > 0)
        reach = max(0, reach - 1)
    return plain, negated
