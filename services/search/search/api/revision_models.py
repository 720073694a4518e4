"""The shapes of the answers about an article's revisions, their differences, and the page's coming and going."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SpokenOf(_Answer):
    """Nada terhadap satu pihak, sebagaimana terbaca pada versi itu."""

    id: str = Field(examples=["dinkes"])
    kind: str = Field(examples=["opd"])
    label: str
    sentiment: str = Field(examples=["negative"])
    score: float


class RevisionOut(_Answer):
    """Satu versi berita, sebagaimana diterbitkan dan terbaca waktu itu."""

    revision: int
    at: str = Field(description="Waktu versi ini diambil")
    modified_at: str | None = Field(default=None, description="Waktu perubahan menurut medianya")
    title: str
    previous: int | None = Field(default=None, description="Versi yang dibandingkan; null bila tidak ada")
    kinds: list[str] = Field(description="Apa yang diubah sejak `previous`; `cosmetic` bukan suntingan")
    kind_words: list[str] = Field(description="`kinds` dalam kata")
    tone: str
    tone_score: float
    severity: int
    mentions: list[SpokenOf]
    archive: str | None = Field(default=None, description="Halaman aslinya di arsip: bukti")


class TimelineEntry(_Answer):
    """Satu kejadian pada halaman berita."""

    at: str
    event: Literal["published", "edited", "unchanged", "vanished", "restored"]
    revision: int
    text: str = Field(description="Kejadiannya dalam kalimat")
    how: str | None = Field(default=None, description="Untuk vanished: bagaimana hilangnya")
    checked_at: list[str] = Field(default_factory=list, description="Kapan saja diperiksa")
    last_page: str | None = Field(default=None, description="Halaman terakhir yang terbaca, di arsip")
    found_page: str | None = Field(default=None, description="Halaman yang ada di alamat itu sekarang, di arsip")


class RevisionsOut(_Answer):
    """Semua versi berita yang dikenal, dan riwayat halamannya."""

    article_id: str
    edited: bool
    edit_kinds: list[str]
    vanished: bool = Field(description="Benar bila halamannya sedang hilang")
    items: list[RevisionOut] = Field(description="Versi, yang pertama dahulu")
    timeline: list[TimelineEntry] = Field(description="Kejadian, yang pertama dahulu")


class WordsOut(_Answer):
    """Sepotong teks biasa; bila ditampilkan di HTML harus di-escape."""

    op: Literal["equal", "removed", "added"]
    text: str


class TitleOut(_Answer):
    """Judul sebelum dan sesudahnya. Kekuatan 0: tidak menyalahkan dan tidak menceritakan kerugian."""

    before: str
    after: str
    words: list[WordsOut]
    strength_before: float
    strength_after: float
    evidence_before: list[str] = Field(description="Kata yang membuat judul lama lebih keras atau lebih lunak")
    evidence_after: list[str] = Field(description="Kata yang membuat judul baru lebih keras atau lebih lunak")


class ParagraphOut(_Answer):
    """Satu paragraf. `words` kosong: perubahannya ditampilkan utuh, dari `before` ke `after`."""

    op: Literal["same", "changed", "removed", "added", "moved"]
    number_before: int | None = None
    number_after: int | None = None
    before: str | None = None
    after: str | None = None
    words: list[WordsOut] = Field(default_factory=list)
    cosmetic: bool = Field(default=False, description="Benar bila perubahannya tidak berarti")


class ExchangedOut(_Answer):
    removed: list[str]
    added: list[str]


class ReadAs(_Answer):
    tone: str
    tone_score: float
    severity: int


class DifferenceOut(_Answer):
    """Perbedaan dua versi."""

    article_id: str
    from_: int = Field(serialization_alias="from", validation_alias="from")
    to: int
    kinds: list[str]
    kind_words: list[str]
    title: TitleOut | None = Field(description="null bila judulnya sama")
    paragraphs: list[ParagraphOut]
    numbers: ExchangedOut
    names: ExchangedOut
    quotes_removed: list[str]
    notes: list[str] = Field(description="Kalimat ralat, koreksi redaksi, atau hak jawab yang ditambahkan")
    read_before: ReadAs
    read_after: ReadAs
    limited: bool = Field(description="Benar bila teksnya terlalu panjang untuk dibandingkan kata demi kata")
