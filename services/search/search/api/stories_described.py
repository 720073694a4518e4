"""How the endpoints of stories are described: words, examples and refusals, for the engineers of other offices."""

from typing import Any

from search.api.refusals import Responses, refusal, refusal_example

Json = dict[str, Any]

_FIRST = "8f14e45fceea167a5a36dedd4bea2543"
_COPY = "1b9d6bcd4f0e4a3c9d2f7a6b5c4d3e2f"
_OTHER = "5c4d3e2f1b9d6bcd4f0e4a3c9d2f7a6b"
_PATH = f"/v1/stories/{_FIRST}"

ITEM: Json = {
    "id": _FIRST,
    "title": "Antrean Poli RSUD Dr. Soetomo Mengular hingga Sore",
    "first": _FIRST,
    "representative": _FIRST,
    "reason": "media tingkat 2, teks terlengkap (312 kata)",
    "articles": 2,
    "outlets": ["kabar-contoh", "warta-contoh"],
    "outlet_count": 2,
    "copies": 1,
    "opd": ["dinkes"],
    "unit": ["rsud-soetomo"],
    "tone": ["negative"],
    "tones": {"positive": 0, "neutral": 0, "negative": 2, "needs_reading": 0, "total": 2},
    "origin": ["earned"],
    "first_at": "2026-11-24T05:00:00+00:00",
    "last_at": "2026-11-24T06:10:00+00:00",
}
_MEMBER: Json = {
    "id": _FIRST,
    "rank": 1,
    "title": ITEM["title"],
    "url": "https://kabar-contoh.id/kesehatan/antrean-rsud-soetomo",
    "outlet": "kabar-contoh",
    "outlet_name": "Kabar Contoh Jatim",
    "tier": 2,
    "own_of": None,
    "tone": "negative",
    "published_at": "2026-11-24T05:00:00+00:00",
    "first_seen_at": "2026-11-24T05:00:04+00:00",
    "representative": True,
    "first": True,
    "copy_of": None,
    "copy_group": _FIRST,
    "similarity": 1.0,
    "origin": "earned",
    "release_of": None,
    "because": {
        "kind": "first",
        "to": None,
        "similarity": None,
        "shared_share": None,
        "shared_names": [],
        "reason": "berita pertama dalam cerita ini",
    },
    "changes": None,
}
_COPIED: Json = {
    **_MEMBER,
    "id": _COPY,
    "rank": 2,
    "title": "Pasien Poli Jantung Menunggu Enam Jam",
    "url": "https://warta-contoh.id/berita/pasien-poli-jantung",
    "outlet": "warta-contoh",
    "outlet_name": "Warta Contoh",
    "published_at": "2026-11-24T06:10:00+00:00",
    "first_seen_at": "2026-11-24T06:10:03+00:00",
    "representative": False,
    "first": False,
    "copy_of": _FIRST,
    "similarity": 0.94,
    "because": {
        "kind": "copy",
        "to": _FIRST,
        "similarity": 0.94,
        "shared_share": 0.61,
        "shared_names": ["rsud", "soetomo"],
        "reason": "94 % teks yang lebih pendek sama kata demi kata dengan berita Kabar Contoh Jatim",
    },
    "changes": {
        "summary": "judul diganti, 2 paragraf dibuang",
        "title_changed": True,
        "same": 4,
        "changed": 0,
        "moved": 0,
        "removed": 2,
        "added": 0,
        "removed_text": ["Manajemen berjanji menambah satu ruang periksa."],
        "added_text": [],
        "numbers_gone": ["5"],
        "numbers_new": [],
    },
}
DECISION: Json = {
    "decision_id": "7f0d3c52-5b0e-4a86-9a53-2f6d8f1f9c01",
    "verb": "split",
    "by": "Siti Rahmawati",
    "why": "Itu antrean di rumah sakit lain.",
    "at": "2026-11-24T07:00:00+00:00",
    "articles": [[_OTHER], [_FIRST, _COPY]],
}
STORY: Json = {**ITEM, "version": "41-1", "members": [_MEMBER, _COPIED], "decided": [DECISION]}
TAKEN: Json = {
    "decision_id": DECISION["decision_id"],
    "applied": True,
    "status": "Sudah berlaku.",
    "stories": [{"id": _FIRST, "articles": 2}, {"id": _OTHER, "articles": 1}],
}
NO_STORY = f"Tidak ada cerita dengan id {'0' * 32}. Salin id dari GET /v1/stories atau dari beritanya."
CHANGED = "Cerita ini berubah sejak Anda melihatnya. Muat ulang, lalu putuskan lagi dengan `version` yang baru."
_NOT_FOUND: Responses = {
    404: refusal("Tidak ada cerita itu", refusal_example(404, "not-found", NO_STORY, f"/v1/stories/{'0' * 32}"))
}


def _answer(example: Json) -> Responses:
    return {200: {"content": {"application/json": {"example": example}}}}


STORIES: Json = {
    "summary": "Cerita terbaru",
    "description": "Berita tentang peristiwa yang sama, yang terbit dalam rentang 72 jam, berikut salinan-salinannya. "
    "Cerita dengan berita terbaru dulu. Saringan nada, perangkat daerah, dan asal mencari cerita yang punya berita "
    "begitu; koreksi orang diikuti, dan nada yang meragukan adalah `needs_reading`. `min_articles=2` menyembunyikan "
    "berita yang sendirian.",
    "openapi_extra": {"x-try": ["/v1/stories?min_articles=2", "/v1/stories?opd=dinkes&tone=negative&size=10"]},
    "responses": _answer({"total": 1, "items": [ITEM]}),
}
STORY_ABOUT: Json = {
    "summary": "Satu cerita",
    "description": "Beritanya menurut urutan terbit: siapa pertama, siapa menyalin siapa dan apa yang diubahnya, "
    "mengapa tiap berita termasuk, rilis siapa yang dikutip, dan keputusan orang.",
    "openapi_extra": {"x-try": ["/v1/stories/{article_id}"]},
    "responses": {**_answer(STORY), **_NOT_FOUND},
}
_CHANGE_RESPONSES: Responses = {
    **_answer(TAKEN),
    202: {"description": "Sudah tersimpan, berlaku sebentar lagi"},
    **_NOT_FOUND,
    409: refusal(
        "Cerita berubah sejak dilihat; tidak ada yang diputuskan",
        refusal_example(409, "story-changed", CHANGED, f"{_PATH}/split"),
    ),
}
MERGE: Json = {
    "summary": "Gabungkan dua cerita",
    "description": "Berita kedua cerita menjadi satu, seterusnya: juga bila diproses atau dibangun ulang. Dapat "
    "dibatalkan dengan memisah. Keputusan terbaru atas dua berita yang berlaku.",
    "responses": _CHANGE_RESPONSES,
}
SPLIT: Json = {
    "summary": "Pisahkan berita dari cerita",
    "description": "Berita yang disebut menjadi cerita sendiri dan tidak pernah kembali dengan sendirinya.",
    "responses": _CHANGE_RESPONSES,
}
