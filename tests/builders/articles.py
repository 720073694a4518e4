"""Builds articles and readings for tests, valid by default, with whatever a test wants to differ."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from contract.ids import article_id, content_hash, month_of
from contract.messages import (
    Article,
    ArticleClassified,
    ArticleCollected,
    EntityKind,
    Label,
    Mention,
    Reading,
    Sentiment,
    Stamp,
)

SEEN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""When built articles were first seen, unless told otherwise: 08.30 WIB on a Monday."""


def an_article(number: int = 1, **different: Any) -> Article:
    """Return the article of a number: another number is another URL and so another identity."""
    url = different.pop("canonical_url", f"https://contoh.test/berita/{number}")
    title = different.pop("title", f"Contoh berita nomor {number}")
    text = different.pop("text", f"Isi contoh berita nomor {number}.")
    seen = different.pop("first_seen_at", SEEN)
    return Article(
        **{
            "article_id": article_id(url),
            "revision": 1,
            "generation": 0,
            "content_hash": content_hash(title, text),
            "url": url,
            "canonical_url": url,
            "source_id": "contoh",
            "outlet": "contoh",
            "outlet_name": "Contoh",
            "title": title,
            "text": text,
            "published": Stamp(at=seen, zone="Asia/Jakarta", source="jsonld"),
            "first_seen_at": seen,
            "fetched_at": seen,
            "month": month_of(seen),
        }
        | different
    )


def collected(number: int = 1, **different: Any) -> ArticleCollected:
    return ArticleCollected(article=an_article(number, **different))


def a_mention(
    entity_id: str,
    kind: EntityKind = EntityKind.OPD,
    sentiment: Sentiment = Sentiment.NEUTRAL,
    *,
    score: float = 0.9,
    start: int = 0,
    **different: Any,
) -> Mention:
    text = different.pop("text", entity_id)
    return Mention(
        **{
            "entity_id": entity_id,
            "kind": kind,
            "text": text,
            "start": start,
            "end": start + len(text),
            "field": "text",
            "rule": "strong_alias",
            "sentiment": sentiment,
            "score": score,
            "evidence": f"Kalimat tentang {text}.",
        }
        | different
    )


def a_reading(mentions: Sequence[Mention] = (), **different: Any) -> Reading:
    return Reading(
        **{
            "language": "id",
            "tone": Label(label=Sentiment.NEUTRAL, score=0.8),
            "mentions": tuple(mentions),
            "severity": 3,
            "model": "uji",
        }
        | different
    )


def classified(number: int = 1, mentions: Sequence[Mention] = (), **different: Any) -> ArticleClassified:
    reading = different.pop("reading", None) or a_reading(mentions)
    return ArticleClassified(
        article=an_article(number, **different), reading=reading, classified_at=different.get("first_seen_at", SEEN)
    )
