"""What the articles of stories say now, people's corrections applied: counted where articles lie, not where stories do.

A story's own document says what its articles said when they were grouped; what a person sets right later stands on the
article alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.domain.bodies import query_of
from search.domain.conditions import tone_counts
from search.domain.filters import Filters

Json = dict[str, Any]

MOST_STORIES = 10_000
"""Stories that are looked up at once, those with the latest articles first; the cluster takes 65,536 terms."""
_LISTS = {"opd": 60, "unit": 160, "origin": 3}


@dataclass(frozen=True)
class StoryFacts:
    """The articles of one story: how many per class of tone, and whom they are about, all in the order of the ids."""

    tones: Mapping[str, int]
    opd: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return {**self.tones, "total": sum(self.tones.values())}


def facts_body(story_ids: Sequence[str]) -> Json:
    """Return the request for the facts of some stories, at most `MOST_STORIES`."""
    lists = {
        name: {"terms": {"field": name, "size": size, **({"missing": "earned"} if name == "origin" else {})}}
        for name, size in _LISTS.items()
    }
    return {
        "query": query_of(Filters(story=tuple(story_ids))),
        "size": 0,
        "aggs": {
            "stories": {
                "terms": {"field": "story_id", "size": max(1, len(story_ids)), "include": list(story_ids)},
                "aggs": {"tones": tone_counts(), **lists},
            }
        },
    }


def facts_of(answer: Mapping[str, Any]) -> dict[str, StoryFacts]:
    """Return the facts of the stories that have articles that can be searched."""
    return {
        bucket["key"]: StoryFacts(
            {name: found["doc_count"] for name, found in bucket["tones"]["buckets"].items()},
            *(tuple(sorted(one["key"] for one in bucket[name]["buckets"])) for name in _LISTS),
        )
        for bucket in answer["stories"]["buckets"]
    }


def ids_body(filters: Filters) -> Json:
    """Return the request for the stories of the articles that are asked for, the latest first."""
    return {
        "query": query_of(filters),
        "size": 0,
        "aggs": {
            "stories": {
                "terms": {"field": "story_id", "size": MOST_STORIES, "order": [{"latest": "desc"}, {"_key": "asc"}]},
                "aggs": {"latest": {"max": {"field": "published_at"}}},
            }
        },
    }


def ids_of(answer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(bucket["key"] for bucket in answer["stories"]["buckets"])
