"""What the OpenAPI description says of each endpoint beside its parameters: words, requests to try, an answer.

`x-try` lists addresses that run as they stand; `{article_id}` and `{url}` stand for an article that is there.
The answers are checked against the answers' shapes by a test.
"""

from typing import Any

Json = dict[str, Any]

_MENTION: Json = {
    "id": "rsud-soetomo",
    "kind": "unit",
    "label": "RSUD Dr. Soetomo",
    "sentiment": "negative",
    "score": 0.93,
    "evidence": "Pasien rawat jalan RSUD Dr. Soetomo menunggu hingga enam jam.",
    "derived": False,
    "via": [],
    "rule": "named",
    "reason": "disebut dengan nama lengkap di isi berita",
    "cues": ["menunggu hingga enam jam"],
    "speaker": None,
    "uncertain": False,
    "corrected": False,
}
_ROLLED_UP: Json = {
    **_MENTION,
    "id": "dinkes",
    "kind": "opd",
    "label": "Dinas Kesehatan",
    "derived": True,
    "via": ["rsud-soetomo"],
    "rule": "rolled_up",
    "reason": "membawahi RSUD Dr. Soetomo yang disebut",
}
ARTICLE: Json = {
    "id": "8f14e45fceea167a5a36dedd4bea2543",
    "url": "https://kabar-contoh.id/kesehatan/antrean-rsud-soetomo",
    "canonical_url": "https://kabar-contoh.id/kesehatan/antrean-rsud-soetomo",
    "fetched_url": "https://kabar-contoh.id/kesehatan/antrean-rsud-soetomo?utm_source=rss",
    "title": "Antrean Poli RSUD Dr. Soetomo Mengular hingga Sore",
    "lead": "Pasien rawat jalan RSUD Dr. Soetomo menunggu hingga enam jam …",
    "outlet": "kabar-contoh",
    "outlet_name": "Kabar Contoh Jatim",
    "tier": 2,
    "own_of": None,
    "sample": True,
    "authors": ["Redaksi"],
    "section": "Kesehatan",
    "image_url": None,
    "language": "id",
    "published_at": "2026-11-24T05:00:00.000+00:00",
    "modified_at": None,
    "first_seen_at": "2026-11-24T05:00:04.120+00:00",
    "indexed_at": "2026-11-24T05:00:06.480+00:00",
    "revision": 1,
    "tone": "negative",
    "tone_score": 0.91,
    "tone_evidence": "Antrean Poli RSUD Dr. Soetomo Mengular hingga Sore",
    "tone_cues": ["mengular"],
    "tone_speaker": None,
    "severity": 3,
    "category": ["kesehatan"],
    "mentions": [_MENTION, _ROLLED_UP],
    "opd": ["dinkes"],
    "unit": ["rsud-soetomo"],
    "region": ["kota-surabaya"],
    "bakorwil": ["bakorwil-malang"],
    "suggested": [],
    "jurisdiction": [],
    "tone_uncertain": False,
    "needs_reading": False,
    "needs_reading_reason": "",
    "corrected": False,
    "corrected_fields": [],
    "origin": "earned",
    "release_of": None,
    "story_id": "8f14e45fceea167a",
    "story_articles": 4,
    "story_outlets": 3,
    "copy_group": None,
    "copy_of": None,
    "first": True,
    "similarity": None,
    "edited": False,
    "edit_kinds": [],
    "vanished_at": None,
    "vanished_how": None,
    "highlights": {"title": ["<mark>Antrean</mark> Poli RSUD Dr. Soetomo Mengular hingga Sore"]},
}
_COUNTS: Json = {"positive": 2, "neutral": 2, "negative": 4, "needs_reading": 1, "total": 9}


def _about(summary: str, description: str, tries: list[str], answer: Json) -> Json:
    """Return the keyword arguments of a route."""
    return {
        "summary": summary,
        "description": description,
        "openapi_extra": {"x-try": tries},
        "responses": {200: {"content": {"application/json": {"example": answer}}}},
    }


