"""Articles as they stand in the index once something was learnt about them: stories, copies, corrections."""

import dataclasses
import random
from typing import Any

from contract.messages import ArticleRouted
from search.domain.document import Write, article_write

from tests.builders.routed import NOON


def learnt_write(message: ArticleRouted) -> Write:
    """Return the write of an article with what was learnt about it; the same for the same article."""
    write = article_write(message, NOON)
    return dataclasses.replace(write, source=write.source | learnt(write.id))


def learnt_document(message: ArticleRouted) -> dict[str, Any]:
    return learnt_write(message).source


def learnt(article_id: str) -> dict[str, Any]:
    """Return fields that are decided by the article's id alone. Some articles have none of them."""
    rng = random.Random(article_id)
    found: dict[str, Any] = {}
    if rng.random() < 0.6:
        story = f"cerita-{rng.randrange(8)}"
        first = rng.random() < 0.5
        found |= {
            "story_id": story,
            "copy_group": f"{story}-a",
            "first": first,
            "story_articles": 5,
            "story_outlets": 3,
        }
        found |= {} if first else {"copy_of": "a" * 32, "similarity": 0.9}
    found |= rng.choice([{}, {}, {"origin": "pickup", "release_of": "b" * 32}, {"origin": "own"}])
    found |= rng.choice([{}, {"edited": True, "edit_kinds": ["title_softened"]}])
    found |= rng.choice([{}, {"corrected": True, "corrected_fields": ["tone"]}])
    gone = {"vanished_at": "2026-11-23T05:00:00.000+00:00"}
    return found | rng.choice([{}, gone | {"vanished_how": "gone_410"}, gone | {"vanished_how": "restored"}])
