"""A grouper on a shelf in memory, with articles made from a few sentences."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from contract.codec import decode
from contract.ids import article_id
from contract.learnt import ArticleGrouped
from runtime.retry import BusyError
from search.stories.domain.assembly import MAX_STORY_ARTICLES
from search.stories.domain.decisions import Decision, Verb
from search.stories.domain.member import Piece
from search.stories.domain.signature import WordWeights
from search.stories.grouper import Grouper

from tests.builders.routed import NOON
from tests.fakes.memory_shelf import MemoryShelf

WEIGHTS = WordWeights(1000, dict.fromkeys(("yang", "dan", "di", "dari", "untuk", "pada", "kata", "itu"), 700))

FLOOD = """Banjir merendam Kecamatan Benjeng di Kabupaten Gresik sejak Minggu malam setelah Kali Lamong meluap.

Kepala Pelaksana BPBD Gresik Sukardi mengatakan sekitar 1.240 rumah warga terendam setinggi lutut orang dewasa.

Dapur umum didirikan di balai desa Munggugianti dan warga lanjut usia diungsikan ke gedung sekolah dasar terdekat.

Petugas gabungan menyiapkan tujuh perahu karet karena jalan antardesa tidak bisa dilewati kendaraan roda dua."""
CLINIC = """Pasien poli jantung RSUD Dr. Soetomo di Surabaya mengeluhkan antrean yang mengular sampai sore hari.

Direktur rumah sakit itu menyebut dua dari lima dokter spesialis sedang bertugas di luar kota sejak awal pekan.

Keluarga pasien meminta nomor antrean dikirim lewat telepon supaya mereka tidak menunggu di lorong tanpa kursi.

Manajemen berjanji menambah satu ruang periksa dan membuka pendaftaran daring pada pekan kedua bulan depan."""


def piece(
    slug: str,
    text: str = FLOOD,
    *,
    title: str = "Banjir Kali Lamong Rendam 1.240 Rumah di Benjeng Gresik",
    outlet: str = "kabar",
    hours: float = 0,
    version: int = 1_000_000,
    own_of: str | None = None,
    tier: int | None = 3,
    seen: datetime | None = None,
) -> Piece:
    at = NOON + timedelta(hours=hours)
    return Piece(
        article_id=article_id(slug),
        version=version,
        month="2026.11",
        title=title,
        text=text,
        url=f"https://{outlet}.contoh/{slug}",
        outlet=outlet,
        outlet_name=outlet.title(),
        tier=tier,
        own_of=own_of,
        published_at=at,
        first_seen_at=seen or at,
        tone="negative",
        opd=("bpbd",),
    )


class Post:
    """Remembers events; refuses them while told to."""

    def __init__(self) -> None:
        self.sent: list[ArticleGrouped] = []
        self.away = False

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        if self.away:
            raise BusyError("broker")
        self.sent += [decode(data, ArticleGrouped) for _, _, data in messages]


class Bench:
    """A grouper and what became of its articles: the last event of each, by slug."""

    def __init__(self, shelf: MemoryShelf | None = None, full_at: int = MAX_STORY_ARTICLES) -> None:
        self.shelf = shelf or MemoryShelf()
        self.post = Post()
        self.grouper = Grouper(self.shelf, self.post, WEIGHTS, full_at)
        self.now = NOON

    def take(self, *pieces: Piece) -> int:
        self.now += timedelta(seconds=1)
        return self.grouper.handle(pieces, self.now)

    def told(self, slug: str) -> ArticleGrouped:
        found = [event for event in self.post.sent if event.article_id == article_id(slug)]
        return max(found, key=lambda event: event.sequence)

    def stories(self, slugs: Iterable[str]) -> set[frozenset[str]]:
        """Return the stories as sets of slugs."""
        groups: dict[str, set[str]] = {}
        for slug in slugs:
            groups.setdefault(self.told(slug).story_id, set()).add(slug)
        return {frozenset(group) for group in groups.values()}

    def decide(self, verb: Verb, one: Iterable[str], other: Iterable[str]) -> None:
        self.now += timedelta(seconds=1)
        sides = (frozenset(map(article_id, one)), frozenset(map(article_id, other)))
        made = Decision(f"k{len(self.shelf.kept_decisions)}", verb, self.now, "Rini", "uji", sides)
        self.shelf.kept_decisions[made.decision_id] = made
        self.grouper.apply(self.now)
