"""`/docs`: the API's documentation as a page of our own, made from the OpenAPI description."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from runtime.retry import BusyError

from search.api import described
from search.api.gateway import Gateway, gateway_of
from search.api.pages import html
from search.domain.filters import Filters, Sort
from search.web import manual

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def documentation(request: Request, gateway: Annotated[Gateway, Depends(gateway_of)]) -> HTMLResponse:
    """Show every endpoint with its parameters, and requests that run as they stand."""
    found = manual.endpoints(request.app.openapi(), _newest(gateway))
    return html("dokumentasi.html", endpoints=found, problem=manual.pretty(described.PROBLEM))


def _newest(gateway: Gateway) -> dict[str, str] | None:
    """Return the newest article for the examples; the page must also be there while the search is away."""
    try:
        hits = gateway.library.find(Filters(), Sort.NEWEST, 1, (), None).hits
    except BusyError:
        return None
    return {"article_id": hits[0].source["article_id"], "url": hits[0].source["canonical_url"]} if hits else None
