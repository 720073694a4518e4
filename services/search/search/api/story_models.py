"""The shapes of stories, as they are told and as people change them. Descriptions are Indonesian, as in `models`."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from search.api.models import Counts


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore")


class StoryItem(_Told):
    """Satu cerita: berita-berita tentang peristiwa yang sama, termasuk salinan satu sama lain."""

    id: str = Field(
        description="Tetap selama ceritanya ada; id berita mana pun di dalamnya juga diterima sebagai alamat"
    )
    title: str = Field(description="Judul berita yang mewakili")
    first: str = Field(description="Id berita yang terbit paling awal")
    representative: str = Field(description="Id berita yang mewakili cerita")
    reason: str = Field(description="Mengapa berita itu yang mewakili")
    articles: int
    outlets: list[str]
    outlet_count: int
    copies: int = Field(description="Berita yang menyalin berita lain dalam cerita ini")
    opd: list[str]
    unit: list[str]
    tone: list[str] = Field(description="Nada yang ada di antara beritanya, koreksi orang diikuti")
    tones: Counts | None = Field(
        default=None,
        description="Jumlah berita per nada: koreksi orang diikuti, bacaan yang meragukan dihitung needs_reading; null "
        "selama beritanya belum dapat dicari",
    )
    origin: list[str] = Field(description="own: rilis sendiri; pickup: kutipan rilis; earned: liputan media")
    first_at: str
    last_at: str


class StoriesOut(_Told):
    """Cerita terbaru lebih dulu."""

    total: int
    items: list[StoryItem]


class Because(_Told):
    """Bukti bahwa sebuah berita termasuk cerita ini."""

    kind: str = Field(description="first, copy, story, person, indirect, atau past")
    to: str | None = Field(description="Berita yang dibandingkan")
    similarity: float | None = Field(description="Salinan: bagian teks yang sama. Cerita: kemiripan judul dan awal")
    shared_share: float | None = Field(description="Bagian susunan kata yang sama dari kedua teks")
    shared_names: list[str]
    reason: str


class ChangesOut(_Told):
    """Yang diubah salinan terhadap berita yang disalinnya."""

    summary: str
    title_changed: bool
    same: int
    changed: int
    moved: int
    removed: int
    added: int
    removed_text: list[str]
    added_text: list[str]
    numbers_gone: list[str]
    numbers_new: list[str]


class MemberOut(_Told):
    """Satu berita dalam cerita."""

    id: str
    rank: int = Field(description="Urutan terbit, dari 1")
    title: str
    url: str
    outlet: str
    outlet_name: str
    tier: int | None
    own_of: str | None
    tone: str = Field(description="Nada sebagaimana dihitung: koreksi orang diikuti, yang meragukan needs_reading")
    published_at: str
    first_seen_at: str
    representative: bool
    first: bool | None = Field(
        description="Benar bila terawal di antara salinannya, atau di ceritanya bila tidak disalin"
    )
    copy_of: str | None
    copy_group: str | None
    similarity: float | None
    origin: str | None
    release_of: str | None = Field(description="Rilis yang dikutip")
    because: Because
    changes: ChangesOut | None


class DecisionOut(_Told):
    """Keputusan orang; tidak pernah dihapus, yang terbaru berlaku."""

    decision_id: str
    verb: str = Field(description="merge atau split")
    by: str
    why: str
    at: str
    articles: list[list[str]] = Field(description="Berita di kedua sisi keputusan itu")


class StoryOut(StoryItem):
    """Satu cerita lengkap."""

    version: str = Field(description="Kirim kembali saat menggabung atau memisah; berganti bila cerita berubah")
    members: list[MemberOut]
    decided: list[DecisionOut]


class MergeIn(BaseModel):
    """Gabungkan cerita ini dengan cerita lain, seterusnya."""

    model_config = ConfigDict(extra="forbid")

    other: str = Field(max_length=64, description="Id cerita lain, atau id berita di dalamnya")
    by: str = Field(description="Nama petugas; belum ada login")
    why: str = Field(default="", description="Alasan")
    version: str = Field(max_length=40, description="Versi cerita yang dilihat")
    other_version: str | None = Field(default=None, max_length=40, description="Versi cerita lain yang dilihat")


class SplitIn(BaseModel):
    """Pisahkan berita dari cerita ini, seterusnya."""

    model_config = ConfigDict(extra="forbid")

    articles: list[str] = Field(max_length=400, description="Id berita yang bukan cerita ini")
    by: str = Field(description="Nama petugas; belum ada login")
    why: str = Field(default="", description="Alasan")
    version: str = Field(max_length=40, description="Versi cerita yang dilihat")


class DecisionTaken(_Told):
    """Keputusan yang tersimpan."""

    decision_id: str
    applied: bool = Field(description="Benar bila sudah berlaku; bila tidak, berlaku sebentar lagi")
    status: str
    stories: list[dict[str, Any]] = Field(description="Cerita sesudahnya: id dan jumlah beritanya")
