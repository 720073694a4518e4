"""How members, stories and decisions stand in their indices, and the templates of these indices."""

import base64
from array import array
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contract.names import Names
from contract.values import Origin

from search.stories.domain.decisions import Decision, Verb
from search.stories.domain.likeness import Kind
from search.stories.domain.member import Bond, Grouping, Member
from search.stories.domain.signature import SIGNATURE_VERSION, Signature
from search.stories.domain.story import Story

Json = dict[str, Any]

SIGNATURES = "signatures"
STORIES = "stories"
DECISIONS = "story-decisions"
TEMPLATE_VERSION = 1

DERIVED = ("bands", "key_words")
"""Found by, never read: they follow from what else is kept, so they are left out of the stored source."""

_KEYWORD = {"type": "keyword"}
_TERM = {"type": "keyword", "doc_values": False}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}
_KEPT = {"type": "object", "enabled": False}
_DATE = {"type": "date", "format": "strict_date_optional_time"}
_LONG = {"type": "long"}
_COUNT = {"type": "integer"}

SIGNATURE_PROPERTIES: Json = {
    **dict.fromkeys(("article_id", "outlet", "own_of", "story_id"), _KEYWORD),
    **dict.fromkeys(("bands", "key_words"), _TERM),
    **dict.fromkeys(("title", "url", "outlet_name", "month", "tone", "opd", "unit", "hashes"), _SHOWN),
    **dict.fromkeys(("names", "numbers", "dates"), _SHOWN),
    **dict.fromkeys(("vector", "bonds", "grouping"), _KEPT),
    **dict.fromkeys(("published_at", "first_seen_at"), _DATE),
    **dict.fromkeys(("version", "sequence", "ceiling"), _LONG),
    **dict.fromkeys(("words", "signature_version"), _COUNT),
    "tier": {"type": "byte"},
    "settled": {"type": "boolean"},
}
STORY_PROPERTIES: Json = {
    **dict.fromkeys(("story_id", "first", "representative", "outlets", "opd", "unit", "tone", "origin"), _KEYWORD),
    "members": _KEYWORD,
    **dict.fromkeys(("title", "reason", "touched"), _SHOWN),
    **dict.fromkeys(("first_at", "last_at", "updated_at"), _DATE),
    **dict.fromkeys(("articles", "outlet_count", "copies"), _COUNT),
}
DECISION_PROPERTIES: Json = {
    **dict.fromkeys(("decision_id", "verb", "by", "one", "other", "stories"), _KEYWORD),
    "why": {"type": "text", "index": False},
    "at": _DATE,
    "applied_at": _DATE,
}


def templates(names: Names, *, replicas: int, refresh_s: float) -> dict[str, Json]:
    """Return the index templates by name. Only what the embedded node and the full distribution both know is used."""
    settings = {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": f"{round(refresh_s * 1000)}ms",
    }
    each = {SIGNATURES: SIGNATURE_PROPERTIES, STORIES: STORY_PROPERTIES, DECISIONS: DECISION_PROPERTIES}
    return {
        names.index(f"pantau-{name}"): {
            "index_patterns": [names.index(name)],
            "priority": 200,
            "version": TEMPLATE_VERSION,
            "template": {
                "settings": settings,
                "mappings": {
                    "dynamic": "strict",
                    **({"_source": {"excludes": list(DERIVED)}} if name == SIGNATURES else {}),
                    "_meta": {"pantau_version": TEMPLATE_VERSION},
                    "properties": properties,
                },
            },
        }
        for name, properties in each.items()
    }


