"""What was learnt of an article is laid over it, comes off again, and holds whatever is read in it next."""

import json
from typing import Any

import pytest
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleRouted
from contract.outcomes import CorrectionOutcome
from search.domain.annotation import Annotation, annotation_json, annotation_of
from search.domain.document import article_document
from search.domain.learning import correction_write
from search.domain.overlay import Learnt, apply, machine_of, merge
from search.domain.template import ANNOTATION_PROPERTIES, ARTICLE_PROPERTIES, CORRECTION_PROPERTIES

from tests.builders.learnt import corrected, grouped, vanished, withdrawal
from tests.builders.routed import NOON, assignment, routed

GAZETTEER = load_gazetteer()
HOSPITAL = ("rsud-soetomo", "unit")
ABOVE = ("dinkes", "opd")
Json = dict[str, Any]


def message(**changes: Any) -> ArticleRouted:
    assignments = [
        assignment(*ABOVE, derived=True, via=("rsud-soetomo",), rule="unit_of"),
        assignment(*HOSPITAL),
        assignment("kota-surabaya", "region", derived=True, via=("rsud-soetomo",), rule="located_in"),
        assignment("bakorwil-malang", "bakorwil", derived=True, via=("rsud-soetomo",), rule="region_of"),
    ]
    return routed(**{"assignments": assignments, **changes})


def document(**changes: Any) -> Json:
    return json.loads(json.dumps(article_document(message(**changes), NOON)))


def learnt(*events: Learnt, of: Json | None = None) -> Annotation:
    found = of or document()
    annotation = Annotation(found["article_id"], found["month"])
    for event in events:
        annotation = apply(annotation, event, found, GAZETTEER)
    return annotation


def shown(*events: Learnt, of: Json | None = None) -> Json:
    found = of or document()
    return merge(found, learnt(*events, of=found), GAZETTEER)


def row(found: Json, body: str, kind: str) -> Json | None:
    return next((one for one in found["mentions"] if (one["id"], one["kind"]) == (body, kind)), None)


def outcomes(annotation: Annotation) -> list[str]:
    return [str(one.outcome) for one in annotation.corrections]


def test_without_anything_learnt_a_document_stays_as_it_was_routed() -> None:
    assert merge(document(), None, GAZETTEER) == document()
    assert merge(document(), learnt(), GAZETTEER) == document()


def test_a_corrected_tone_is_shown_and_the_machines_is_kept_beside_it() -> None:
    found = shown(corrected("tone", "neutral", "negative"))
    assert (found["tone"], found["machine"]["tone"]) == ("negative", "neutral")
    assert (found["corrected"], found["corrected_fields"]) == (True, ["tone"])


def test_what_is_laid_over_comes_off_again() -> None:
    events = (
        corrected("tone", "neutral", "negative"),
        corrected("mention", "removed", "added", "dindik", "opd", number=2),
        grouped(story_outlets=7, copy_group="salinan-1", origin="pickup"),
        vanished(),
    )
    found = shown(*events)
    assert machine_of(json.loads(json.dumps(found))) == document()
    assert merge(found, learnt(*events), GAZETTEER) == found


def test_every_field_laid_over_is_in_the_templates() -> None:
    event = corrected("mention", "removed", "added", "dindik", "opd", sentiment="negative", note="Lihat isi.")
    copied = grouped(copy_group="salinan-1", copy_of="a" * 32, first=False, release_of="b" * 32, story_outlets=3)
    annotation = learnt(event, copied, vanished())
    found = merge(document(), annotation, GAZETTEER)
    assert set(found) <= set(ARTICLE_PROPERTIES)
    assert {key for one in found["mentions"] for key in one} <= set(ARTICLE_PROPERTIES["mentions"]["properties"])
    assert set(annotation_json(annotation)) <= set(ANNOTATION_PROPERTIES)
    assert set(correction_write(annotation.corrections[0]).source) <= set(CORRECTION_PROPERTIES)


def test_an_annotation_comes_back_from_its_index_as_it_went() -> None:
    events = (
        corrected("category", ("kesehatan",), ("ekonomi", "kesehatan")),
        corrected("severity", 2, 4, number=2),
        grouped(copy_group="salinan-1"),
        vanished(),
    )
    annotation = learnt(*events)
    assert annotation_of(json.loads(json.dumps(annotation_json(annotation)))) == annotation


