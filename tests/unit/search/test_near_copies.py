"""What a person corrects in one article its near-copies inherit, and lose again."""

import pytest
from contract.learnt import ArticleCorrected
from contract.messages import ArticleRouted
from runtime.retry import BusyError
from search.domain.annotation import Annotation
from search.domain.learning import Kept

from tests.builders.learnt import corrected, grouped, withdrawal
from tests.builders.routed import assignment, routed
from tests.fakes.correction_line import CorrectionLine

MONTH = "2026.11"
HOSPITAL = ("rsud-soetomo", "unit")


def copy_number(number: int, **changes: object) -> ArticleRouted:
    fields = {"assignments": [assignment(*HOSPITAL)], **changes}
    return routed(f"https://media-{number}.contoh/berita", **fields)  # type: ignore[arg-type]  # fields of the builder


FIRST, SECOND, THIRD = (copy_number(number) for number in (1, 2, 3))


def line_with(*messages: ArticleRouted) -> CorrectionLine:
    line = CorrectionLine()
    line.route(*messages)
    return line


def join(line: CorrectionLine, *messages: ArticleRouted, group: str = "salinan-1", sequence: int = 1) -> None:
    for one in messages:
        line.learn(grouped(sequence, of=one, copy_group=group))
    line.settle()


def tell(line: CorrectionLine, event: ArticleCorrected) -> None:
    line.waiting.append(event)
    line.settle()


def tone(line: CorrectionLine, message: ArticleRouted) -> str:
    found = line.document(message.article.article_id, MONTH)
    assert found is not None
    return str(found["tone"])


def tones(line: CorrectionLine) -> list[str]:
    return [tone(line, one) for one in (FIRST, SECOND, THIRD)]


def test_the_other_copies_inherit_and_say_from_whom() -> None:
    line = line_with(FIRST, SECOND, THIRD)
    join(line, FIRST, SECOND)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    assert tones(line) == ["negative", "negative", "neutral"]
    (event,) = line.sent
    assert (event.origin, event.copied_from, event.copy_group) == ("copy", FIRST.article.article_id, "salinan-1")
    assert event.by == "Siti Rahmawati"


def test_a_copy_that_joins_later_inherits() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    join(line, SECOND)
    assert tone(line, SECOND) == "negative"


def test_an_article_that_is_corrected_before_its_group_is_known_hands_on_when_it_joins() -> None:
    line = line_with(FIRST, SECOND)
    join(line, SECOND)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    join(line, FIRST)
    assert tone(line, SECOND) == "negative"


def test_sentiment_and_mentions_are_inherited_and_roll_up_there() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, corrected("sentiment", "neutral", "negative", *HOSPITAL, of=FIRST))
    tell(line, corrected("mention", "removed", "added", "dindik", "opd", of=FIRST, number=2, sentiment="positive"))
    found = line.document(SECOND.article.article_id, MONTH)
    assert found is not None
    told = {(row["id"], row["sentiment"]) for row in found["mentions"] if row["kind"] in ("opd", "unit")}
    assert told == {("rsud-soetomo", "negative"), ("dinkes", "negative"), ("dindik", "positive")}


@pytest.mark.parametrize(
    "event",
    [
        corrected("severity", 2, 5, of=FIRST),
        corrected("category", ("kesehatan",), ("ekonomi",), of=FIRST),
        corrected("origin", "earned", "pickup", of=FIRST),
        corrected("assignment", "added", "removed", *HOSPITAL, of=FIRST),
    ],
)
def test_what_is_an_articles_own_is_not_inherited(event: ArticleCorrected) -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, event)
    assert line.sent == []


def test_a_copy_that_the_machine_read_otherwise_does_not_inherit() -> None:
    other = copy_number(2, tone="positive")
    line = line_with(FIRST, other)
    join(line, FIRST, other)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    assert tone(line, other) == "positive"


def test_a_persons_own_correction_is_never_overridden() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, corrected("tone", "neutral", "positive", of=SECOND, number=1))
    tell(line, corrected("tone", "neutral", "negative", of=FIRST, number=2))
    assert tone(line, SECOND) == "positive"
    assert tone(line, FIRST) == "negative"


def test_a_person_corrects_what_a_copy_inherited() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    tell(line, corrected("tone", "negative", "positive", of=SECOND, number=2))
    assert tone(line, SECOND) == "positive"
    tell(line, withdrawal(corrected("tone", "negative", "positive", of=SECOND, number=2)))
    assert tone(line, SECOND) == "negative"


