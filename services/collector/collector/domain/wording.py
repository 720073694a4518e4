"""What became of a page, in Indonesian words for the officer who asks "why don't I see this?"."""

from contract.outcomes import Outcome
from contract.values import Vanishing

WORDS = {
    "same_content": "Isinya sama dengan berita lain dari media ini",
    "empty": "Halamannya kosong",
    "too_large": "Teks atau halamannya terlalu besar untuk sebuah berita",
    "too_deep": "Susunan halamannya terlalu dalam untuk dibaca",
    "not_html": "Alamat ini bukan halaman web",
    "feed": "Alamat ini umpan berita (feed), bukan berita",
    "front_page": "Ini halaman depan, bukan berita",
    "listing": "Ini halaman daftar, bukan berita",
    "gallery": "Ini galeri tanpa teks berita",
    "paywall": "Teksnya hanya untuk pelanggan",
    "error_page": "Media menampilkan halaman galat",
    "no_title": "Halaman ini tidak berjudul",
    "no_text": "Halaman ini tidak memuat teks berita",
    "too_short": "Teksnya terlalu pendek untuk sebuah berita",
    "unreadable": "Halaman ini tidak dapat dibaca",
    "gone": "Halamannya sudah tidak ada",
    "forbidden": "Media menolak permintaan kami",
    "robots": "robots.txt media ini tidak mengizinkannya",
    "address_refused": "Alamat jaringannya tidak boleh kami hubungi",
    "page_too_large": "Halamannya lebih besar dari batas",
    "too_many_redirects": "Halaman ini terus mengalihkan ke alamat lain",
    "bad_encoding": "Isi halamannya rusak di perjalanan",
    "bad_url": "Alamatnya tidak sah",
    "does_not_fit_contract": "Isinya melampaui batas yang dapat disimpan",
    "timeout": "Media tidak menjawab tepat waktu",
    "network": "Media tidak dapat dihubungi",
    "robots_wait": "robots.txt media ini tidak dapat dibaca",
    "extractor_broke": "Pembacaan halaman ini gagal dan perlu diperiksa petugas teknis",
    "extractor_too_slow": "Pembacaan halaman ini terlalu lama dan perlu diperiksa petugas teknis",
}
"""Words for every reason code that the collector gives; `http_NNN` is made below."""


def in_words(outcome: Outcome, reason: str, detail: str, *, revision: int = 0) -> str:
    """Return the sentence of a disposition, the technical detail in brackets behind it."""
    if outcome is Outcome.PASSED:
        return "Berita baru." if revision == 1 else f"Isi berita berubah; ini versi ke-{revision}."
    words = WORDS.get(reason)
    if words is None and reason.startswith("http_"):
        words = f"Media menjawab dengan kode HTTP {reason.removeprefix('http_')}"
    if words is None:
        words = "Tidak diambil"
    return f"{words}: {detail}" if outcome is Outcome.DUPLICATE else f"{words}. [{detail}]" if detail else f"{words}."


VANISHED_WORDS = {
    Vanishing.GONE_410: "Media menyatakan halaman ini dihapus untuk seterusnya (410)",
    Vanishing.NOT_FOUND_404: "Halaman tidak ditemukan lagi di situs media (404)",
    Vanishing.SOFT_404: "Di alamat ini media hanya menulis bahwa halamannya tidak ada",
    Vanishing.REDIRECT_HOME: "Alamat berita ini sekarang mengalihkan ke halaman depan",
    Vanishing.REDIRECT_SECTION: "Alamat berita ini sekarang mengalihkan ke halaman daftar",
    Vanishing.REDIRECT_ARTICLE: "Alamat berita ini sekarang mengalihkan ke berita lain",
    Vanishing.RESTORED: "Halamannya dapat dibaca lagi",
}
"""How a page went, or that it is back, for the officer."""


def vanished_in_words(how: Vanishing, evidence: str) -> str:
    """Return the sentence of a vanishing, what was seen in brackets behind it."""
    words = VANISHED_WORDS[how]
    return f"{words}. [{evidence}]" if evidence and how not in PLAIN else f"{words}."


PLAIN = frozenset({Vanishing.GONE_410, Vanishing.NOT_FOUND_404, Vanishing.RESTORED})
"""Their words say all that was seen."""
