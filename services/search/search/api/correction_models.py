"""The shapes of corrections, as they are sent and as they are told. Descriptions are Indonesian, as in `models`."""

from typing import Any, Literal

from contract.values import Category
from pydantic import BaseModel, ConfigDict, Field

Value = str | int | list[str] | None
_VALUE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {"type": "integer", "minimum": 1, "maximum": 5},
        {"type": "array", "items": {"type": "string"}},
    ]
}


class SpanIn(BaseModel):
    """Kata-kata yang ditandai: `title` atau `text` dari huruf `start` sampai sebelum `end`."""

    model_config = ConfigDict(extra="forbid")

    field: Literal["title", "text"]
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class CorrectionIn(BaseModel):
    """Koreksi, atau pembatalannya (`withdraws`). Kirim ulang dengan `id` yang sama tetap satu koreksi."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = Field(
        default=None, description="Diberikan pengirim, 8 sampai 64 huruf dan angka; tanpa ini dibuatkan"
    )
    what: str | None = Field(
        default=None, description="tone, sentiment, mention, assignment, category, severity, atau origin"
    )
    entity: str | None = Field(
        default=None, description="Id OPD, unit, atau daerah, untuk sentiment, mention, assignment"
    )
    kind: str | None = Field(default=None, description="Hanya bila id itu OPD sekaligus wilayah: opd atau bakorwil")
    expected: Any = Field(default=None, description="Nilai yang dilihat petugas", json_schema_extra=_VALUE_SCHEMA)
    after: Any = Field(
        default=None,
        description="Nilai yang benar: positive, neutral, negative; added atau removed; 1 sampai 5; daftar kategori; "
        f"own, pickup, atau earned. Kategori yang dikenal: {', '.join(Category)}",
        json_schema_extra=_VALUE_SCHEMA,
    )
    sentiment: str | None = Field(default=None, description="Nada terhadap pihak yang ditambahkan; tanpa ini neutral")
    span: SpanIn | None = Field(default=None, description="Kata-kata yang menunjukkannya")
    revision: int | None = Field(default=None, ge=1, description="Revisi yang dibaca; tanpa ini yang sekarang")
    by: str = Field(default="", description="Nama petugas, wajib; belum ada login")
    role: str = Field(default="", description="Jabatan atau peran")
    note: str = Field(default="", description="Alasan, paling banyak 1000 huruf")
    withdraws: str | None = Field(default=None, description="Id koreksi yang dibatalkan; lalu hanya by, role, note, id")


class CorrectionOut(BaseModel):
    """Satu koreksi atau pembatalan, dan apa jadinya."""

    model_config = ConfigDict(extra="forbid")

    correction_id: str
    article_id: str
    what: str
    kind: str | None
    entity_id: str | None
    label: str = Field(description="Nama pihaknya, bila ada")
    expected: Value = Field(description="Nilai yang dilihat petugas")
    before: Value = Field(description="Nilai yang berlaku saat koreksi tiba")
    machine_before: Value = Field(description="Bacaan mesin saat itu")
    after: Value
    sentiment: str | None
    span: dict[str, Any] | None
    by: str
    role: str
    note: str
    at: str
    revision: int
    origin: str = Field(description="person: orang; copy: ikut dari salinan yang dibetulkan orang")
    copied_from: str | None
    withdraws: str | None
    outcome: str = Field(description="applied, conflict, atau unknown_article")
    set_by: str | None = Field(description="Siapa yang lebih dulu menetapkan nilai lain, bila conflict")
    in_force: bool = Field(description="Benar bila nilai ini yang sekarang ditampilkan")
    withdrawn: bool
    withdrawn_by: str | None
    withdrawn_at: str | None
    stale: bool = Field(description="Benar bila medianya mengubah isi sesudah koreksi; sebaiknya dilihat lagi")


class CorrectionTaken(BaseModel):
    """Koreksi berlaku."""

    model_config = ConfigDict(extra="forbid")

    correction: CorrectionOut
    current: Value = Field(description="Nilai yang sekarang ditampilkan")


class CorrectionPending(BaseModel):
    """Koreksi sudah tercatat, hasilnya belum diketahui."""

    model_config = ConfigDict(extra="forbid")

    correction_id: str
    status: str = Field(description="Keadaan dalam kalimat")
    link: str = Field(description="Tanyakan hasilnya di sini")


class CorrectionsOut(BaseModel):
    """Riwayat koreksi satu berita, yang terbaru dulu."""

    model_config = ConfigDict(extra="forbid")

    total: int
    items: list[CorrectionOut]
