"""How the corrections' endpoints are described: words, examples and refusals, for the engineers of other offices."""

from typing import Any

from search.api.correction_models import CorrectionPending
from search.api.refusals import NO_ARTICLE, Responses, refusal, refusal_example

Json = dict[str, Any]

_ID = "7f0d3c52-5b0e-4a86-9a53-2f6d8f1f9c01"
_ARTICLE = "8f14e45fceea167a5a36dedd4bea2543"
_PATH = f"/v1/articles/{_ARTICLE}/corrections"

CORRECTION: Json = {
    "correction_id": _ID,
    "article_id": _ARTICLE,
    "what": "sentiment",
    "kind": "unit",
    "entity_id": "rsud-soetomo",
    "label": "RSUD Dr. Soetomo",
    "expected": "negative",
    "before": "negative",
    "machine_before": "negative",
    "after": "neutral",
    "sentiment": None,
    "span": None,
    "by": "Siti Rahmawati",
    "role": "humas-opd",
    "note": "Keluhannya tentang aplikasi, bukan rumah sakitnya.",
    "at": "2026-11-24T05:00:00.000+00:00",
    "revision": 1,
    "origin": "person",
    "copied_from": None,
    "withdraws": None,
    "outcome": "applied",
    "set_by": None,
    "in_force": True,
    "withdrawn": False,
    "withdrawn_by": None,
    "withdrawn_at": None,
    "stale": False,
}
HISTORY: Json = {
    "summary": "Riwayat koreksi satu berita",
    "description": "Siapa membetulkan apa, kapan, mengapa, dan apa jadinya; yang terbaru dulu. Koreksi tidak pernah "
    "dihapus: yang dibatalkan dan yang kalah dulu pun tetap di sini.",
    "openapi_extra": {"x-try": ["/v1/articles/{article_id}/corrections"]},
    "responses": {
        200: {"content": {"application/json": {"example": {"total": 1, "items": [CORRECTION]}}}},
        **NO_ARTICLE,
    },
}
_NO_CORRECTION: Responses = {
    404: refusal(
        "Tidak ada berita atau koreksi itu",
        refusal_example(404, "not-found", f"Berita ini tidak punya koreksi dengan id {_ID}.", f"{_PATH}/{_ID}"),
    )
}
ONE: Json = {
    "summary": "Satu koreksi",
    "description": "Apa jadinya satu koreksi; untuk bertanya lagi setelah jawaban 202. 404 selama belum diputuskan.",
    "responses": {200: {"content": {"application/json": {"example": CORRECTION}}}, **_NO_CORRECTION},
}
_CONFLICT = (
    "Siti Rahmawati sudah lebih dulu menetapkan: neutral. Koreksi Anda tetap tercatat, tetapi tidak berlaku. Muat "
    "ulang, lalu betulkan lagi bila perlu."
)
AWAY = "Koreksi belum dapat dicatat dan tidak ada yang berubah. Kirim lagi sebentar lagi dengan `id` yang sama."
CORRECT: Json = {
    "summary": "Betulkan bacaan satu berita",
    "description": "Membetulkan nada, nada terhadap satu pihak, penyebutan, penugasan, kategori, keparahan, atau asal "
    "berita, atau membatalkan koreksi (`withdraws`). `expected` adalah nilai yang dilihat petugas: bila orang lain "
    "sudah menetapkan nilai lain, jawabannya 409. Terhadap bacaan mesin, koreksi selalu menang, dan tetap berlaku bila "
    "berita dibaca ulang. Paling banyak 200 koreksi per berita. Belum ada login: `by` wajib diisi.",
    "responses": {
        200: {
            "description": "Koreksi berlaku",
            "content": {"application/json": {"example": {"correction": CORRECTION, "current": "neutral"}}},
        },
        202: {
            "model": CorrectionPending,
            "description": "Sudah tercatat, hasilnya belum diketahui; tanyakan di `link`",
        },
        **_NO_CORRECTION,
        409: refusal(
            "Orang lain sudah menetapkan nilai lain; `current` dan `set_by` menyebutnya",
            refusal_example(409, "corrected-meanwhile", _CONFLICT, _PATH)
            | {"current": "neutral", "set_by": "Siti Rahmawati", "correction": CORRECTION},
        ),
        503: refusal(
            "Koreksi belum dapat dicatat; coba lagi setelah Retry-After detik",
            refusal_example(503, "corrections-away", AWAY, _PATH),
        ),
    },
}
