"""`/v1/articles`: search, and one article."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request

from search.api import described, parameters, refusals
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.models import ArticleOut, ArticlesOut
from search.api.shapes import article_item, article_whole, facet_values
from search.domain.asking import ArticlesAsk, check_known, next_cursor, read_articles_ask

router = APIRouter(tags=["articles"])

Here = Annotated[Gateway, Depends(gateway_of)]
_ID = re.compile(r"^[0-9a-f]{32}$")


@router.get(
    "/v1/articles",
    dependencies=[parameters.Filters, parameters.Learnt, parameters.Articles],
    **refusals.also(described.ARTICLES, refusals.CURSOR),
)
def articles(request: Request, gateway: Here) -> ArticlesOut:
    """Search articles. Different filters must all hold; values of one filter are alternatives."""
    ask = read_articles_ask(raw_parameters(request), gateway.vocabulary, gateway.cursor_key)
    return ArticlesOut.model_validate(answer_articles(ask, gateway))


def answer_articles(ask: ArticlesAsk, gateway: Gateway) -> dict[str, Any]:
    """Return a page of articles as the API and the page show it."""
    found = gateway.library.find(ask.filters, ask.sort, ask.size, ask.facets, ask.after)
    names = gateway.vocabulary
    return {
        "total": found.total,
        "items": [article_item(hit.source, names, dict(hit.highlights)) for hit in found.hits],
        "next": next_cursor(ask, found.after, gateway.cursor_key),
        "facets": {name: facet_values(name, counts, names) for name, counts in found.facets.items()},
    }


@router.get("/v1/articles/{article_id}", **refusals.also(described.ONE_ARTICLE, refusals.NO_ARTICLE))
def article(article_id: str, request: Request, gateway: Here) -> ArticleOut:
    """Return one article with its text and all that was read in it."""
    check_known(raw_parameters(request), ())
    found = gateway.library.get(article_id) if _ID.match(article_id) else None
    if found is None:
        raise HTTPException(404, f"Tidak ada berita dengan id {article_id[:64]}. Salin id dari hasil pencarian.")
    return ArticleOut.model_validate(article_whole(found, gateway.vocabulary))