@pytest.mark.parametrize(
    ("what", "expected", "after", "field", "value"),
    [
        ("tone", "neutral", "positive", "tone", "positive"),
        ("severity", 2, 5, "severity", 5),
        ("category", ("kesehatan",), ("ekonomi",), "category", ["ekonomi"]),
        ("origin", "earned", "pickup", "origin", "pickup"),
    ],
)
def test_each_field_of_an_article_can_be_corrected(what, expected, after, field, value) -> None:
    annotation = learnt(corrected(what, expected, after))
    found = merge(document(), annotation, GAZETTEER)
    assert found[field] == value
    (decided,) = annotation.corrections
    assert (decided.outcome, decided.before, decided.machine_before) == ("applied", expected, expected)


def test_a_newer_generation_does_not_lose_a_correction() -> None:
    annotation = learnt(
        corrected("tone", "neutral", "negative"), corrected("sentiment", "neutral", "negative", *HOSPITAL, number=2)
    )
    newer = document(generation=5, tone="positive")
    found = merge(newer, annotation, GAZETTEER)
    assert (found["tone"], found["machine"]["tone"], row(found, *HOSPITAL)["sentiment"]) == (
        "negative",
        "positive",
        "negative",
    )
    assert "stale" not in found


def test_a_correction_of_an_older_text_holds_and_is_marked() -> None:
    annotation = learnt(corrected("tone", "neutral", "negative"))
    found = merge(document(revision=2, text="Isi yang lain sama sekali."), annotation, GAZETTEER)
    assert (found["tone"], found["stale"]) == ("negative", True)


def test_the_sentiment_toward_a_unit_rolls_up_to_its_opd_and_its_area() -> None:
    found = shown(corrected("sentiment", "neutral", "negative", *HOSPITAL))
    assert {one["sentiment"] for one in found["mentions"]} == {"negative"}
    assert [one["id"] for one in found["mentions"] if one.get("corrected")] == ["rsud-soetomo"]


def test_a_roll_up_may_be_corrected_itself() -> None:
    found = shown(corrected("sentiment", "neutral", "positive", *ABOVE))
    assert (row(found, *ABOVE)["sentiment"], row(found, *HOSPITAL)["sentiment"]) == ("positive", "neutral")


def test_a_missed_unit_is_added_with_all_that_it_rolls_up_to() -> None:
    event = corrected(
        "mention", "removed", "added", "rsud-saiful-anwar", "unit", sentiment="negative", note="Ada di isi."
    )
    found = shown(event)
    assert row(found, "rsud-saiful-anwar", "unit")["reason"] == "Ditambahkan oleh Siti Rahmawati: Ada di isi."
    assert row(found, *ABOVE)["via"] == ["rsud-saiful-anwar", "rsud-soetomo"]
    assert row(found, *ABOVE)["sentiment"] == "negative"
    assert "kota-malang" in found["region"]
    assert found["unit"] == ["rsud-saiful-anwar", "rsud-soetomo"]


def test_a_wrong_mention_takes_its_roll_ups_with_it() -> None:
    found = shown(corrected("mention", "added", "removed", *HOSPITAL))
    assert found["mentions"] == []
    assert (found["opd"], found["unit"], found["region"], found["bakorwil"]) == ([], [], [], [])
    assert len(found["machine"]["mentions"]) == 4


def test_an_assignment_removed_leaves_what_it_rolls_up_to() -> None:
    found = shown(corrected("assignment", "added", "removed", *HOSPITAL))
    assert (found["unit"], found["opd"]) == ([], ["dinkes"])


def test_a_roll_up_that_is_not_wanted_is_taken_off_as_an_assignment() -> None:
    found = shown(corrected("assignment", "added", "removed", "bakorwil-malang", "bakorwil"))
    assert (found["bakorwil"], found["region"]) == ([], ["kota-surabaya"])


def test_a_bakorwil_that_is_added_is_found_as_an_opd_and_as_an_area() -> None:
    found = shown(corrected("mention", "removed", "added", "bakorwil-jember", "opd"))
    assert "bakorwil-jember" in found["opd"]
    assert "bakorwil-jember" in found["bakorwil"]


def test_the_words_that_a_person_marked_are_the_evidence() -> None:
    span = {"field": "text", "start": 0, "end": 26}
    found = shown(corrected("mention", "removed", "added", "dindik", "opd", span=span))
    assert row(found, "dindik", "opd")["evidence"] == document()["text"][:26]


