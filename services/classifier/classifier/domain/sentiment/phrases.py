"""Turns of phrase that say more than their words: "dipulangkan", "dongkrak harga", "tak dilibatkan"."""

import re

_PATTERNS: dict[str, str] = {
    "good_news": r"kabar baik|kabar gembira|membaik|sudah pulih|telah pulih|dipulangkan|(?:telah|sudah|boleh) pulang|"
    r"kembali (?:normal|beroperasi|berjalan|dibuka|lancar)|berjalan lagi|beroperasi lagi|tertinggi (?:se|dalam)|"
    r"terbaik (?:se|di|dalam)|pangkas (?:antre|waktu|biaya)|tekan (?:angka|biaya|harga|inflasi)|"
    r"tanpa (?:korban|kendala)|"
    r"bebas (?:biaya|denda|pungutan)|nol (?:kasus|persen)|zero|lebih (?:mudah|cepat|murah|efisien)|naik kelas|"
    r"patut (?:dicontoh|diapresiasi)|layak (?:dicontoh|diapresiasi)|standar internasional|100 persen|selamat dari",
    "falls_good": r"(?:turun|menurun|berkurang|terendah|susut|landai|nihil|terkendali)\W+(?:\w+\W+){0,4}?"
    r"(?:kasus|kemiskinan|miskin|stunting|inflasi|pengangguran|korban|kecelakaan|kriminalitas|suku bunga|harga)|"
    r"(?:kasus|kemiskinan|stunting|inflasi|pengangguran|kecelakaan|angka kematian|kriminalitas)\W+(?:\w+\W+){0,4}?"
    r"(?:turun|menurun|berkurang|landai|nihil|terkendali)",
    "rises_bad": r"(?:harga|kasus|korban|kemiskinan|pengangguran|inflasi|utang|sampah|antrean|beban|"
    r"biaya)\W+(?:\w+\W+){0,4}?"
    r"(?:naik|melonjak|meroket|meningkat|bertambah|membengkak|dongkrak|mahal|tembus)|dongkrak harga|"
    r"bikin (?:resah|rugi|macet)",
    "left_out": r"(?:tak|tidak|belum|tanpa)\W+(?:\w+\W+)?(?:dilibatkan|dapat|layak|ada|punya|sesuai|berizin|"
    r"transparan|"
    r"jelas|kunjung|mampu|bisa|dibayar|kebagian|terima|menerima|tersentuh|diperbaiki|selesai|tahu|becus|"
    r"profesional|maksimal)",
    "drama": r"kisah pilu|mencengangkan|mengerikan|ironi|miris|duh|waduh|parah|nahas|tragis|memilukan|ngeri|"
    r"kocar-kacir|"
    r"biang kerok|carut.?marut|sengkarut|karut.?marut|ugal-ugalan|rapor merah|jadi sorotan|tuai (?:kritik|"
    r"sorotan|protes|polemik)|"
    r"tanda tanya|dipertanyakan|menangis|tangis|jerit|nasib|terancam|buntut|imbas|akibat|gegara|gara-gara",
    "denial": r"\b(?:bantah|membantah|dibantah|tepis|menepis|klarifikasi|luruskan|hoaks|tidak benar|bukan karena)\b",
    "question": r"\?|\b(?:apa saja|bagaimana|mengapa|kenapa|benarkah|apakah|siapa|berapa)\b",
    "opinion": r"\boleh\s*:|\b(?:opini|kolom|catatan|refleksi|menata ulang|urgensi|menakar|menimbang|mengupas)\b",
    "plan": r"\b(?:akan|bakal|rencana\w*|wacana\w*|usul\w*|kaji\w*|target\w*|siap(?:kan)?|segera|janji\w*)\b",
    "service": r"\b(?:jadwal|cara|syarat|daftar|link|tips|profil|fakta|sejarah|arti|lengkap|simak|prakiraan|harga)\b",
    "quotes_blame": r"\b(?:kritik|kecam|tuding|sindir|sebut|minta|desak|tuntut|somasi|gugat|protes|tolak)\w*\b",
    "celebrates": r"\b(?:raih|sabet|juara|diganjar|terima penghargaan|dianugerahi|apresiasi|puji|bangga|rekor|sukses|"
    r"berhasil|resmikan|salurkan|serahkan|bagikan|luncurkan|hadirkan|dongkrak (?:ekonomi|produksi|pendapatan)|"
    r"berdayakan)\w*\b",
    "death": r"\b(?:tewas|meninggal|mayat|jenazah|korban jiwa|keracunan|luka|hilang|hanyut|tenggelam)\b",
    "law": r"\b(?:tersangka|korupsi|kpk|ott|kejaksaan|kejari|polisi|ditangkap|dilaporkan|vonis|sidang|penjara|"
    r"dugaan)\b",
    "money_gift": r"\b(?:rp\W*\d[\d.,]*\W*(?:juta|miliar|triliun)?)\W+(?:\w+\W+){0,3}?(?:bantuan|hibah|"
    r"beasiswa|santunan|untuk)",
}
PHRASES: dict[str, re.Pattern[str]] = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}


def phrases_in(text: str) -> list[str]:
    """Return the names of the phrases in a text given in lower case."""
    return [name for name, pattern in PHRASES.items() if pattern.search(text)]
