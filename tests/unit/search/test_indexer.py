"""The indexer's loop with a store, a reader and a clock that do what the test says."""

import pytest
from contract.codec import decode
from contract.messages import LetterDied
from runtime.retry import TooManyDeadLettersError
from search.batch_loop import EndRequestedError
from search.domain.document import Target
from search.domain.verdicts import Answer

from tests.builders.routed import many_routed
from tests.fakes.indexer_bench import Bench, Post, Shelf, batch_of


def test_a_batch_is_committed_after_articles_and_dispositions_are_acknowledged() -> None:
    bench = Bench(Shelf())
    bench.indexer.handle(batch_of(many_routed(3)))
    assert [{write.target for write in call} for call in bench.shelf.calls] == [
        {Target.ARTICLES, Target.REVISIONS},
        {Target.DISPOSITIONS},
    ]
    assert bench.line.committed == [0, 1, 2]
    assert bench.outcomes() == [("indexed", "")] * 3


def test_a_refused_document_goes_to_the_dead_letter_and_the_rest_is_kept() -> None:
    bad = many_routed(3)[1].article.article_id
    bench = Bench(Shelf(lambda write, _call: Answer(400, "strict") if write.id == bad else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(3)))
    ((topic, _, data),) = bench.post.sent
    letter = decode(data, LetterDied)
    assert topic == "articles.routed.dead.search"
    assert (letter.stage, letter.offset, letter.service) == ("index", 1, "search")
    assert sorted(bench.outcomes()) == [("dead", "refused_by_elasticsearch"), ("indexed", ""), ("indexed", "")]
    assert bench.line.committed == [0, 1, 2]


def test_while_the_store_is_away_nothing_is_committed_and_the_reader_stays_in_its_group() -> None:
    bench = Bench(Shelf(lambda _write, call: None if call < 4 else Answer(201)))
    committed_while_waiting: list[int] = []
    original = bench.line.stay

    def stay(timeout_s: float) -> None:
        committed_while_waiting.extend(bench.line.committed)
        original(timeout_s)

    bench.line.stay = stay  # type: ignore[method-assign]  # the substitute looks on
    bench.indexer.handle(batch_of(many_routed(2)))
    assert committed_while_waiting == []
    assert len(bench.line.stays) >= 3
    assert bench.line.committed == [0, 1]


def test_only_what_the_store_had_no_room_for_is_written_again() -> None:
    busy = many_routed(3)[2].article.article_id
    bench = Bench(Shelf(lambda write, call: Answer(429) if write.id == busy and call < 3 else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(3)))
    assert [len(call) for call in bench.shelf.calls] == [6, 1, 1, 3]
    assert bench.post.sent == []


def test_waits_grow_and_are_cut() -> None:
    bench = Bench(Shelf(lambda _write, call: None if call < 12 else Answer(201)))
    bench.indexer.handle(batch_of(many_routed(1)))
    assert sum(bench.line.stays) < 11 * 30
    assert sum(bench.line.stays) > 60


def test_when_the_end_is_asked_for_while_waiting_nothing_is_committed() -> None:
    bench = Bench(Shelf(lambda _write, _call: None))
    bench.shutdown.request()
    with pytest.raises(EndRequestedError):
        bench.indexer.handle(batch_of(many_routed(2)))
    assert bench.line.committed == []


def test_the_loop_ends_when_asked() -> None:
    bench = Bench(Shelf())
    bench.line.batches = [batch_of(many_routed(2))]
    bench.line.at_end = bench.shutdown.request
    bench.indexer.run()
    assert bench.line.committed == [0, 1]


def test_dead_letters_wait_for_the_broker_before_the_commit() -> None:
    bench = Bench(Shelf(), Post(fails=2))
    bench.indexer.handle(batch_of([b"{", *many_routed(1)]))
    assert len(bench.post.sent) == 1
    assert bench.line.committed == [0, 1]


def test_too_many_failures_in_a_row_stop_the_service_before_any_letter_is_sent() -> None:
    bench = Bench(Shelf(), limit=3)
    with pytest.raises(TooManyDeadLettersError):
        bench.indexer.handle(batch_of([b"{"] * 3))
    assert bench.post.sent == []
    assert bench.line.committed == []


def test_failures_between_successes_do_not_stop_the_service() -> None:
    bench = Bench(Shelf(), limit=3)
    good = many_routed(3)
    bench.indexer.handle(batch_of([b"{", b"{", good[0], b"{", b"{", good[1], b"{", good[2]]))
    assert len(bench.post.sent) == 5


def test_the_same_batch_twice_writes_the_same_documents() -> None:
    bench = Bench(Shelf())
    for _ in range(2):
        bench.indexer.handle(batch_of(many_routed(2)))
    first, again = bench.shelf.calls[0], bench.shelf.calls[2]
    assert [(one.id, one.version, one.source) for one in first] == [(one.id, one.version, one.source) for one in again]
    ids = [write.id for write in bench.shelf.written(Target.DISPOSITIONS)]
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_waiting_for_the_store_is_not_taken_for_a_standstill() -> None:
    bench = Bench(Shelf(lambda _write, call: None if call < 30 else Answer(201)))
    bench.progress.note("articles.routed", 0, committed=0, lag=9, now_s=0.0)
    problems: list[str | None] = []
    original = bench.line.stay

    def stay(timeout_s: float) -> None:
        original(timeout_s)
        problems.append(bench.progress.problem(bench.clock.monotonic_s()))

    bench.line.stay = stay  # type: ignore[method-assign]  # the substitute looks on
    bench.indexer.handle(batch_of(many_routed(1)))
    assert bench.clock.monotonic_s() > 60
    assert set(problems) == {None}
