"""What the OpenAPI description says of the answers that are no success: all of them Problem Details."""

from typing import Any

from search.api import described
from search.api.models import ProblemOut
from search.api.problems import MEDIA_TYPE, TITLES

Responses = dict[int | str, dict[str, Any]]


def refusal(description: str, example: dict[str, Any]) -> dict[str, Any]:
    """Return how one refusal is described."""
    content = {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema(), "example": example}}
    return {"description": description, "content": content}


def refusal_example(status: int, code: str, detail: str, instance: str) -> dict[str, Any]:
    """Return a refusal as it is answered."""
    kind = f"urn:pantau:problem:{code}"
    return {"type": kind, "title": TITLES[status], "status": status, "detail": detail, "instance": instance}


_AWAY = "Mesin pencari sedang tidak menjawab. Tidak ada berita yang hilang; coba lagi sebentar lagi."
_TAMPERED = "Kursor tidak dikenal atau telah diubah. Mulai lagi dari halaman pertama, tanpa `cursor`."
_EXPIRED = "Pencarian menurut relevansi hanya disimpan beberapa menit. Mulai lagi dari halaman pertama, tanpa `cursor`."
_NO_ARTICLE = f"Tidak ada berita dengan id {'0' * 32}. Salin id dari hasil pencarian."

EVERYWHERE: Responses = {
    422: refusal("Ada parameter yang keliru; `errors` menyebut yang mana dan yang benar", described.PROBLEM),
    503: refusal(
        "Mesin pencari tidak menjawab; coba lagi setelah Retry-After detik",
        refusal_example(503, "search-away", _AWAY, "/v1/articles"),
    ),
}
CURSOR: Responses = {
    400: refusal(
        "Kursor diubah, atau milik pencarian lain", refusal_example(400, "invalid-cursor", _TAMPERED, "/v1/articles")
    ),
    410: refusal("Kursor sudah kedaluwarsa", refusal_example(410, "expired-cursor", _EXPIRED, "/v1/articles")),
}
NO_ARTICLE: Responses = {
    404: refusal("Tidak ada berita itu", refusal_example(404, "not-found", _NO_ARTICLE, f"/v1/articles/{'0' * 32}"))
}
NEVER_SEEN: Responses = {
    404: refusal(
        "Alamat ini belum pernah dilihat",
        refusal_example(404, "not-found", "Alamat ini belum pernah dilihat Pantau.", "/v1/trace"),
    )
}


def also(about: dict[str, Any], more: Responses) -> dict[str, Any]:
    """Return a route's description with further answers."""
    return {**about, "responses": {**about["responses"], **more}}