ARTICLES = _about(
    "Cari berita",
    "Saringan yang berbeda harus terpenuhi semua; nilai-nilai satu saringan adalah pilihan. Parameter yang tidak "
    "dikenal ditolak, supaya salah ketik tidak diam-diam memperluas pencarian.",
    [
        "/v1/articles?opd=dinkes&sentiment=negative",
        "/v1/articles?unit=rsud-soetomo&sort=severity&size=10",
        "/v1/articles?q=%22rumah%20sakit%22%20DAN%20antre*&facets=opd,tone",
        "/v1/articles?bakorwil=bakorwil-malang&tone=negative",
    ],
    {
        "total": 124,
        "items": [ARTICLE],
        "next": "gk3v…",
        "facets": {"opd": [{"key": "dinkes", "label": "Dinas Kesehatan", "count": 31}]},
    },
)
ONE_ARTICLE = _about(
    "Satu berita",
    "Berita lengkap: teks, alasan setiap penyebutan, dan seluruh hasil pembacaan mesin.",
    ["/v1/articles/{article_id}"],
    {
        **ARTICLE,
        "text": "Pasien rawat jalan RSUD Dr. Soetomo menunggu hingga enam jam.\n\n…",
        "machine": {},
        "severity_reason": "keluhan layanan publik",
        "severity_cues": ["mengeluh"],
        "category_cues": {"kesehatan": ["rsud", "pasien"]},
        "highlights": {},
        "reading": {"language": "id", "mentions": []},
    },
)
NEEDS_READING = _about(
    "Yang perlu dibaca",
    "Berita yang nadanya, atau nadanya terhadap OPD atau unit, terlalu meragukan untuk dihitung, dengan pertanyaan "
    "yang dapat dijawab orang. Yang paling parah dahulu. Saringannya sama dengan /v1/articles.",
    ["/v1/needs-reading", "/v1/needs-reading?opd=dinkes", "/v1/needs-reading?bakorwil=bakorwil-malang"],
    {
        "total": 3,
        "items": [
            {
                "article": ARTICLE,
                "questions": [
                    {
                        "about": "sentiment",
                        "kind": "unit",
                        "id": "rsud-soetomo",
                        "label": "RSUD Dr. Soetomo",
                        "guess": "negative",
                        "score": 0.52,
                        "evidence": _MENTION["evidence"],
                        "cues": ["menunggu hingga enam jam"],
                        "speaker": None,
                        "reason": "",
                    }
                ],
            }
        ],
        "next": None,
        "facets": {},
    },
)
STATS = _about(
    "Hitung positif, netral, negatif",
    "Bacaan yang meragukan dihitung sendiri (needs_reading), tidak sebagai salah satu dari ketiganya, sampai ada orang "
    "yang membacanya; koreksi orang selalu yang dihitung. Dengan origin=earned hanya liputan media yang dihitung. Per "
    "OPD dan unit dihitung nada terhadapnya; per wilayah, media, dan kategori dihitung nada beritanya. Saringan "
    "pada kelompok itu membatasi isinya: group_by=unit&opd=dinkes hanya menghitung unit Dinas Kesehatan. Saringan "
    "sentiment memilih beritanya; nada lain terhadap pihak yang sama tetap terhitung.",
    [
        "/v1/stats?group_by=unit&opd=dinkes",
        "/v1/stats?group_by=opd&interval=week",
        "/v1/stats?group_by=bakorwil",
        "/v1/stats?group_by=opd&origin=earned&copies=hide",
        "/v1/stats?group_by=region&bakorwil=bakorwil-jember",
    ],
    {
        "group_by": "unit",
        "measure": "sentiment",
        "interval": "day",
        "from": "2026-11-24T00:00:00+07:00",
        "to": "2026-11-24T23:59:59+07:00",
        "articles": 9,
        "buckets": [
            {
                "key": "rsud-soetomo",
                "label": "RSUD Dr. Soetomo",
                **_COUNTS,
                "series": [{"at": "2026-11-24T00:00:00+07:00", **_COUNTS}],
            }
        ],
    },
)
TRACE = _about(
    "Di mana berita ini?",
    "Menjawab mengapa sebuah berita tampil atau tidak: apa yang dilakukan tiap layanan terhadapnya. Berikan url atau "
    "article_id, salah satu. Alamat dicoba pula tanpa parameter pelacak dan garis miring di ujung.",
    ["/v1/trace?url={url}", "/v1/trace?article_id={article_id}"],
    {
        "article_id": ARTICLE["id"],
        "url": ARTICLE["url"],
        "status": "Sudah dapat dicari.",
        "stages": [
            {
                "service": service,
                "outcome": outcome,
                "at": f"2026-11-24T05:00:0{second}.000+00:00",
                "detail": detail,
                "reason": "",
                "revision": 1,
            }
            for service, outcome, second, detail in (
                ("collector", "passed", 4, ""),
                ("classifier", "passed", 5, ""),
                ("router", "passed", 5, "RSUD Dr. Soetomo, Dinas Kesehatan"),
                ("search", "indexed", 6, ""),
            )
        ],
    },
)
_ENTRY: Json = {"articles_7d": 31}
OPD = _about(
    "Daftar OPD",
    "51 perangkat daerah provinsi, dengan jumlah berita tujuh hari terakhir.",
    ["/v1/opd"],
    {
        "total": 51,
        "items": [
            {
                "id": "dinkes",
                "name": "Dinas Kesehatan Provinsi Jawa Timur",
                "label": "Dinas Kesehatan",
                "type": "dinas",
                "abbreviations": ["Dinkes"],
                "parent": None,
                **_ENTRY,
            }
        ],
    },
)
UNITS = _about(
    "Daftar unit",
    "Rumah sakit, cabang dinas, UPT, dan lembaga lain; yang bukan milik provinsi bertingkat (level) lain.",
    ["/v1/units?opd=dinkes", "/v1/units?level=province"],
    {
        "total": 1,
        "items": [
            {
                "id": "rsud-soetomo",
                "name": "RSUD Dr. Soetomo",
                "label": "RSUD Dr. Soetomo",
                "kind": "rs-umum",
                "level": "province",
                "opd": "dinkes",
                "regions": ["kota-surabaya"],
                **_ENTRY,
            }
        ],
    },
)
REGIONS = _about(
    "Daftar kabupaten dan kota",
    "38 kabupaten dan kota, dengan Bakorwil dan letaknya.",
    ["/v1/regions", "/v1/regions?bakorwil=bakorwil-malang"],
    {
        "total": 1,
        "items": [
            {
                "id": "kab-jember",
                "name": "Kabupaten Jember",
                "label": "Kabupaten Jember",
                "type": "kabupaten",
                "bakorwil": "bakorwil-jember",
                "lat": -8.25,
                "lon": 113.65,
                **_ENTRY,
            }
        ],
    },
)
_HINT = "Mungkin maksud Anda dinkes atau dinsos atau dindik. Daftar lengkap: GET /v1/opd."
PROBLEM: Json = {
    "type": "urn:pantau:problem:invalid-request",
    "title": "Permintaan tidak dapat dijalankan",
    "status": 422,
    "detail": f"opd: Nilai “dinks” tidak dikenal. {_HINT}",
    "instance": "/v1/articles",
    "errors": [
        {
            "parameter": "opd",
            "message": "Nilai “dinks” tidak dikenal.",
            "hint": _HINT,
            "allowed": ["dinkes", "dinsos", "dindik"],
        }
    ],
}
