"""What outlets change and take away is seen while everything runs: a softened headline, a lost paragraph, a ralat,
an article that is gone and one that leads to the front page, each with what was there before.

A run of its own at the newsroom's usual pace: revisions must be seen one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.line import Line, address, wait_for_none

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

SOFTENED = "rusun-gunung-anyar-lift-mati"
CORRECTED = "museum-mpu-tantular-ac-mati"
GONE = "sma-malang-selatan-tanpa-internet"
AWAY = "petani-kopi-dampit-bibit-mati"
SEEN_S = 240.0


@pytest.fixture(scope="module")
def watched(root: Path) -> Iterator[Line]:
    """A run whose newsroom opens once everything is there, so that no slow start misses a first version."""
    run = Line(root, newsroom_speed=1.0)
    try:
        run.start()
        run.kill("newsroom")
        wait_for_none(lambda: missing(run), within_s=SEEN_S)
        yield run
    finally:
        run.close()


def ids(run: Line) -> dict[str, str]:
    """The articles' ids by slug."""
    slugs = {address(item): item["slug"] for item in run.published()["items"]}
    return {slugs[address(item)]: item["id"] for item in run.all_articles() if address(item) in slugs}


def of(run: Line, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = run.get(f"/v1/articles/{ids(run)[slug]}/revisions")
    return found


def missing(run: Line) -> list[str]:
    """What is not seen yet."""
    known = ids(run)
    wanted = {SOFTENED: "title_softened", CORRECTED: "correction_note", GONE: "vanished", AWAY: "vanished"}
    problems = [f"{slug} is not found" for slug in wanted if slug not in known]
    for slug in wanted.keys() & known.keys():
        found = of(run, slug)
        if wanted[slug] not in found["edit_kinds"] and not (wanted[slug] == "vanished" and found["vanished"]):
            problems.append(f"{slug}: no {wanted[slug]} in {found['timeline']}")
    return problems


def difference(run: Line, slug: str, kind: str) -> dict[str, Any]:
    """The difference that the revision of this kind made."""
    revision = next(one for one in of(run, slug)["items"] if kind in one["kinds"])
    span = f"{revision['previous']}..{revision['revision']}"
    found: dict[str, Any] = run.get(f"/v1/articles/{ids(run)[slug]}/revisions/{span}")
    return found


def test_a_softened_headline_and_a_lost_paragraph_are_recorded_with_what_was_there(watched: Line) -> None:
    found = difference(watched, SOFTENED, "title_softened")
    assert found["title"]["before"].startswith("Lift Rusunawa Mati Tiga Pekan")
    assert found["title"]["after"].endswith("Dinas Siapkan Perbaikan")
    assert "mati" in found["title"]["evidence_before"]
    assert "paragraph_removed" in found["kinds"]
    (removed,) = [one for one in found["paragraphs"] if one["op"] == "removed"]
    assert removed["before"].startswith("Paguyuban menilai dinas itu lalai")


def test_a_ralat_is_recorded_with_its_sentence_and_the_number_that_changed(watched: Line) -> None:
    found = difference(watched, CORRECTED, "correction_note")
    assert any(note.startswith("Ralat:") for note in found["notes"])
    assert "17" in found["numbers"]["added"]


@pytest.mark.parametrize(("slug", "how"), [(GONE, "gone_410"), (AWAY, "redirect_home")])
def test_a_page_that_was_taken_away_is_recorded_with_its_last_archived_page(watched: Line, slug: str, how: str) -> None:
    found = of(watched, slug)
    last = found["timeline"][-1]
    assert (last["event"], last["how"]) == ("vanished", how)
    assert last["last_page"].split("#")[0].endswith(".warc.gz")
    assert bool(last["found_page"]) == (how == "redirect_home")
    assert len(last["checked_at"]) >= 2
    assert watched.get(f"/v1/articles/{found['article_id']}")["vanished_how"] == how


def test_edited_and_vanished_articles_can_be_asked_for(watched: Line) -> None:
    known = ids(watched)
    edited = {item["id"]: item for item in watched.all_articles(edited="true")}
    gone = {item["id"] for item in watched.all_articles(vanished="true")}
    assert {known[SOFTENED], known[CORRECTED]} <= edited.keys()
    assert gone == {known[GONE], known[AWAY]}
    assert "title_softened" in edited[known[SOFTENED]]["edit_kinds"]
    assert all(item["edit_kinds"] for item in edited.values())


def test_no_service_logged_an_error(watched: Line) -> None:
    assert watched.log_errors() == []
