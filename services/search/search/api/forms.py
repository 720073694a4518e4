"""Forms that people send: read without a library of their own, and only from our own pages."""

import hashlib
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from fastapi import Request, Response

MAX_FORM_BYTES = 20_000
MAX_FIELDS = 400
MAX_NAME_CHARS = 80
NAME_COOKIE = "pantau_nama"
YEAR_S = 365 * 24 * 3600
FORM = "application/x-www-form-urlencoded"


class FormRefusedError(Exception):
    """A form that is not taken, with the status and the words for whoever sent it."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


async def read_form(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form.

    Raises FormRefusedError: 403 for one that another site sent, 400, 413 and 415 for what is no form of ours.
    """
    check_same_origin(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != FORM:
        raise FormRefusedError(415, "Kirim sebagai formulir dari halaman Pantau.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_FORM_BYTES:
            raise FormRefusedError(413, "Formulir ini terlalu panjang.")
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise FormRefusedError(400, "Formulir ini tidak terbaca.") from error
    for name, value in pairs:
        found.setdefault(name, []).append(value.strip())
    return found


def check_same_origin(request: Request) -> None:
    """Raise FormRefusedError 403 unless the browser says that one of our own pages sends this."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin") or request.headers.get("referer", "")
    ours = urlsplit(origin).netloc == request.headers.get("host", "") != ""
    if site not in (None, "same-origin") or not ours:
        raise FormRefusedError(
            403, "Formulir ini tidak dikirim dari halaman Pantau. Buka halamannya, lalu ulangi di sana."
        )


def single(form: dict[str, list[str]], name: str) -> str:
    return next(iter(form.get(name, ())), "")


def name_of(request: Request) -> str:
    """Return the name that somebody gave on this computer, or nothing."""
    return tidy_name(unquote(request.cookies.get(NAME_COOKIE, "")))


def tidy_name(written: str) -> str:
    """Return a name without what is no letter of it, at most as long as a name may be."""
    return " ".join("".join(char for char in written if char.isprintable()).split())[:MAX_NAME_CHARS]


def remember_name(request: Request, response: Response, name: str) -> None:
    response.set_cookie(
        NAME_COOKIE,
        quote(name),
        max_age=YEAR_S,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def local_path(wanted: str, otherwise: str) -> str:
    """Return an address of our own, never one that leads elsewhere."""
    plain = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if plain and len(wanted) <= 2_000 else otherwise


def answer_id(*parts: str) -> str:
    """Return the identity of an answer: the same button of the same page twice is one answer."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
