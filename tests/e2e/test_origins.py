"""Own releases, pick-ups and earned coverage, told apart in the running line, and what counting them apart changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.e2e.line import SETTLE_S, Line, address
from tests.waiting import until_none

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

OPD = "dinkes"
RELEASE = "rilis-ambulans-laut-sumenep"
RETOLD = "dermaga-kalianget-menyambut-ambulans-laut"
BEFORE_ITS_RELEASE = "kantin-sehat-seribu-sekolah"
CLASSES = ("positive", "neutral", "negative", "needs_reading")


def by_slug(line: Line) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """What the newsroom published and what is found of it, by slug; what is not found is left out."""
    found = {address(item): item for item in line.all_articles()}
    return {item["slug"]: (item, found[address(item)]) for item in line.published()["items"] if address(item) in found}


def mistaken(line: Line) -> list[str]:
    """Which articles are taken for other people's words than they are, or for words of another release."""
    known = by_slug(line)
    problems = []
    for slug, (meant, found) in known.items():
        release = known[meant["release_of"]][1]["id"] if meant["release_of"] else None
        told, wanted = (found["origin"], found["release_of"]), (meant["origin"], release)
        if told != wanted:
            problems.append(f"{slug} is {told}, not {wanted}")
    return problems


def sentiments(line: Line, **query: str) -> Counter[str]:
    """How often the agency is spoken of in which way, as the gateway counts it."""
    buckets = line.get("/v1/stats", group_by="opd", **query)["buckets"]
    told: dict[str, int] = next((one for one in buckets if one["key"] == OPD), {})
    return Counter({label: told[label] for label in CLASSES if told.get(label)})


def read_as(article: dict[str, Any]) -> list[str]:
    """How an article was read to speak of the agency; nothing where it does not."""
    spoken = [one for one in article["mentions"] if one["id"] == OPD]
    return ["needs_reading" if one["uncertain"] else one["sentiment"] for one in spoken]


def test_own_releases_their_pick_ups_and_earned_coverage_are_told_apart(settled_line: Line) -> None:
    until_none(lambda: mistaken(settled_line), what="each article is whose words it is", within_s=SETTLE_S)
    met = Counter(meant["origin"] for meant, _ in by_slug(settled_line).values())
    assert met["own"] >= 10
    assert met["pickup"] >= 10
    assert met["earned"] > 150


def test_what_the_press_had_before_the_agencys_own_site_is_a_pick_up_that_copies_nothing(settled_line: Line) -> None:
    meant, found = by_slug(settled_line)[BEFORE_ITS_RELEASE]
    release = by_slug(settled_line)[meant["release_of"]][1]
    assert (found["origin"], found["copy_of"]) == ("pickup", None)
    assert (release["origin"], release["copy_of"]) == ("own", found["id"])


def test_earned_coverage_counted_alone_loses_the_praise_that_the_agency_wrote_itself(settled_line: Line) -> None:
    every, earned = sentiments(settled_line), sentiments(settled_line, origin="earned")
    known = by_slug(settled_line).values()
    theirs = Counter(read for meant, found in known if meant["origin"] != "earned" for read in read_as(found))
    assert every - earned == theirs
    assert every.total() - earned.total() == theirs.total() >= 18
    assert earned["negative"] >= 2
    assert theirs["positive"] >= 5 > theirs["negative"]
    assert every["positive"] / every.total() > earned["positive"] / earned.total()
    assert every["negative"] / every.total() < earned["negative"] / earned.total()


def test_each_origin_lists_its_own_articles_and_together_they_are_all(settled_line: Line) -> None:
    known = by_slug(settled_line).values()
    for origin in ("own", "pickup", "earned"):
        listed = {item["id"] for item in settled_line.all_articles(origin=origin)}
        assert listed == {found["id"] for meant, found in known if meant["origin"] == origin}


def test_the_story_of_a_release_shows_all_three_side_by_side(settled_line: Line) -> None:
    known = by_slug(settled_line)
    story = settled_line.get(f"/v1/stories/{known[RELEASE][1]['story_id']}")
    told = {one["id"]: one["origin"] for one in story["members"]}
    assert told[known[RELEASE][1]["id"]] == "own"
    assert told[known[RETOLD][1]["id"]] == "earned"
    assert Counter(told.values()) == {"own": 1, "pickup": 2, "earned": 1}
    listed = settled_line.get("/v1/stories", opd=OPD, origin="own", size=200)["items"]
    assert story["id"] in {one["id"] for one in listed}
