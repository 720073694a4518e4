"""The shapes of the answers. Keys may be added within `/v1`, never taken away or given another meaning.

Descriptions are Indonesian: `/docs` shows them to the engineers of other offices.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MentionOut(_Answer):
    """Perangkat daerah, unit, atau wilayah yang berkaitan dengan berita, dan nada berita terhadapnya."""

    id: str = Field(examples=["dinkes"])
    kind: str = Field(examples=["opd"], description="opd, unit, region, atau bakorwil")
    label: str = Field(examples=["Dinas Kesehatan"])
    sentiment: str = Field(examples=["negative"])
    score: float = Field(examples=[0.93], description="Keyakinan mesin, 0 sampai 1")
    evidence: str = Field(
        description="Kalimat yang menjadi dasar pembacaan",
        examples=["Dinas Kesehatan Jawa Timur mengakui antrean pasien terlalu panjang."],
    )
    derived: bool = Field(
        description="Benar bila diturunkan dari `via` (misalnya OPD dari rumah sakitnya), tidak disebut sendiri"
    )
    via: list[str]
    rule: str
    reason: str
    cues: list[str] = Field(default_factory=list, description="Kata dalam kalimat itu yang menentukan")
    speaker: str | None = Field(default=None, description="Siapa yang mengatakannya, bila kalimat itu kutipan")
    uncertain: bool = Field(default=False, description="Benar bila mesin ragu; perlu dibaca orang")
    corrected: bool = Field(default=False, description="Benar bila dibetulkan orang")


class ArticleItem(_Answer):
    """Satu berita dalam daftar. Teks lengkap ada di `/v1/articles/{id}`."""

    id: str = Field(examples=["8f14e45fceea167a5a36dedd4bea2543"])
    url: str = Field(
        examples=["https://kabar-contoh.id/kesehatan/antrean"], description="Alamat baku, tanpa parameter pelacak"
    )
    canonical_url: str = Field(description="Sama dengan `url`")
    fetched_url: str = Field(description="Alamat yang benar-benar diambil, sebagaimana tertulis di umpan media")
    title: str
    lead: str
    outlet: str = Field(examples=["kabar-contoh"])
    outlet_name: str
    tier: int | None = None
    own_of: str | None = Field(
        default=None, description="OPD pemilik situs ini, bila beritanya terbit di situs OPD sendiri"
    )
    sample: bool = Field(description="Benar untuk media contoh: beritanya dikarang")
    authors: list[str]
    section: str | None = None
    image_url: str | None = None
    language: str | None = None
    published_at: str = Field(examples=["2026-11-24T05:00:00.000+00:00"])
    modified_at: str | None = None
    first_seen_at: str
    indexed_at: str
    revision: int
    tone: str = Field(examples=["negative"], description="Nada berita secara keseluruhan, bukan terhadap satu OPD")
    tone_score: float
    tone_evidence: str = Field(default="", description="Kalimat yang menjadi dasar nada berita")
    tone_cues: list[str] = Field(default_factory=list, description="Kata yang menentukan nada berita")
    tone_speaker: str | None = Field(default=None, description="Siapa yang mengatakannya, bila kutipan")
    severity: int = Field(description="Keparahan, 1 (ringan) sampai 5 (korban jiwa, bencana besar)")
    category: list[str]
    mentions: list[MentionOut]
    opd: list[str]
    unit: list[str]
    region: list[str]
    bakorwil: list[str]
    suggested: list[str] = Field(
        default_factory=list, description="Usulan: OPD yang tidak disebut, tetapi urusannya jelas. Tidak dihitung"
    )
    jurisdiction: list[str] = Field(
        default_factory=list, description="Wewenang pihak lain yang disebut: kabupaten_kota, vertical, elsewhere"
    )
    tone_uncertain: bool = Field(default=False, description="Benar bila nada berita terlalu meragukan untuk dihitung")
    needs_reading: bool = Field(
        default=False, description="Benar bila nada berita, atau nada terhadap satu OPD atau unit, perlu dibaca orang"
    )
    needs_reading_reason: str = Field(default="", description="Mengapa perlu dibaca")
    corrected: bool = Field(default=False, description="Benar bila ada yang dibetulkan orang")
    corrected_fields: list[str] = Field(default_factory=list, description="Apa yang dibetulkan")
    origin: str = Field(
        default="earned", description="own: rilis OPD sendiri; pickup: kutipan rilis; earned: liputan media"
    )
    release_of: str | None = Field(default=None, description="Id rilis yang dikutip")
    story_id: str | None = Field(default=None, description="Cerita tempat berita ini berada")
    story_articles: int | None = Field(default=None, description="Jumlah berita dalam cerita itu")
    story_outlets: int | None = Field(default=None, description="Jumlah media dalam cerita itu")
    copy_group: str | None = Field(default=None, description="Kelompok berita yang isinya hampir sama")
    copy_of: str | None = Field(default=None, description="Berita pertama yang disalin; null bila bukan salinan")
    first: bool | None = Field(default=None, description="Benar bila yang pertama di antara salinannya")
    similarity: float | None = Field(default=None, description="Kemiripan dengan `copy_of`, 0 sampai 1")
    edited: bool = Field(default=False, description="Benar bila media mengubah beritanya setelah terbit")
    edit_kinds: list[str] = Field(default_factory=list, description="Apa yang diubah media")
    vanished_at: str | None = Field(default=None, description="Sejak kapan halamannya hilang")
    vanished_how: str | None = Field(
        default=None,
        description="Bagaimana hilangnya: gone_410, not_found_404, soft_404, redirect_home, redirect_section, atau "
        "redirect_article",
    )
    highlights: dict[str, list[str]] = Field(
        default_factory=dict, description="Potongan `title` dan `text` yang cocok, HTML aman dengan <mark>"
    )


class ArticleOut(ArticleItem):
    """Satu berita lengkap."""

    text: str
    severity_reason: str
    severity_cues: list[str] = Field(default_factory=list, description="Kata penentu keparahan menurut mesin")
    category_cues: dict[str, list[str]] = Field(
        default_factory=dict, description="Kata penentu tiap kategori menurut mesin"
    )
    machine: dict[str, Any] = Field(default_factory=dict, description="Bacaan mesin, di mana orang membetulkannya")
    reading: dict[str, Any] = Field(
        description="Semua yang terbaca: setiap penyebutan dengan letaknya, pihak lain, dan usul"
    )


class FacetValue(_Answer):
    key: str
    label: str
    count: int


class ArticlesOut(_Answer):
    """Satu halaman berita."""

    total: int
    items: list[ArticleItem]
    next: str | None = Field(
        description="Kirim kembali sebagai `cursor` untuk halaman berikutnya; null di halaman terakhir"
    )
    facets: dict[str, list[FacetValue]]


class QuestionOut(_Answer):
    """Satu bacaan yang meragukan, yang dapat dijawab orang."""

    about: str = Field(description="tone: nada berita; sentiment: nada terhadap satu OPD atau unit")
    kind: str | None
    id: str | None
    label: str
    guess: str = Field(description="Dugaan mesin")
    score: float = Field(description="Keyakinan mesin atas dugaannya, 0 sampai 1")
    evidence: str
    cues: list[str]
    speaker: str | None
    reason: str


class NeedsReadingItem(_Answer):
    article: ArticleItem
    questions: list[QuestionOut]


class NeedsReadingOut(_Answer):
    """Satu halaman berita yang perlu dibaca, dengan pertanyaannya."""

    total: int
    items: list[NeedsReadingItem]
    next: str | None = Field(description="Kirim kembali sebagai `cursor`; null di halaman terakhir")
    facets: dict[str, list[FacetValue]]


class Counts(_Answer):
    positive: int
    neutral: int
    negative: int
    needs_reading: int = Field(description="Perlu dibaca: terlalu meragukan untuk dihitung sebagai salah satunya")
    total: int = Field(description="Jumlah keempatnya")


class Slot(Counts):
    at: str = Field(examples=["2026-11-24T00:00:00+07:00"])


class StatsBucket(Counts):
    key: str
    label: str
    series: list[Slot]


class StatsOut(_Answer):
    """Jumlah berita positif, netral, dan negatif."""

    group_by: str
    measure: str = Field(
        description="sentiment: nada terhadap OPD atau unit itu; tone: nada berita (untuk kelompok lain)"
    )
    interval: str | None
    from_: str | None = Field(serialization_alias="from", validation_alias="from")
    to: str | None
    articles: int = Field(description="Berita yang memenuhi saringan; satu berita dapat terhitung di beberapa kelompok")
    buckets: list[StatsBucket]


class Stage(_Answer):
    service: str
    outcome: str
    at: str
    detail: str
    reason: str
    revision: int


class TraceOut(_Answer):
    """Di mana sebuah berita, dan mengapa."""

    article_id: str
    url: str
    status: str = Field(description="Keadaan dalam kalimat")
    stages: list[Stage]


class DirectoryEntry(_Answer):
    id: str
    name: str
    label: str
    articles_7d: int = Field(description="Berita terbit tujuh hari terakhir yang berkaitan")


class OpdEntry(DirectoryEntry):
    type: str
    abbreviations: list[str]
    parent: str | None


class UnitEntry(DirectoryEntry):
    kind: str
    level: str
    opd: str | None
    regions: list[str]


class RegionEntry(DirectoryEntry):
    type: str
    bakorwil: str
    lat: float
    lon: float


class OpdOut(_Answer):
    total: int
    items: list[OpdEntry]


class UnitsOut(_Answer):
    total: int
    items: list[UnitEntry]


class RegionsOut(_Answer):
    total: int
    items: list[RegionEntry]


class ProblemOut(BaseModel):
    """Galat menurut RFC 9457."""

    type: str = Field(examples=["urn:pantau:problem:invalid-request"])
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, Any]] = Field(default_factory=list)
