"""Turns documents of the index into the answers' shapes."""

from typing import Any

from search.domain.vocabulary import Vocabulary

Json = dict[str, Any]

_COPIED = (
    *("canonical_url", "title", "lead", "outlet", "outlet_name", "tier", "own_of", "section", "image_url"),
    *("language", "published_at", "modified_at", "first_seen_at", "indexed_at", "revision", "tone", "tone_score"),
    *("severity", "release_of", "story_id", "story_articles", "story_outlets", "copy_group", "copy_of", "first"),
    *("similarity", "vanished_at", "vanished_how"),
)
_LISTS = (
    *("authors", "category", "opd", "unit", "region", "bakorwil", "suggested", "jurisdiction", "edit_kinds"),
    "corrected_fields",
)
_MENTION: Json = {"cues": [], "speaker": None, "uncertain": False, "corrected": False}
"""What a mention of an older document says by being without it."""
_FLAGS = ("sample", "needs_reading", "tone_uncertain", "corrected", "edited")


def article_item(source: Json, vocabulary: Vocabulary, highlights: Json | None = None) -> Json:
    """Return an article as it stands in a list."""
    return {
        "id": source["article_id"],
        "url": source["canonical_url"],
        "fetched_url": source["url"],
        **{key: source.get(key) for key in _COPIED},
        **{key: source.get(key, []) for key in _LISTS},
        **{key: source.get(key, False) for key in _FLAGS},
        "tone_evidence": source.get("tone_evidence", ""),
        "tone_cues": source.get("tone_cues", []),
        "tone_speaker": source.get("tone_speaker"),
        "needs_reading_reason": source.get("needs_reading_reason", ""),
        "origin": source.get("origin", "earned"),
        "mentions": [
            {**_MENTION, **one, "label": vocabulary.label_of_entity(one["id"], one["kind"])}
            for one in source.get("mentions", [])
        ],
        "highlights": highlights or {},
    }


def article_whole(source: Json, vocabulary: Vocabulary) -> Json:
    """Return an article with its text and all that was read in it."""
    reading = source.get("reading", {})
    return article_item(source, vocabulary) | {
        "text": source["text"],
        "machine": source.get("machine", {}),
        "severity_reason": source.get("severity_reason", ""),
        "severity_cues": reading.get("severity_cues", []),
        "category_cues": {one["category"]: one["words"] for one in reading.get("category_cues", ())},
        "reading": reading,
    }


def facet_values(name: str, counts: Any, vocabulary: Vocabulary) -> list[Json]:
    return [{"key": key, "label": vocabulary.label(name, key), "count": count} for key, count in counts]
