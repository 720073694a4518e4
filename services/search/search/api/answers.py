"""What people send from the pages: answers and corrections, their taking back, and the name of who sends them.

There is no login yet, so the name is asked once and kept in a cookie of this browser.
"""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from runtime.retry import BusyError

from search.api.forms import (
    FormRefusedError,
    answer_id,
    local_path,
    name_of,
    read_form,
    remember_name,
    single,
    tidy_name,
)
from search.api.gateway import Gateway, gateway_of
from search.api.notices import PARAMETER
from search.api.pages import html
from search.domain.desk import Answer, Corrections, Value
from search.domain.problems import InvalidRequestError
from search.web.answering import UNSURE
from search.web.history import said

router = APIRouter(include_in_schema=False)

Here = Annotated[Gateway, Depends(gateway_of)]
Form = Annotated[dict[str, list[str]], Depends(read_form)]
MAX_NOTE_CHARS = 1_000
_AWAY = "Jawaban Anda belum tersimpan. Kembali ke halaman sebelumnya dan coba lagi sebentar lagi."


def message(status: int, title: str, text: str, back: str = "") -> HTMLResponse:
    return html("pesan.html", status, title=title, text=text, back=back)


def ask_name(form: dict[str, list[str]], action: str, name: str = "") -> HTMLResponse:
    """Return the page that asks who sends this, and then sends it on."""
    kept = [(key, value) for key, values in form.items() if key != "nama" for value in values]
    return html("nama.html", action=action, kept=kept, name=name)


def told(back: str, article_id: str, correction_id: str) -> str:
    """Return the address to come back to, with the answer whose outcome it is to tell."""
    parts = urlsplit(back)
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0] != PARAMETER]
    return f"{parts.path}?{urlencode([*pairs, (PARAMETER, f'{article_id}.{correction_id}')])}"


@router.post("/koreksi")
def correct(request: Request, gateway: Here, form: Form) -> Response:
    """Take one answer, and go back to the page that it was given on."""
    desk = gateway.desk.corrections
    name = tidy_name(single(form, "nama")) or name_of(request)
    article_id = single(form, "artikel")
    back = local_path(single(form, "kembali"), f"/berita/{article_id}")
    if desk is None:
        return message(404, "Koreksi belum tersedia", "Pemasangan ini belum menerima koreksi.")
    if not name:
        return ask_name(form, "/koreksi")
    try:
        answer = _answer(gateway, form, name)
        if isinstance(answer, HTMLResponse):
            return answer
        desk.correct(answer)
    except BusyError:
        return message(503, "Belum tersimpan", _AWAY, back)
    except InvalidRequestError as error:
        return message(422, "Koreksi ini tidak dapat disimpan", _said(error), back)
    response = RedirectResponse(told(back, article_id, answer.correction_id), 303)
    remember_name(request, response, name)
    return response


def _answer(gateway: Gateway, form: dict[str, list[str]], name: str) -> Answer | HTMLResponse:
    """Return the answer in a form, or the page that says why it is none."""
    article_id = single(form, "artikel")
    source = gateway.library.get(article_id) if len(article_id) <= 64 else None
    if source is None:
        return message(404, "Berita tidak ditemukan", "Berita ini tidak ada lagi di Pantau.")
    if single(form, "revisi") != str(source["revision"]):
        changed = "Medianya mengubah berita ini sejak halamannya Anda buka. Baca lagi, lalu jawab."
        return message(409, "Beritanya sudah berubah", changed, f"/berita/{article_id}")
    what, _, clicked = single(form, "jawab").partition(":")
    if what == "category" and not form.get("kategori"):
        nothing = "Pilih sedikitnya satu kategori; bila tidak ada yang cocok, pilih Lainnya."
        return message(422, "Belum ada kategori yang dipilih", nothing, f"/berita/{article_id}")
    body = single(form, "pihak")
    kind, _, entity_id = body.partition(":") if body else (single(form, "jenis"), "", single(form, "badan"))
    after, expected = _values(form, what, clicked)
    answer = Answer(
        answer_id(single(form, "kunci"), article_id, what, str(after), kind, entity_id, str(expected), name),
        article_id,
        what,
        expected,
        after,
        name,
        source["revision"],
        source["content_hash"],
        kind,
        entity_id,
        single(form, "sikap"),
        single(form, "alasan")[:MAX_NOTE_CHARS],
    )
    desk = gateway.desk.corrections
    other = _answered_by(desk, answer) if desk is not None and single(form, UNSURE[0]) else None
    if other is not None:
        return message(409, "Sudah dijawab orang lain", other, f"/berita/{article_id}")
    return answer


