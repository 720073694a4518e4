"""Puts the gateway's parts together."""

from fastapi import FastAPI
from runtime.health import Health
from starlette.middleware.gzip import GZipMiddleware

from search.api import (
    answers,
    article_page,
    articles,
    corrections,
    directory,
    manual,
    pages,
    reading_queue,
    refusals,
    revisions,
    state,
    stats,
    stories,
    story_page,
    trace,
)
from search.api.gateway import Gateway
from search.api.head import Head
from search.api.problems import add_handlers
from search.api.security import SecurityHeaders
from search.api.timing import Timing


def create_app(gateway: Gateway, health: Health) -> FastAPI:
    """Return the application. It makes no connection before the first request."""
    app = FastAPI(
        title="Pantau",
        version="1",
        summary="Pemantauan berita Jawa Timur",
        # FastAPI's documentation pages load scripts from elsewhere, which our policy forbids; ours is in `manual`.
        docs_url=None,
        redoc_url=None,
        responses=refusals.EVERYWHERE,
    )
    app.state.gateway = gateway
    app.state.health = health
    for part in (
        articles,
        corrections,
        revisions,
        reading_queue,
        stats,
        stories,
        trace,
        directory,
        state,
        pages,
        article_page,
        story_page,
        answers,
        manual,
    ):
        app.include_router(part.router)
    add_handlers(app)
    answers.add_form_handler(app)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Timing)
    app.add_middleware(Head)
    return app
