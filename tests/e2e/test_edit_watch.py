"""What outlets change and take away is seen while everything runs: a softened headline, a lost paragraph, a ralat,
an article that is gone and one that leads to the front page, each with what was there before.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.changes import AWAY, CORRECTED, GONE, SOFTENED, ids, revisions
from tests.e2e.line import Line

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


def of(run: Line, slug: str) -> dict[str, Any]:
    return revisions(run, ids(run)[slug])


def difference(run: Line, slug: str, kind: str) -> dict[str, Any]:
    """The difference that the revision of this kind made."""
    revision = next(one for one in of(run, slug)["items"] if kind in one["kinds"])
    span = f"{revision['previous']}..{revision['revision']}"
    found: dict[str, Any] = run.get(f"/v1/articles/{ids(run)[slug]}/revisions/{span}")
    return found


def test_a_softened_headline_and_a_lost_paragraph_are_recorded_with_what_was_there(settled_line: Line) -> None:
    found = difference(settled_line, SOFTENED, "title_softened")
    assert found["title"]["before"].startswith("Lift Rusunawa Mati Tiga Pekan")
    assert found["title"]["after"].endswith("Dinas Siapkan Perbaikan")
    assert "mati" in found["title"]["evidence_before"]
    assert "paragraph_removed" in found["kinds"]
    (removed,) = [one for one in found["paragraphs"] if one["op"] == "removed"]
    assert removed["before"].startswith("Paguyuban menilai dinas itu lalai")


def test_a_ralat_is_recorded_with_its_sentence_and_the_number_that_changed(settled_line: Line) -> None:
    found = difference(settled_line, CORRECTED, "correction_note")
    assert any(note.startswith("Ralat:") for note in found["notes"])
    assert "17" in found["numbers"]["added"]


@pytest.mark.parametrize(("slug", "how"), [(GONE, "gone_410"), (AWAY, "redirect_home")])
def test_a_page_that_was_taken_away_is_recorded_with_its_last_archived_page(
    settled_line: Line, slug: str, how: str
) -> None:
    found = of(settled_line, slug)
    last = found["timeline"][-1]
    assert (last["event"], last["how"]) == ("vanished", how)
    assert last["last_page"].split("#")[0].endswith(".warc.gz")
    assert bool(last["found_page"]) == (how == "redirect_home")
    assert len(last["checked_at"]) >= 2
    assert settled_line.get(f"/v1/articles/{found['article_id']}")["vanished_how"] == how


def test_edited_and_vanished_articles_can_be_asked_for(settled_line: Line) -> None:
    known = ids(settled_line)
    edited = {item["id"]: item for item in settled_line.all_articles(edited="true")}
    gone = {item["id"] for item in settled_line.all_articles(vanished="true")}
    assert {known[SOFTENED], known[CORRECTED]} <= edited.keys()
    assert gone == {known[GONE], known[AWAY]}
    assert "title_softened" in edited[known[SOFTENED]]["edit_kinds"]
    assert all(item["edit_kinds"] for item in edited.values())