def test_a_withdrawal_withdraws_what_was_inherited() -> None:
    line = line_with(FIRST, SECOND, THIRD)
    join(line, FIRST, SECOND, THIRD)
    event = corrected("tone", "neutral", "negative", of=FIRST)
    tell(line, event)
    assert tones(line) == ["negative"] * 3
    tell(line, withdrawal(event))
    assert tones(line) == ["neutral"] * 3


def test_a_withdrawal_that_overtakes_what_it_withdraws_is_kept() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    event = corrected("tone", "neutral", "negative", of=FIRST)
    line.held = True
    line.learn(event)
    line.learn(withdrawal(event))
    inherited, withdrawn = line.waiting
    line.learn(withdrawn)
    line.learn(inherited)
    assert tone(line, SECOND) == "neutral"


def test_a_copy_that_leaves_its_group_loses_what_it_inherited() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    join(line, SECOND, group="salinan-2", sequence=2)
    assert tone(line, SECOND) == "neutral"


def test_what_was_inherited_survives_a_newer_generation() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    tell(line, corrected("tone", "neutral", "negative", of=FIRST))
    line.route(copy_number(2, generation=4, tone="positive"))
    assert tone(line, SECOND) == "negative"


def test_what_was_sent_before_a_crash_is_not_sent_again_once_it_arrived() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    event = corrected("tone", "neutral", "negative", of=FIRST)
    tell(line, event)
    tell(line, event)
    assert len(line.sent) == 1


def test_a_replay_sends_what_a_crash_kept_from_being_sent() -> None:
    line = line_with(FIRST, SECOND)
    join(line, FIRST, SECOND)
    line.away = True
    event = corrected("tone", "neutral", "negative", of=FIRST)
    with pytest.raises(BusyError):
        line.learn(event)
    line.away = False
    tell(line, event)
    assert tone(line, SECOND) == "negative"


def test_corrections_of_two_articles_that_carry_the_same_id_are_two() -> None:
    line = line_with(FIRST, SECOND, THIRD)
    join(line, FIRST, SECOND, THIRD)
    first = corrected("tone", "neutral", "negative", of=FIRST)
    tell(line, first)
    tell(line, corrected("tone", "neutral", "positive", of=SECOND))
    tell(line, withdrawal(first))
    assert tones(line) == ["positive", "positive", "positive"]


def test_an_annotation_that_another_wrote_meanwhile_is_not_overwritten() -> None:
    line = line_with(FIRST)
    shelf = line.shelf
    other = corrected("tone", "neutral", "positive", of=FIRST, number=2, by="Agus")

    def another_comes_first() -> None:
        shelf.before_write = lambda: None
        CorrectionLine.learn(line, other)

    shelf.before_write = another_comes_first
    with pytest.raises(BusyError):
        line.learn(corrected("tone", "neutral", "negative", of=FIRST))
    line.learn(corrected("tone", "neutral", "negative", of=FIRST))
    found = line.annotation(FIRST.article.article_id)
    assert found is not None
    assert [str(one.outcome) for one in found.corrections] == ["applied", "conflict"]
    assert tone(line, FIRST) == "positive"


def test_an_article_written_beside_a_new_annotation_is_settled_again() -> None:
    line = line_with(FIRST)
    shelf, writes = line.shelf, line.shelf.take

    def take_late(found: list) -> list:
        """Write the article after another process, which did not see it, kept an annotation of it."""
        answers = writes(found)
        if FIRST.article.article_id not in shelf.kept:
            shelf.write([Kept(Annotation(FIRST.article.article_id, MONTH, grouped=grouped(of=FIRST)), None)])
        return answers

    line.shelf.take = take_late  # type: ignore[method-assign]  # the substitute acts between two steps
    with pytest.raises(BusyError, match="changed while"):
        line.route(copy_number(1, generation=1))
    line.route(copy_number(1, generation=1))
    found = line.document(FIRST.article.article_id, MONTH)
    assert found is not None
    assert found["story_id"] == "cerita-1"


def test_a_batch_of_articles_costs_one_read_of_annotations_and_one_look_afterwards() -> None:
    line = CorrectionLine()
    line.route(*(copy_number(number) for number in range(200)))
    assert [one for one in line.shelf.requests if one != "revisions"] == ["read", "guards"]
