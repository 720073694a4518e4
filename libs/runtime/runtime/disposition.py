"""One disposition per article per service: the log line, the counter and the trace come from this one call."""

import logging
from datetime import datetime

from contract.messages import MAX_DETAIL_CHARS, Article, ArticleDisposed
from contract.outcomes import Outcome, Service

from runtime.metrics import ARTICLES

logger = logging.getLogger(__name__)


def dispose(
    article: Article, *, service: Service, outcome: Outcome, now: datetime, reason: str = "", detail: str = ""
) -> ArticleDisposed:
    """Count and log what became of an article here, and return the message that says so."""
    disposed = disposition(article, service=service, outcome=outcome, now=now, reason=reason, detail=detail)
    record(disposed)
    return disposed


def disposition(
    article: Article, *, service: Service, outcome: Outcome, now: datetime, reason: str = "", detail: str = ""
) -> ArticleDisposed:
    """Return the message that says what became of an article, uncounted: for who counts after the broker has it."""
    return ArticleDisposed(
        article_id=article.article_id,
        revision=article.revision,
        service=service,
        outcome=outcome,
        at=now,
        reason=reason,
        detail=detail[:MAX_DETAIL_CHARS],
        url=article.url,
        canonical_url=article.canonical_url,
        source_id=article.source_id,
        outlet=article.outlet,
    )


def record(disposed: ArticleDisposed) -> None:
    """Count and log a disposition that was built elsewhere, such as a page that never became an article."""
    ARTICLES.labels(disposed.service, disposed.outcome, disposed.reason).inc()
    logger.info(
        "article %s: %s%s",
        disposed.outcome,
        disposed.canonical_url,
        f" ({disposed.reason})" if disposed.reason else "",
        extra={
            "article.id": disposed.article_id,
            "article.revision": disposed.revision,
            "event.outcome": "success" if disposed.outcome in (Outcome.PASSED, Outcome.INDEXED) else "failure",
            "pantau.outcome": disposed.outcome,
            "pantau.reason": disposed.reason,
        },
    )
