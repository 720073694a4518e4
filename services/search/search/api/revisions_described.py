"""How the revisions' endpoints are described: words, examples and refusals, for the engineers of other offices."""

from typing import Any

from search.api.refusals import NO_ARTICLE, Responses

Json = dict[str, Any]

_ID = "8f14e45fceea167a5a36dedd4bea2543"
_READ: Json = {"tone": "negative", "tone_score": 0.91, "severity": 3}
_REVISION: Json = {
    "revision": 1,
    "at": "2026-11-24T05:00:04.120+00:00",
    "modified_at": None,
    "title": "RSUD Telantarkan Pasien, Antrean Enam Jam",
    "previous": None,
    "kinds": [],
    "kind_words": [],
    **_READ,
    "mentions": [
        {"id": "rsud-soetomo", "kind": "unit", "label": "RSUD Dr. Soetomo", "sentiment": "negative", "score": 0.93}
    ],
    "archive": "pantau-20261124-050001-a1b2c3.warc.gz#urn:uuid:7f0d3c52-5b0e-4a86-9a53-2f6d8f1f9c01",
}
_EDITED: Json = {
    **_REVISION,
    "revision": 2,
    "at": "2026-11-24T05:20:09.000+00:00",
    "title": "RSUD Benahi Antrean Pasien",
    "previous": 1,
    "kinds": ["title_softened", "paragraph_removed"],
    "kind_words": ["judul dilunakkan", "paragraf dihapus"],
}
_HISTORY: Json = {
    "article_id": _ID,
    "edited": True,
    "edit_kinds": ["title_softened", "paragraph_removed"],
    "vanished": True,
    "items": [_REVISION, _EDITED],
    "timeline": [
        {
            "at": _REVISION["at"],
            "event": "published",
            "revision": 1,
            "text": "Berita pertama kali terbaca.",
        },
        {
            "at": _EDITED["at"],
            "event": "edited",
            "revision": 2,
            "text": "Media mengubah berita: judul dilunakkan, paragraf dihapus.",
        },
        {
            "at": "2026-11-24T08:10:40.000+00:00",
            "event": "vanished",
            "revision": 2,
            "text": "Media menyatakan halaman ini dihapus untuk seterusnya (410).",
            "how": "gone_410",
            "checked_at": ["2026-11-24T08:10:10.000+00:00", "2026-11-24T08:10:40.000+00:00"],
            "last_page": _REVISION["archive"],
            "found_page": None,
        },
    ],
}
_DIFFERENCE: Json = {
    "article_id": _ID,
    "from": 1,
    "to": 2,
    "kinds": ["title_softened", "paragraph_removed"],
    "kind_words": ["judul dilunakkan", "paragraf dihapus"],
    "title": {
        "before": "RSUD Telantarkan Pasien",
        "after": "RSUD Benahi Antrean Pasien",
        "words": [
            {"op": "equal", "text": "RSUD "},
            {"op": "removed", "text": "Telantarkan "},
            {"op": "added", "text": "Benahi Antrean "},
            {"op": "equal", "text": "Pasien"},
        ],
        "strength_before": 3.0,
        "strength_after": 0.0,
        "evidence_before": ["telantarkan"],
        "evidence_after": ["benahi"],
    },
    "paragraphs": [
        {"op": "same", "number_before": 1, "number_after": 1, "after": "Pasien menunggu hingga enam jam."},
        {"op": "removed", "number_before": 2, "before": "“Kami datang sejak subuh,” kata keluarga pasien."},
    ],
    "numbers": {"removed": [], "added": []},
    "names": {"removed": [], "added": []},
    "quotes_removed": ["Kami datang sejak subuh,"],
    "notes": [],
    "read_before": _READ,
    "read_after": {"tone": "neutral", "tone_score": 0.72, "severity": 2},
    "limited": False,
}


def _about(summary: str, description: str, tries: list[str], answer: Json, more: Responses) -> Json:
    return {
        "summary": summary,
        "description": description,
        "openapi_extra": {"x-try": tries},
        "responses": {200: {"content": {"application/json": {"example": answer}}}, **more},
    }


HISTORY: Json = _about(
    "Riwayat halaman berita",
    "Semua versi berita yang pernah diambil, apa yang diubah medianya, dan kapan halamannya hilang atau kembali. "
    "Setiap kejadian menunjuk halaman aslinya di arsip. Versi di antara dua kunjungan tidak terlihat.",
    ["/v1/articles/{article_id}/revisions"],
    _HISTORY,
    NO_ARTICLE,
)
DIFFERENCE: Json = _about(
    "Perbedaan dua versi",
    "Judul, paragraf, dan kata yang berbeda antara dua versi, misalnya 1..2. Semuanya teks biasa. Teks yang terlalu "
    "panjang dibandingkan per paragraf (`limited`).",
    [],
    _DIFFERENCE,
    NO_ARTICLE,
)
