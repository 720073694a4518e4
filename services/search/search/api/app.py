"""Puts the gateway's parts together."""

from fastapi import FastAPI
from runtime.health import Health
from starlette.middleware.gzip import GZipMiddleware

from search.api import articles, directory, pages, state, stats, trace
from search.api.gateway import Gateway
from search.api.head import Head
from search.api.models import ProblemOut
from search.api.problems import MEDIA_TYPE, add_handlers
from search.api.security import SecurityHeaders
from search.api.timing import Timing

_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"description": description, "content": {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema()}}}
    for status, description in (
        (422, "A parameter is wrong; `errors` says which and what would be right"),
        (503, "Elasticsearch does not answer; try again after Retry-After seconds"),
    )
}


def create_app(gateway: Gateway, health: Health) -> FastAPI:
    """Return the application. It makes no connection before the first request."""
    app = FastAPI(
        title="Pantau",
        version="1",
        summary="Pemantauan berita Jawa Timur",
        # The documentation pages of FastAPI load scripts from elsewhere, which our own policy forbids.
        docs_url=None,
        redoc_url=None,
        responses=_PROBLEMS,
    )
    app.state.gateway = gateway
    app.state.health = health
    for part in (articles, stats, trace, directory, state, pages):
        app.include_router(part.router)
    add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timing)
    app.add_middleware(Head)
    return app