def member_document(member: Member) -> Json:
    signature = member.signature
    found: Json = {
        **{name: getattr(member, name) for name in _PLAIN},
        "opd": list(member.opd),
        "unit": list(member.unit),
        "published_at": member.published_at.isoformat(),
        "first_seen_at": member.first_seen_at.isoformat(),
        "signature_version": SIGNATURE_VERSION,
        "hashes": base64.b64encode(array("I", signature.hashes).tobytes()).decode(),
        "ceiling": signature.ceiling,
        "bands": list(signature.bands),
        "key_words": list(signature.key_words),
        "vector": dict(signature.vector),
        "names": sorted(signature.names),
        "numbers": sorted(signature.numbers),
        "dates": sorted(signature.dates),
        "words": signature.words,
        "bonds": {one: [bond.kind, bond.similarity, bond.shared_share] for one, bond in member.bonds.items()},
    }
    if member.grouping is not None:
        found |= {"grouping": _grouping_document(member.grouping), "story_id": member.grouping.story_id}
    return {name: value for name, value in found.items() if value is not None}


_PLAIN = (
    *("article_id", "version", "month", "title", "url", "outlet", "outlet_name", "tier", "own_of", "tone"),
    *("sequence", "settled"),
)


def member_from(source: Mapping[str, Any]) -> Member:
    """Return the member of a document."""
    hashes = array("I")
    hashes.frombytes(base64.b64decode(source["hashes"]))
    plain: Json = {name: source.get(name) for name in _PLAIN}
    return Member(
        **plain,
        opd=tuple(source.get("opd", ())),
        unit=tuple(source.get("unit", ())),
        published_at=datetime.fromisoformat(source["published_at"]),
        first_seen_at=datetime.fromisoformat(source["first_seen_at"]),
        signature=Signature(
            hashes=tuple(hashes),
            ceiling=source.get("ceiling"),
            vector=source["vector"],
            names=frozenset(source["names"]),
            numbers=frozenset(source["numbers"]),
            dates=frozenset(source["dates"]),
            words=source["words"],
        ),
        bonds={one: Bond(Kind(kind), alike, share) for one, (kind, alike, share) in source["bonds"].items()},
        grouping=_grouping_from(source["grouping"]) if "grouping" in source else None,
    )


def _grouping_document(grouping: Grouping) -> Json:
    return {name: getattr(grouping, name) for name in Grouping.__dataclass_fields__}


def _grouping_from(source: Json) -> Grouping:
    return Grouping(**source | {"origin": Origin(source["origin"])})


def story_document(story: Story, now: datetime) -> Json:
    """Return the document of a story; what it says of agencies and tone is that of its members, as they were routed."""
    groupings = [story.groupings[member.article_id] for member in story.members]
    return {
        "story_id": story.story_id,
        "title": story.representative.title,
        "first": story.first.article_id,
        "representative": story.representative.article_id,
        "reason": story.reason,
        "members": [member.article_id for member in story.members],
        "outlets": list(story.outlets),
        "opd": sorted({one for member in story.members for one in member.opd}),
        "unit": sorted({one for member in story.members for one in member.unit}),
        "tone": sorted({member.tone for member in story.members}),
        "origin": sorted({grouping.origin for grouping in groupings}),
        "articles": len(story.members),
        "outlet_count": len(story.outlets),
        "copies": sum(grouping.copy_of is not None for grouping in groupings),
        "first_at": story.first.published_at.isoformat(),
        "last_at": story.members[-1].published_at.isoformat(),
        "updated_at": now.isoformat(),
    }


def decision_document(decision: Decision) -> Json:
    return {
        "decision_id": decision.decision_id,
        "verb": decision.verb,
        "at": decision.at.isoformat(),
        "by": decision.by,
        "why": decision.why,
        "one": sorted(decision.groups[0]),
        "other": sorted(decision.groups[1]),
        "stories": list(decision.stories),
    }


def decision_from(source: Mapping[str, Any]) -> Decision:
    return Decision(
        decision_id=source["decision_id"],
        verb=Verb(source["verb"]),
        at=datetime.fromisoformat(source["at"]),
        by=source["by"],
        why=source["why"],
        groups=(frozenset(source["one"]), frozenset(source["other"])),
        stories=tuple(source["stories"]),
    )
