"""Puts the gateway's parts together."""

from fastapi import FastAPI
from runtime.health import Health
from starlette.middleware.gzip import GZipMiddleware

from search.api import articles, described, directory, manual, pages, state, stats, trace
from search.api.gateway import Gateway
from search.api.head import Head
from search.api.models import ProblemOut
from search.api.problems import MEDIA_TYPE, add_handlers
from search.api.security import SecurityHeaders
from search.api.timing import Timing

_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": ProblemOut.model_json_schema(), "example": described.PROBLEM}},
    }
    for status, description in (
        (422, "Ada parameter yang keliru; `errors` menyebut yang mana dan yang benar"),
        (503, "Mesin pencari tidak menjawab; coba lagi setelah Retry-After detik"),
    )
}


def create_app(gateway: Gateway, health: Health) -> FastAPI:
    """Return the application. It makes no connection before the first request."""
    app = FastAPI(
        title="Pantau",
        version="1",
        summary="Pemantauan berita Jawa Timur",
        # FastAPI's documentation pages load scripts from elsewhere, which our policy forbids; ours is in `manual`.
        docs_url=None,
        redoc_url=None,
        responses=_PROBLEMS,
    )
    app.state.gateway = gateway
    app.state.health = health
    for part in (articles, stats, trace, directory, state, pages, manual):
        app.include_router(part.router)
    add_handlers(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timing)
    app.add_middleware(Head)
    return app