def _values(form: dict[str, list[str]], what: str, clicked: str) -> tuple[Value, Value]:
    """Return the value that should be and the one that was seen, as JSON has them."""
    seen = single(form, "lihat")
    if what in ("mention", "assignment"):
        return clicked, "added" if clicked == "removed" else "removed"
    if what == "category":
        return form.get("kategori", []), [one for one in seen.split(",") if one]
    return (_number(clicked), _number(seen)) if what == "severity" else (clicked, seen)


def _number(written: str) -> int | str:
    """Return a severity as a number; what is none stays as it is, and is told when the correction is read."""
    return int(written) if written in ("1", "2", "3", "4", "5") else written


def _answered_by(desk: Corrections, answer: Answer) -> str | None:
    """Return what to tell when another person has confirmed the very guess that this answer is against.

    To the desk that is no conflict, since the value is the one that was seen; yet then it was nobody's.
    """
    for one in desk.history(answer.article_id):
        about = (one["what"], one["kind"] or "", one["entity_id"] or "")
        guessed = one["after"] == answer.expected != answer.after
        if about == (answer.what, answer.kind, answer.entity_id) and one["in_force"] and guessed:
            if one["by"] == answer.by:
                return None
            return (
                f"{one['by']} baru saja menjawab {said(answer.what, one['after'])}. Jawaban Anda belum disimpan; bila "
                "Anda berpendapat lain, betulkan di halaman beritanya."
            )
    return None


def _said(error: InvalidRequestError) -> str:
    return " ".join(f"{flaw.message} {flaw.hint}".strip() for flaw in error.flaws)


@router.post("/koreksi/batal")
def withdraw(request: Request, gateway: Here, form: Form) -> Response:
    """Take a correction back."""
    desk: Corrections | None = gateway.desk.corrections
    name = tidy_name(single(form, "nama")) or name_of(request)
    article_id, correction_id = single(form, "artikel"), single(form, "koreksi")
    back = local_path(single(form, "kembali"), f"/berita/{article_id}")
    if desk is None or len(article_id) != 32:
        return message(404, "Koreksi tidak ditemukan", "Periksa riwayat koreksi di halaman beritanya.")
    if not name:
        return ask_name(form, "/koreksi/batal")
    try:
        desk.withdraw(article_id, correction_id, name)
    except BusyError:
        return message(503, "Belum tersimpan", _AWAY, back)
    except InvalidRequestError as error:
        return message(422, "Koreksi ini tidak dapat dibatalkan", _said(error), back)
    response = RedirectResponse(told(back, article_id, correction_id), 303)
    remember_name(request, response, name)
    return response


@router.get("/koreksi")
@router.get("/koreksi/batal")
def back_to_the_queue() -> RedirectResponse:
    """Lead whoever opens the address of a form, as after a closed window, to where answers are given."""
    return RedirectResponse("/perlu-dibaca", 303)


@router.get("/nama")
def name_page(request: Request) -> HTMLResponse:
    """Ask for the name that goes with answers."""
    back = local_path(request.query_params.get("kembali", ""), "/")
    return ask_name({"kembali": [back]}, "/nama", name_of(request))


@router.post("/nama")
def keep_name(request: Request, form: Form) -> Response:
    """Keep the name, and go back."""
    name = tidy_name(single(form, "nama"))
    if not name:
        return ask_name(form, "/nama")
    response = RedirectResponse(local_path(single(form, "kembali"), "/"), 303)
    remember_name(request, response, name)
    return response


def refused(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the framework passes it
    assert isinstance(error, FormRefusedError)
    return message(error.status, "Formulir ini tidak diterima", error.text)


def add_form_handler(app: FastAPI) -> None:
    """Answer a form that is not taken with a page."""
    app.add_exception_handler(FormRefusedError, refused)
