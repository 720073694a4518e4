"""`/v1/articles/{id}/revisions`: what an outlet changed in an article, and whether its page is still there."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request

from search.api import revisions_described as described
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.revision_models import DifferenceOut, RevisionsOut
from search.domain.asking import check_known
from search.domain.pagelife import difference, history
from search.domain.problems import Flaw, InvalidRequestError

router = APIRouter(tags=["articles"])

Here = Annotated[Gateway, Depends(gateway_of)]
_ID = re.compile(r"^[0-9a-f]{32}$")
_SPAN = re.compile(r"^(\d{1,6})\.\.(\d{1,6})$")


@router.get("/v1/articles/{article_id}/revisions", **described.HISTORY)
def revisions(article_id: str, request: Request, gateway: Here) -> RevisionsOut:
    """Return the revisions of an article and the life of its page."""
    check_known(raw_parameters(request), ())
    found = answer_history(article_id, gateway)
    if found is None:
        raise HTTPException(404, f"Tidak ada berita dengan id {article_id[:64]}. Salin id dari hasil pencarian.")
    return RevisionsOut.model_validate(found)


@router.get("/v1/articles/{article_id}/revisions/{span}", **described.DIFFERENCE)
def compare(
    article_id: str,
    span: Annotated[str, Path(description="Dua nomor versi dengan dua titik di antaranya", examples=["1..2"])],
    request: Request,
    gateway: Here,
) -> DifferenceOut:
    """Return the difference between two revisions."""
    check_known(raw_parameters(request), ())
    numbers = _SPAN.match(span)
    if numbers is None:
        raise InvalidRequestError(Flaw("span", f"“{span[:40]}” bukan dua versi.", hint="Tulis seperti 1..2."))
    found = answer_difference(article_id, int(numbers[1]), int(numbers[2]), gateway)
    if found is None:
        detail = f"Versi {span} tidak dikenal untuk berita ini. Lihat /v1/articles/{article_id[:64]}/revisions."
        raise HTTPException(404, detail)
    return DifferenceOut.model_validate(found)


def answer_history(article_id: str, gateway: Gateway) -> dict[str, Any] | None:
    """Return an article's revisions as the API and the page show them; None for an article that is not known."""
    if not _ID.match(article_id):
        return None
    entries = gateway.library.page_entries(article_id)
    if not entries and gateway.library.get(article_id) is None:
        return None
    return history(article_id, entries, gateway.vocabulary.label_of_entity)


def answer_difference(article_id: str, before: int, after: int, gateway: Gateway) -> dict[str, Any] | None:
    """Return what differs between two revisions; None when one of them is not known."""
    if not _ID.match(article_id):
        return None
    old, new = (gateway.library.revision(article_id, number) for number in (before, after))
    return difference(old, new) if old is not None and new is not None else None
