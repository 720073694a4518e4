"""A roll-up is judged as the router judges it: both rules, put to the same tables."""

import dataclasses
from typing import Any

import pytest
from contract.gazetteer import load_gazetteer
from contract.messages import EntityKind, Mention, Sentiment
from hypothesis import given
from hypothesis import strategies as st
from router.domain.assigning import assign
from router.domain.mentioned import sort_mentions
from router.domain.rules import SentimentRules
from router.domain.verdict import judge
from search.domain.document import mention as row_of
from search.domain.rows import Held, Read, corrected_rows, key_of
from search.domain.votes import MIN_POLAR_SCORE, POSITIVE_OUTWEIGHS, TITLE_WEIGHT, deciding, persons_vote

from tests.builders.articles import a_mention
from tests.builders.learnt import corrected

GAZETTEER = load_gazetteer()
RULES = SentimentRules()

Cell = tuple[str, float, str] | tuple[str, float, str, bool]
TABLE: list[list[Cell]] = [
    [("negative", 0.9, "text", True)],
    [("negative", 0.9, "text", True), ("neutral", 0.95, "title")],
    [("negative", 0.9, "text", True), ("positive", 0.6, "text")],
    [("positive", 0.3, "text", True), ("negative", 0.2, "text"), ("neutral", 0.5, "text")],
    [("neutral", 0.9, "text")],
    [("neutral", 0.9, "text"), ("negative", 0.6, "text")],
    [("negative", 0.6, "text"), ("positive", 0.9, "text")],
    [("negative", 0.5, "text"), ("positive", 0.9, "title")],
    [("negative", 0.49, "text"), ("positive", 0.6, "text")],
    [("negative", 0.3, "text"), ("neutral", 0.2, "text")],
    [("positive", 0.3, "title"), ("neutral", 0.5, "text")],
    [("negative", 0.7, "title"), ("positive", 0.7, "text"), ("positive", 0.7, "text")],
    [("negative", 0.5, "text"), ("positive", 1.0, "text")],
]


def mentions(cells: list[Cell], body: str = "rsud-soetomo") -> list[Mention]:
    return [
        a_mention(
            body,
            sentiment=Sentiment(label),
            score=score,
            field=field,
            start=place * 20,
            evidence=f"k{place}",
            uncertain=unsure[0],
        )
        for place, (label, score, field, *unsure) in enumerate((*cell, *([False] * (4 - len(cell)))) for cell in cells)
    ]


def dumped(found: list[Mention]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json", exclude_none=True) for one in found]


def test_the_numbers_are_the_routers() -> None:
    assert dataclasses.astuple(RULES)[:3] == (MIN_POLAR_SCORE, POSITIVE_OUTWEIGHS, TITLE_WEIGHT)


@pytest.mark.parametrize("cells", TABLE)
def test_both_rules_say_the_same_of_the_table(cells: list[Cell]) -> None:
    found = mentions(cells)
    verdict, vote = judge(found, RULES), deciding(dumped(found))
    assert (verdict.sentiment, verdict.score, verdict.evidence) == (vote["sentiment"], vote["score"], vote["evidence"])


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["positive", "neutral", "negative"]),
        st.floats(0, 1),
        st.sampled_from(["title", "text"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(CELLS)
def test_both_rules_say_the_same_of_anything(cells: list[Cell]) -> None:
    found = mentions(cells)
    verdict, vote = judge(found, RULES), deciding(dumped(found))
    assert (verdict.sentiment, verdict.score, verdict.evidence) == (vote["sentiment"], vote["score"], vote["evidence"])


def test_what_a_person_says_is_one_vote_that_the_title_doubles() -> None:
    row = {"id": "rsud-soetomo", "sentiment": "negative"}
    assert persons_vote(row, [])["field"] == "text"
    assert persons_vote(row, [{"field": "title"}, {"field": "text"}])["field"] == "title"


UNITS = st.lists(st.sampled_from([unit.id for unit in GAZETTEER.provincial_units]), max_size=4, unique=True)
REGIONS = st.lists(st.sampled_from([region.id for region in GAZETTEER.regions]), max_size=3, unique=True)
AGENCIES = st.lists(st.sampled_from(sorted(GAZETTEER.opd_by_id)), max_size=3, unique=True)


GROUPS = st.lists(st.sampled_from(sorted(GAZETTEER.group_by_id)), max_size=2, unique=True)


@given(UNITS, REGIONS, AGENCIES, CELLS, GROUPS)
def test_rows_made_again_are_the_routers_rows(
    units: list[str], regions: list[str], agencies: list[str], cells: list[Cell], groups: list[str]
) -> None:
    """A correction that touches no roll-up leaves all of them; roll-ups that are made anew are the same ones."""
    bodies = [
        *((one, "unit") for one in units),
        *((one, "region") for one in regions),
        *((one, "opd") for one in agencies),
    ]
    spoken = [
        found.model_copy(update={"kind": EntityKind(kind)}) for body, kind in bodies for found in mentions(cells, body)
    ]
    made = assign(
        sort_mentions(spoken, GAZETTEER), own_of=None, gazetteer=GAZETTEER, rules=RULES, groups=sorted(groups)
    )
    rows = [row_of(one) for one in made]
    held = Held({}, {("opd", "tidak-ada"): corrected("assignment", "added", "removed", "setda", "opd")}, {})
    others = [{"entity_id": one, "name": one} for one in groups]
    assert corrected_rows(Read(rows, dumped(spoken), others), held, GAZETTEER) == rows
    bare = [row for row in rows if not row["derived"]]
    again = {key_of(row): row for row in corrected_rows(Read(bare, dumped(spoken), others), held, GAZETTEER)}
    fields = ("sentiment", "score", "evidence", "rule", "reason", "via", "derived", "uncertain", "cues")
    for row in rows:
        assert {name: again[key_of(row)][name] for name in fields} == {name: row[name] for name in fields}
    assert set(again) == {key_of(row) for row in rows}
