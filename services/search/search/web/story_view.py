"""What the story page shows: its articles with what each is to the story, and how it speaks of whom. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.domain.conditions import NEEDS_READING
from search.domain.stats import Bucket
from search.domain.vocabulary import Vocabulary
from search.web import words
from search.web.address import Address
from search.web.view import Strip, strip

Json = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """One article of a story. `source` is what it copies, where that is among them too."""

    item: Json
    tone: str
    first: bool
    represents: bool
    marks: tuple[str, ...]
    source: Json | None = None


def members_of(items: Sequence[Json], story: Mapping[str, Any]) -> list[Member]:
    """Return the articles in the order given, the oldest first. Exactly one of them stands for all."""
    by_id = {item["id"]: item for item in items}
    leading = story.get("representative")
    chosen = leading if leading in by_id else items[0]["id"]
    first = story.get("first") if story.get("first") in by_id else items[0]["id"]
    return [
        Member(
            item,
            NEEDS_READING if item["tone_uncertain"] else item["tone"],
            item["id"] == first,
            item["id"] == chosen,
            tuple(_marks(item)),
            by_id.get(item["copy_of"] or ""),
        )
        for item in items
    ]


def _marks(item: Json) -> Iterable[str]:
    if item["origin"] != "earned":
        yield words.ORIGINS[item["origin"]]
    if item["edited"]:
        yield "Disunting"
    if item["vanished_at"] and item["vanished_how"] != "restored":
        yield "Halaman hilang"


def opinions(buckets: Iterable[Bucket], story_id: str, vocabulary: Vocabulary) -> list[Strip]:
    """Return how the story speaks of each agency, with addresses that list the articles of this story alone."""
    address = Address((("story", story_id),))
    return [strip(one, vocabulary.opd.get(one.key, one.key), address.put(opd=one.key)) for one in buckets]
