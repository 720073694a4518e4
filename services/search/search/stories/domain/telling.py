"""How an article of a story is told: from its signature, or, where that is kept no more, from its document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from search.domain.conditions import NEEDS_READING
from search.stories.domain.member import Member

Json = dict[str, Any]

DOCUMENT_FIELDS = (
    *("title", "text", "canonical_url", "outlet", "outlet_name", "tier", "own_of", "tone", "tone_uncertain"),
    *("published_at", "first_seen_at", "story_id", "copy_of", "copy_group", "first", "similarity", "origin"),
    "release_of",
)
"""What is asked of an article's document."""
_GROUPING = ("copy_of", "copy_group", "first", "similarity", "origin", "release_of")
_PAST = "dibandingkan saat terbit; rinciannya tidak disimpan lagi karena ceritanya sudah lama"


def told(member: Member, rank: int) -> Json:
    """Return an article as its signature knows it."""
    grouping = member.grouping
    plain = ("url", "title", "outlet", "outlet_name", "tier", "own_of", "tone")
    return {
        "id": member.article_id,
        "rank": rank,
        **{name: getattr(member, name) for name in plain},
        "published_at": member.published_at.isoformat(),
        "first_seen_at": member.first_seen_at.isoformat(),
        **{name: getattr(grouping, name) if grouping else None for name in _GROUPING},
    }


def told_past(documents: Mapping[str, Mapping[str, Any]], representative: str) -> list[Json]:
    """Return the articles of a story that lies too far back, in the order of publication, from their documents."""
    ordered = sorted(documents.items(), key=lambda pair: (datetime.fromisoformat(pair[1]["published_at"]), pair[0]))
    return [
        {
            "id": article_id,
            "rank": rank,
            "url": source["canonical_url"],
            **{name: source.get(name) for name in ("title", "outlet", "outlet_name", "tier", "own_of", *_GROUPING)},
            "tone": NEEDS_READING if source.get("tone_uncertain") else source["tone"],
            "published_at": source["published_at"],
            "first_seen_at": source["first_seen_at"],
            "representative": article_id == representative,
            "because": {
                "kind": "past",
                "to": source.get("copy_of"),
                "similarity": source.get("similarity"),
                "shared_share": None,
                "shared_names": [],
                "reason": _PAST,
            },
            "changes": None,
        }
        for rank, (article_id, source) in enumerate(ordered, 1)
    ]
