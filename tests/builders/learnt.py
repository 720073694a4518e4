"""Builds what is learnt about the article of `builders.routed`: corrections, withdrawals, groupings, vanishings."""

from datetime import timedelta
from typing import Any

from contract.learnt import ArticleCorrected, ArticleGrouped, ArticleVanished
from contract.messages import ArticleRouted, EntityKind
from contract.values import Correctable, Vanishing

from tests.builders.routed import NOON, routed

ARTICLE = routed()


def corrected(
    what: str,
    expected: Any,
    after: Any,
    entity_id: str | None = None,
    kind: str | None = None,
    *,
    number: int = 1,
    of: ArticleRouted = ARTICLE,
    **changes: Any,
) -> ArticleCorrected:
    """Return a person's correction of an article; `number` names it and tells its minute."""
    fields: dict[str, Any] = {
        "correction_id": f"koreksi-{number:04d}",
        "article_id": of.article.article_id,
        "month": of.article.month,
        "revision": of.article.revision,
        "content_hash": of.article.content_hash,
        "by": "Siti Rahmawati",
        "role": "humas-opd",
        "at": NOON + timedelta(minutes=number),
        "what": Correctable(what),
        "entity_id": entity_id,
        "kind": EntityKind(kind) if kind else None,
        "expected": expected,
        "after": after,
    }
    return ArticleCorrected(**(fields | changes))


def withdrawal(of: ArticleCorrected, *, number: int = 50, **changes: Any) -> ArticleCorrected:
    """Return the withdrawal of a correction."""
    fields = {
        **dict(of),
        "correction_id": f"koreksi-{number:04d}",
        "at": NOON + timedelta(minutes=number),
        "expected": None,
        "after": None,
        "sentiment": None,
        "span": None,
        "withdraws": of.correction_id,
    }
    return ArticleCorrected(**(fields | changes))


def grouped(sequence: int = 1, *, of: ArticleRouted = ARTICLE, **changes: Any) -> ArticleGrouped:
    fields: dict[str, Any] = {
        "article_id": of.article.article_id,
        "month": of.article.month,
        "sequence": sequence,
        "story_id": "cerita-1",
        "story_articles": 1,
        "story_outlets": 1,
        "first": True,
        "at": NOON + timedelta(minutes=sequence),
    }
    return ArticleGrouped(**(fields | changes))


def vanished(how: str = "gone_410", *, minute: int = 1, of: ArticleRouted = ARTICLE) -> ArticleVanished:
    at = NOON + timedelta(minutes=minute)
    return ArticleVanished(
        article_id=of.article.article_id,
        month=of.article.month,
        revision=1,
        how=Vanishing(how),
        url=of.article.url,
        at=at,
        checked_at=(at,),
    )
