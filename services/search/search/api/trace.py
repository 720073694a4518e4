"""`/v1/trace`: where is this article, and why."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request

from search.api import described, refusals
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.models import TraceOut
from search.domain.asking import check_known
from search.domain.problems import Flaw, InvalidRequestError
from search.domain.trace import candidates, choose_article, stages_of, status_of

router = APIRouter(tags=["trace"])

MAX_URL_CHARS = 2_048
NEVER_SEEN = (
    "Alamat ini belum pernah dilihat Pantau. Mungkin medianya belum dipantau, beritanya tidak ada di umpan media itu, "
    "baru saja terbit, atau alamatnya ditulis lain."
)


@router.get("/v1/trace", **refusals.also(described.TRACE, refusals.NEVER_SEEN))
def trace(
    request: Request,
    gateway: Annotated[Gateway, Depends(gateway_of)],
    url: Annotated[str | None, Query(description="Alamat berita, dalam bentuk apa pun")] = None,
    article_id: Annotated[str | None, Query(description="Atau id beritanya")] = None,
) -> TraceOut:
    """Tell what each service did with an article."""
    check_known(raw_parameters(request), ("url", "article_id"))
    if bool(url) == bool(article_id):
        raise InvalidRequestError(
            Flaw("url", "Berikan `url` atau `article_id`, salah satu.", hint="/v1/trace?url=https://…")
        )
    if url and len(url) > MAX_URL_CHARS:
        raise InvalidRequestError(Flaw("url", f"Terlalu panjang, paling banyak {MAX_URL_CHARS} huruf."))
    found = answer_trace(gateway, url=url, article_id=article_id)
    if found is None:
        raise HTTPException(404, NEVER_SEEN)
    return TraceOut.model_validate(found)


def answer_trace(gateway: Gateway, *, url: str | None, article_id: str | None) -> dict[str, Any] | None:
    """Return the stages of an article by address or id; None when nothing was ever heard of it."""
    if url is not None:
        urls = candidates(url)
        known = gateway.library.dispositions_at(urls)
        article_id = choose_article(known, urls) if known else None
    if not article_id:
        return None
    dispositions = gateway.library.dispositions_of(article_id[:64])
    if not dispositions:
        return None
    stages = stages_of(dispositions)
    newest = max(dispositions, key=lambda one: (one["revision"], one["at"]))
    return {"article_id": article_id, "url": newest["canonical_url"], "status": status_of(stages), "stages": stages}
