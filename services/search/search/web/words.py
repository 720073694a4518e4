"""How dates, numbers and labels are written for people: Indonesian, in WIB."""

from datetime import datetime

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal

from search.domain.query.dates import WIB
from search.domain.vocabulary import CATEGORY_LABELS

LOCALE = "id"

TONES = {"positive": "Positif", "neutral": "Netral", "negative": "Negatif", "needs_reading": "Perlu dibaca"}
CATEGORIES = CATEGORY_LABELS
ORIGINS = {"own": "Rilis sendiri", "pickup": "Kutipan rilis", "earned": "Liputan media"}
JURISDICTIONS = {
    "kabupaten_kota": "kabupaten/kota",
    "vertical": "instansi vertikal",
    "elsewhere": "di luar Jawa Timur",
    "province": "provinsi",
}
VANISHINGS = {
    "gone_410": "media menyatakannya dihapus",
    "not_found_404": "alamatnya tidak ditemukan lagi",
    "soft_404": "halamannya hanya berkata bahwa beritanya tidak ada",
    "redirect_home": "alamatnya dialihkan ke halaman depan",
    "redirect_section": "alamatnya dialihkan ke halaman daftar",
    "redirect_article": "alamatnya dialihkan ke berita lain",
    "restored": "sudah kembali",
}
INTERVALS = {"hour": "per jam", "day": "per hari", "week": "per pekan", "month": "per bulan"}
KINDS = {"opd": "OPD", "unit": "Unit", "region": "Kab/kota", "bakorwil": "Bakorwil"}
SORTS = {
    "-published_at": "Terbaru",
    "published_at": "Terlama",
    "relevance": "Paling cocok",
    "severity": "Keparahan tertinggi",
}


def moment(value: str | datetime) -> str:
    """Return `24 Nov 2026 06.30 WIB`."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{format_datetime(at, 'd MMM yyyy HH.mm', tzinfo=WIB, locale=LOCALE)} WIB"


def long_moment(value: str | datetime) -> str:
    """Return `Selasa, 24 November 2026 06.30 WIB`."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{format_datetime(at, 'EEEE, d MMMM yyyy HH.mm', tzinfo=WIB, locale=LOCALE)} WIB"


def day(value: datetime) -> str:
    """Return `24 Nov 2026`."""
    return format_datetime(value, "d MMM yyyy", tzinfo=WIB, locale=LOCALE)


def ago(value: str, now: datetime) -> str:
    """Return `2 jam yang lalu`; a time that lies ahead is said so too, since some outlets date forward."""
    difference = datetime.fromisoformat(value) - now
    if abs(difference.total_seconds()) < 60:
        return "baru saja"
    return format_timedelta(difference, add_direction=True, locale=LOCALE, threshold=1.2)


def number(value: int) -> str:
    """Return `12.345`."""
    return format_decimal(value, locale=LOCALE)


def certainty(score: float) -> str:
    """Return how sure the reading is, as a word. Below 0.65 a second look pays."""
    return "yakin" if score >= 0.8 else "cukup yakin" if score >= 0.65 else "ragu"


def percent(score: float) -> str:
    """Return `93%`."""
    return f"{round(100 * score)}%"
