"""From a routed message, or from the document of an article, to what the stories compare."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contract.ids import document_version
from contract.messages import ArticleRouted

from search.domain.conditions import NEEDS_READING
from search.stories.domain.member import Piece


def piece_of(routed: ArticleRouted) -> Piece:
    """Return what the stories take from a routed message."""
    article = routed.article
    return Piece(
        article_id=article.article_id,
        version=document_version(article.revision, article.generation),
        month=article.month,
        title=article.title,
        text=article.text,
        url=article.canonical_url,
        outlet=article.outlet,
        outlet_name=article.outlet_name,
        tier=article.tier,
        own_of=article.own_of,
        published_at=article.published.at,
        first_seen_at=article.first_seen_at,
        tone=NEEDS_READING if routed.reading.tone.uncertain else routed.reading.tone.label,
        opd=_ids(routed, "opd"),
        unit=_ids(routed, "unit"),
    )


def _ids(routed: ArticleRouted, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entity_id for one in routed.assignments if one.kind == kind))


def piece_from(source: Mapping[str, Any]) -> Piece:
    """Return the same from the document of an article in the index."""
    return Piece(
        article_id=source["article_id"],
        version=document_version(source["revision"], source["generation"]),
        month=source["month"],
        title=source["title"],
        text=source["text"],
        url=source["canonical_url"],
        outlet=source["outlet"],
        outlet_name=source["outlet_name"],
        tier=source.get("tier"),
        own_of=source.get("own_of"),
        published_at=datetime.fromisoformat(source["published_at"]),
        first_seen_at=datetime.fromisoformat(source["first_seen_at"]),
        tone=NEEDS_READING if source.get("tone_uncertain") else source["tone"],
        opd=tuple(source.get("opd", ())),
        unit=tuple(source.get("unit", ())),
    )
