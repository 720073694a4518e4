"""`/v1/articles/{id}/corrections`: correct what was read in an article, withdraw it, and see who did what."""

import re
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from search.api import corrections_described as described
from search.api.correction_models import CorrectionIn, CorrectionOut, CorrectionsOut, CorrectionTaken
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.problems import RETRY_AFTER_S, problem
from search.correcting import (
    BrokerAwayError,
    CorrectionDesk,
    NoArticleError,
    NoCorrectionError,
    State,
    Submitted,
    who_withdrew,
)
from search.domain.asking import check_known
from search.domain.asking_correction import CorrectionAsk, WithdrawalAsk
from search.domain.history import current_value, history_of, told
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.vocabulary import Vocabulary

router = APIRouter(tags=["corrections"])

Here = Annotated[Gateway, Depends(gateway_of)]
Json = dict[str, Any]
_ID = re.compile(r"^[0-9a-f]{32}$")


def desk_of(request: Request) -> CorrectionDesk:
    """Return where corrections are taken; a FastAPI dependency."""
    desk: CorrectionDesk = request.app.state.corrections
    return desk


Corrections = Annotated[CorrectionDesk, Depends(desk_of)]


@router.get("/v1/articles/{article_id}/corrections", **described.HISTORY)
def history(article_id: str, request: Request, gateway: Here, desk: Corrections) -> CorrectionsOut:
    """Return the corrections of an article."""
    check_known(raw_parameters(request), ())
    items = _history(article_id, desk, gateway.vocabulary)
    return CorrectionsOut.model_validate({"total": len(items), "items": items})


@router.get("/v1/articles/{article_id}/corrections/{correction_id}", **described.ONE)
def one(article_id: str, correction_id: str, request: Request, gateway: Here, desk: Corrections) -> CorrectionOut:
    """Return one correction, once it was decided."""
    check_known(raw_parameters(request), ())
    found = [row for row in _history(article_id, desk, gateway.vocabulary) if row["correction_id"] == correction_id]
    if not found:
        raise HTTPException(404, f"Berita ini tidak punya koreksi dengan id {correction_id[:64]}.")
    return CorrectionOut.model_validate(found[0])


@router.post("/v1/articles/{article_id}/corrections", response_model=CorrectionTaken, **described.CORRECT)
def correct(article_id: str, sent: CorrectionIn, request: Request, gateway: Here, desk: Corrections) -> Response:
    """Take a correction or a withdrawal, and answer what became of it."""
    check_known(raw_parameters(request), ())
    try:
        submitted = _submit(article_id, sent, desk)
    except BrokerAwayError:
        headers = {"Retry-After": RETRY_AFTER_S}
        return problem(503, described.AWAY, code="corrections-away", instance=request.url.path, headers=headers)
    except NoArticleError as error:
        raise _no_article(article_id) from error
    except NoCorrectionError as error:
        raise HTTPException(404, f"Berita ini tidak punya koreksi dengan id {str(error)[:64]}.") from error
    return _answer(submitted, request, gateway.vocabulary)


def _submit(article_id: str, sent: CorrectionIn, desk: CorrectionDesk) -> Submitted:
    if not _ID.match(article_id):
        raise NoArticleError(article_id)
    given = sent.id or str(uuid.uuid4())
    if sent.withdraws is None:
        ask = CorrectionAsk(
            correction_id=given,
            what=sent.what or "",
            expected=sent.expected,
            after=sent.after,
            by=sent.by,
            entity=sent.entity or "",
            kind=sent.kind or "",
            role=sent.role,
            note=sent.note,
            sentiment=sent.sentiment or "",
            span=sent.span.model_dump() if sent.span else None,
            revision=sent.revision,
        )
        return desk.submit(article_id, ask)
    beside = ("what", "entity", "kind", "expected", "after", "sentiment", "span", "revision")
    flaws = [Flaw(name, "Tidak dipakai pada pembatalan.") for name in beside if getattr(sent, name) is not None]
    if flaws:
        raise InvalidRequestError(*flaws)
    return desk.submit_withdrawal(article_id, WithdrawalAsk(given, sent.withdraws, sent.by, sent.role, sent.note))


def _answer(submitted: Submitted, request: Request, vocabulary: Vocabulary) -> Response:
    event = submitted.event
    if submitted.decided is None or submitted.annotation is None:
        link = f"{request.url.path}/{event.correction_id}"
        status = "Sudah tercatat, sedang diterapkan. Tanyakan lagi sebentar lagi."
        pending = {"correction_id": event.correction_id, "status": status, "link": link}
        return JSONResponse(pending, 202, headers={"Location": link, "Retry-After": "1"})
    row = _labelled(told(submitted.decided, submitted.annotation, submitted.document), vocabulary)
    current = current_value(submitted.decided, submitted.document)
    if submitted.state is State.CONFLICT:
        more = {"current": current, "set_by": row["set_by"], "correction": row}
        detail = _conflict(submitted, row, current)
        return problem(409, detail, code="corrected-meanwhile", instance=request.url.path, **more)
    return JSONResponse(CorrectionTaken.model_validate({"correction": row, "current": current}).model_dump())


def _conflict(submitted: Submitted, row: Json, current: Any) -> str:
    if (withdrawn := who_withdrew(submitted)) is not None:
        return f"{withdrawn.event.by} sudah lebih dulu membatalkan koreksi itu. Tidak ada lagi yang perlu dilakukan."
    shown = ", ".join(current) if isinstance(current, list) else current
    return (
        f"{row['set_by']} sudah lebih dulu menetapkan: {shown}. Koreksi Anda tetap tercatat, tetapi tidak berlaku. "
        "Muat ulang, lalu betulkan lagi bila perlu."
    )


def _history(article_id: str, desk: CorrectionDesk, vocabulary: Vocabulary) -> list[Json]:
    if not _ID.match(article_id):
        raise _no_article(article_id)
    try:
        annotation, document = desk.find(article_id)
    except NoArticleError as error:
        raise _no_article(article_id) from error
    found = history_of(annotation, document) if annotation is not None else []
    return [_labelled(row, vocabulary) for row in found]


def _labelled(row: Json, vocabulary: Vocabulary) -> Json:
    label = vocabulary.label_of_entity(row["entity_id"], row["kind"]) if row["entity_id"] else ""
    return {**row, "label": label}


def _no_article(article_id: str) -> HTTPException:
    return HTTPException(404, f"Tidak ada berita dengan id {article_id[:64]}. Salin id dari hasil pencarian.")
