"""Errors as Problem Details (RFC 9457), in Indonesian: what is wrong, where, and what to do."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from elasticsearch import ApiError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from runtime.retry import BusyError
from starlette.exceptions import HTTPException

from search.domain.problems import ExpiredCursorError, Flaw, InvalidCursorError, InvalidRequestError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = "5"

TITLES = {
    400: "Permintaan tidak dapat dibaca",
    404: "Tidak ditemukan",
    405: "Metode tidak tersedia di alamat ini",
    409: "Sudah ditetapkan orang lain",
    410: "Kursor sudah kedaluwarsa",
    422: "Permintaan tidak dapat dijalankan",
    500: "Terjadi kesalahan di server",
    503: "Mesin pencari sedang tidak menjawab",
}
_VALIDATION = {
    "int_parsing": "Harus berupa angka bulat.",
    "greater_than_equal": "Terlalu kecil, paling sedikit {ge}.",
    "less_than_equal": "Terlalu besar, paling banyak {le}.",
    "missing": "Wajib diisi.",
    "enum": "Nilai tidak dikenal. Yang dikenal: {expected}.",
    "string_too_long": "Terlalu panjang, paling banyak {max_length} huruf.",
    "string_pattern_mismatch": "Bentuknya tidak dikenal.",
    "extra_forbidden": "Tidak dikenal.",
    "json_invalid": "Bukan JSON yang terbaca.",
    "string_type": "Harus berupa teks.",
    "int_type": "Harus berupa angka bulat.",
    "literal_error": "Nilai tidak dikenal. Yang dikenal: {expected}.",
}


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    instance: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Return a problem as an answer. `code` is for programs and never changes; the words may."""
    body = {
        "type": f"urn:pantau:problem:{code}",
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
        "instance": instance,
        **more,
    }
    return JSONResponse(body, status, media_type=MEDIA_TYPE, headers=dict(headers) if headers else None)


def flaw_json(flaw: Flaw) -> dict[str, Any]:
    found: dict[str, Any] = {"parameter": flaw.parameter, "message": flaw.message}
    if flaw.hint:
        found["hint"] = flaw.hint
    if flaw.position is not None:
        found["position"] = flaw.position
    if flaw.allowed:
        found["allowed"] = list(flaw.allowed)
    return found


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, InvalidRequestError)
    first = error.flaws[0]
    detail = f"{first.parameter}: {first.message} {first.hint}".strip()
    errors = [flaw_json(flaw) for flaw in error.flaws]
    return problem(422, detail, code="invalid-request", instance=request.url.path, errors=errors)


def _invalid_cursor(request: Request, error: Exception) -> Response:
    detail = f"{error} Mulai lagi dari halaman pertama, tanpa `cursor`."
    return problem(400, detail, code="invalid-cursor", instance=request.url.path)


def _expired_cursor(request: Request, _error: Exception) -> Response:
    detail = (
        "Pencarian menurut relevansi hanya disimpan beberapa menit. Mulai lagi dari halaman pertama, tanpa `cursor`."
    )
    return problem(410, detail, code="expired-cursor", instance=request.url.path)


def _busy(request: Request, error: Exception) -> Response:
    logger.warning("no answer from Elasticsearch: %s", error)
    detail = "Mesin pencari sedang tidak menjawab. Tidak ada berita yang hilang; coba lagi sebentar lagi."
    headers = {"Retry-After": RETRY_AFTER_S}
    return problem(503, detail, code="search-away", instance=request.url.path, headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    logger.error("Elasticsearch refused a request of ours: %s", error)
    return problem(500, _FAULT, code="internal", instance=request.url.path)


_FAULT = "Ini kesalahan kami, bukan Anda. Kejadian ini tercatat; coba lagi, dan laporkan bila berulang."


def _fault(request: Request, error: Exception) -> Response:
    logger.error("a request failed", exc_info=error)
    return problem(500, _FAULT, code="internal", instance=request.url.path)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    details = {404: f"Alamat {path} tidak ada di sini.", 405: f"{request.method} tidak tersedia untuk {path}."}
    given = isinstance(error.detail, str) and error.detail != HTTPStatus(error.status_code).phrase
    detail = error.detail if given else details.get(error.status_code, error.detail)
    code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, f"http-{error.status_code}")
    # Whatever answers GET answers HEAD; the framework names only the methods of one of an address's routes.
    posts = "POST" in (error.headers or {}).get("Allow", "")
    headers = {"Allow": "GET, HEAD"} if error.status_code == 405 and not posts else error.headers
    return problem(error.status_code, detail, code=code, instance=path, headers=headers)


def validation_flaws(error: RequestValidationError) -> list[Flaw]:
    """Return FastAPI's findings as flaws in Indonesian."""
    flaws = []
    for one in error.errors():
        message = _VALIDATION.get(one["type"], "Nilai ini tidak dapat dipakai.").format(**one.get("ctx", {}))
        # A body that is no JSON at all has no field to name, only a place.
        name = "body" if one["type"] == "json_invalid" else str(one["loc"][-1])
        flaws.append(Flaw(name, message.replace(" or ", " atau ")))
    return flaws


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _invalid(request, InvalidRequestError(*validation_flaws(error)))


def add_handlers(app: FastAPI) -> None:
    """Answer every error of the application as a problem."""
    app.add_exception_handler(InvalidRequestError, _invalid)
    app.add_exception_handler(InvalidCursorError, _invalid_cursor)
    app.add_exception_handler(ExpiredCursorError, _expired_cursor)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(ApiError, _refused)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
