"""Who was first and who copied whom, over every sample article of the running line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.line import SETTLE_S, Line, address
from tests.waiting import until_none

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


def misplaced(line: Line) -> list[str]:
    """Return what the articles say of copies other than the writers of the sample meant.

    A copy whose original was taken away before it was read, or edited into another text, says nothing here. Of two that
    came out within one minute either may be taken for the first, since one of the outlets tells no seconds.
    """
    items = {item["slug"]: item for item in line.published()["items"]}
    found = {address(item): item for item in line.all_articles()}
    problems = []
    at_once = {
        one
        for slug, item in items.items()
        if (original := items.get(item["copy_of"] or "")) and original["published_at"][:16] == item["published_at"][:16]
        for one in (slug, item["copy_of"])
    }
    for slug, item in items.items():
        known = found.get(address(item))
        if known is None or item["same_outlet_copy"]:
            continue
        original = items.get(item["copy_of"] or "")
        source = found.get(address(original)) if original else None
        expected = source["id"] if source else None
        if original is not None and source is None:
            continue
        if known["copy_of"] != expected and slug not in at_once:
            problems.append(f"{slug} copies {known['copy_of']}, not {expected}")
        if source is not None and slug in at_once and (known["copy_of"] is None) == (source["copy_of"] is None):
            problems.append(f"neither or both of {slug} and {item['copy_of']} copy the other")
        if source is not None and known["story_id"] != source["story_id"]:
            problems.append(f"{slug} is not in the story of {item['copy_of']}")
    return problems


def test_each_copy_names_its_original_and_no_other_article_is_taken_for_one(settled_line: Line) -> None:
    until_none(lambda: misplaced(settled_line), what="each copy names its original", within_s=SETTLE_S)


def test_a_story_tells_its_articles_in_the_order_of_publication(settled_line: Line) -> None:
    listed: dict[str, Any] = settled_line.get("/v1/stories", min_articles=2, size=200)
    assert listed["total"] >= 15
    for one in listed["items"]:
        story: dict[str, Any] = settled_line.get(f"/v1/stories/{one['id']}")
        # To the minute: one of the outlets tells no seconds.
        times = [member["published_at"][:16] for member in story["members"]]
        assert times == sorted(times)
        assert story["members"][0]["because"]["kind"] == "first"
        assert all(member["because"]["reason"] for member in story["members"])
