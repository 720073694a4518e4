"""What is written fits the strict mappings, and comes back as it went."""

from contract.ids import article_id
from contract.names import Names
from search.stories.domain.decisions import Decision, Verb
from search.stories.domain.documents import (
    DECISION_PROPERTIES,
    SIGNATURE_PROPERTIES,
    STORY_PROPERTIES,
    decision_document,
    decision_from,
    member_document,
    member_from,
    templates,
)

from tests.builders.routed import NOON
from tests.fakes.story_bench import Bench, piece


def test_every_field_that_is_written_stands_in_the_mapping() -> None:
    bench = Bench()
    bench.take(piece("a", own_of="bpbd"), piece("b", outlet="warta", hours=1))
    for source, _ in bench.shelf.documents.values():
        assert source.keys() <= SIGNATURE_PROPERTIES.keys()
    for story in bench.shelf.stories.values():
        assert {*story, "touched"} <= STORY_PROPERTIES.keys()
    assert {*decision_document(decision()), "applied_at"} == DECISION_PROPERTIES.keys()


def decision() -> Decision:
    sides = (frozenset({article_id("a")}), frozenset({article_id("b")}))
    return Decision("k1", Verb.SPLIT, NOON, "Rini", "bukan itu", sides, ("cerita-1",))


def test_members_and_decisions_come_back_as_they_went() -> None:
    bench = Bench()
    bench.take(piece("a"), piece("b", outlet="warta", hours=1))
    for source, _ in bench.shelf.documents.values():
        assert member_document(member_from(source)) == source
    assert decision_from(decision_document(decision())) == decision()


def test_templates_carry_the_namespace() -> None:
    made = templates(Names("uji1-"), replicas=0, refresh_s=1.0)
    assert {one["index_patterns"][0] for one in made.values()} == {
        "uji1-signatures",
        "uji1-stories",
        "uji1-story-decisions",
    }