def test_of_two_who_click_at_once_one_wins_and_both_are_kept() -> None:
    first, second = (
        corrected("tone", "neutral", "negative"),
        corrected("tone", "neutral", "positive", number=2, by="Agus"),
    )
    annotation = learnt(first, second)
    assert outcomes(annotation) == ["applied", "conflict"]
    lost = annotation.corrections[1]
    assert (lost.before, lost.set_by) == ("negative", "Siti Rahmawati")
    assert merge(document(), annotation, GAZETTEER)["tone"] == "negative"


def test_two_who_say_the_same_do_not_conflict() -> None:
    assert (
        outcomes(learnt(corrected("tone", "neutral", "negative"), corrected("tone", "neutral", "negative", number=2)))
        == ["applied"] * 2
    )


def test_who_saw_the_correction_may_correct_it() -> None:
    annotation = learnt(corrected("tone", "neutral", "negative"), corrected("tone", "negative", "positive", number=2))
    assert outcomes(annotation) == ["applied", "applied"]
    assert merge(document(), annotation, GAZETTEER)["tone"] == "positive"


def test_a_person_never_conflicts_with_a_machine() -> None:
    annotation = learnt(corrected("tone", "positive", "negative"))
    assert outcomes(annotation) == ["applied"]
    assert annotation.corrections[0].before == "neutral"


def test_the_same_event_again_changes_nothing() -> None:
    events = (corrected("tone", "neutral", "negative"), grouped(3), vanished(minute=4))
    annotation = learnt(*events)
    assert learnt(*events, *events, grouped(2, story_outlets=9), vanished("restored", minute=3)) == annotation


def test_a_withdrawal_brings_back_what_stood_before() -> None:
    first, second = corrected("tone", "neutral", "negative"), corrected("tone", "negative", "positive", number=2)
    assert shown(first, second, withdrawal(second))["tone"] == "negative"
    assert shown(first, second, withdrawal(first))["tone"] == "positive"
    undone = shown(first, withdrawal(first))
    assert undone == document()


def test_a_second_withdrawal_of_the_same_conflicts() -> None:
    first = corrected("tone", "neutral", "negative")
    annotation = learnt(first, withdrawal(first), withdrawal(first, number=51, by="Agus"))
    assert outcomes(annotation) == ["applied", "applied", "conflict"]


def test_a_correction_of_an_article_that_is_not_known_yet_holds_when_it_comes() -> None:
    found = document()
    annotation = apply(
        Annotation(found["article_id"], found["month"]), corrected("tone", "neutral", "negative"), None, GAZETTEER
    )
    assert outcomes(annotation) == [CorrectionOutcome.UNKNOWN_ARTICLE]
    assert merge(found, annotation, GAZETTEER)["tone"] == "negative"


@pytest.mark.parametrize(("severity", "outlets", "raised"), [(2, 2, 2), (2, 3, 3), (2, 6, 4), (4, 6, 5), (5, 9, 5)])
def test_a_story_that_many_outlets_tell_is_graver(severity: int, outlets: int, raised: int) -> None:
    found = shown(grouped(story_outlets=outlets), of=document(severity=severity))
    assert found["severity"] == raised
    assert (f"karena ditulis {outlets} media." in found["severity_reason"]) == (raised > severity)
    assert found.get("machine", {}).get("severity") == (severity if raised > severity else None)


def test_a_persons_severity_is_not_raised() -> None:
    found = shown(grouped(story_outlets=7), corrected("severity", 4, 1))
    assert (found["severity"], found["machine"]["severity"]) == (1, 2)
    assert found["severity_reason"] == "Ditetapkan oleh Siti Rahmawati."


def test_a_page_that_came_back_is_not_vanished() -> None:
    assert shown(vanished())["vanished_how"] == "gone_410"
    assert "vanished_how" not in shown(vanished(), vanished("restored", minute=2))


def test_what_a_person_read_is_no_longer_to_be_read() -> None:
    unread = document() | {"needs_reading": True, "needs_reading_reason": "Ragu."}
    found = shown(corrected("tone", "neutral", "neutral"), of=unread)
    assert found["needs_reading"] is False
    assert machine_of(found) == unread
    unsure = json.loads(json.dumps(unread))
    for one in unsure["mentions"]:
        one["uncertain"] = one["id"] == "rsud-soetomo"
    assert shown(corrected("sentiment", "neutral", "negative", *HOSPITAL), of=unsure)["needs_reading"] is False
    assert shown(corrected("sentiment", "neutral", "negative", *ABOVE), of=unsure)["needs_reading"] is True
