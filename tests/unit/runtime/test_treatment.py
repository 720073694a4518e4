"""What becomes of each message of a batch, whatever its handler, the broker or its bytes do."""

import asyncio
import base64
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from contract.codec import decode, encode
from contract.messages import AlertRaised, ArticleClassified, ArticleCollected, ArticleDisposed, LetterDied
from contract.names import Names
from contract.outcomes import Outcome, Service
from contract.topics import ARTICLES_CLASSIFIED, ARTICLES_COLLECTED
from runtime.handling import Emit, Handled
from runtime.parking import NOT_BEFORE_HEADER, ROUND_HEADER, Parking
from runtime.retry import BusyError, FailureStreak, InvalidError, RetryPolicy, TooManyDeadLettersError
from runtime.treatment import Incoming, StoppingError, Treatment, UndeliverableError, salvage_article

from tests.builders.articles import a_reading, collected
from tests.fakes.streams import RememberingSender, SameThread, ToldClock

NAMES = Names("uji-")
OUT, DISPOSED = "uji-articles.classified", "uji-articles.disposed"
DEAD, RETRY = "uji-articles.collected.dead.classifier", "uji-articles.collected.retry.classifier"


class Bench:
    """A treatment with substitutes around it. `faults` says by title which error each try raises."""

    def __init__(self, *, streak: int = 100, stopping: bool = False, rounds: int = 3) -> None:
        self.clock, self.sender, self.pauses = ToldClock(), RememberingSender(), []
        self.faults: dict[str, list[Exception]] = {}
        self.calls: Counter[str] = Counter()
        self.batches: list[int] = []
        self.emits: dict[str, tuple[Emit, ...]] = {}
        self.raises = False

        async def pause(seconds: float) -> bool:
            self.pauses.append(seconds)
            return stopping

        self.treatment = Treatment(
            service=Service.CLASSIFIER,
            card=ARTICLES_COLLECTED,
            handler=self.handle,
            sender=self.sender,
            names=NAMES,
            clock=self.clock,
            executor=SameThread(),
            pause=pause,
            policy=RetryPolicy(attempts=3, wait_s=1),
            parking=Parking(rounds=rounds, wait_s=5, max_wait_s=60),
            streak=FailureStreak(streak),
        )

    def handle(self, messages: Sequence[ArticleCollected], now: datetime) -> list[Handled | Exception]:
        self.batches.append(len(messages))
        return [self.handle_one(message, now) for message in messages]

    def handle_one(self, message: ArticleCollected, now: datetime) -> Handled | Exception:
        article = message.article
        self.calls[article.title] += 1
        if self.faults.get(article.title):
            error = self.faults[article.title].pop(0)
            if self.raises:
                raise error
            return error
        classified = ArticleClassified(article=article, reading=a_reading(), classified_at=now)
        default = (Emit(ARTICLES_CLASSIFIED.topic, article.article_id, classified),)
        return Handled(article, self.emits.get(article.title, default))

    def treat(self, *incoming: Incoming) -> None:
        asyncio.run(self.treatment.treat(incoming))

    def passed(self) -> list[str]:
        return [decode(one.value, ArticleClassified).article.title for one in self.sender.to(OUT)]

    def outcomes(self) -> list[tuple[Outcome, str]]:
        said = [decode(one.value, ArticleDisposed) for one in self.sender.to(DISPOSED)]
        return [(one.outcome, one.reason) for one in said]

    def letters(self) -> list[LetterDied]:
        return [decode(one.value, LetterDied) for one in self.sender.to(DEAD)]


def incoming(title: str, number: int = 1, **headers: bytes) -> Incoming:
    value = encode(collected(number, title=title))
    return Incoming("uji-articles.collected", 2, number, b"k", value, headers)


def test_a_result_is_sent_before_its_outcome():
    bench = Bench()
    bench.treat(incoming("a"))
    assert [one.topic for one in bench.sender.sent] == [OUT, DISPOSED]
    assert bench.outcomes() == [(Outcome.PASSED, "")]
    assert bench.sender.sent[0].key == collected(1, title="a").article.article_id.encode()


def test_a_batch_goes_to_the_handler_at_once_and_out_in_order():
    bench = Bench()
    bench.treat(*(incoming(f"n{number}", number) for number in range(5)))
    assert bench.batches == [5]
    assert bench.passed() == [f"n{number}" for number in range(5)]


@pytest.mark.parametrize("raises", [True, False])
def test_a_fault_is_tried_again_in_place_and_only_for_the_message_that_has_it(raises):
    bench = Bench()
    bench.raises = raises
    bench.faults["b"] = [RuntimeError("once"), RuntimeError("twice")] if not raises else [RuntimeError("once")] * 3
    bench.treat(incoming("a"), incoming("b", 2), incoming("c", 3))
    assert Counter(bench.passed()) == {"a": 1, "b": 1, "c": 1}
    assert bench.letters() == []
    assert len(bench.pauses) >= 1


def test_waits_between_tries_double():
    bench = Bench()
    bench.faults["a"] = [RuntimeError()] * 2
    bench.treat(incoming("a"))
    first, second = bench.pauses
    assert 0.5 <= first <= 1.0 <= second <= 2.0


def test_a_fault_that_stays_is_buried_with_everything_a_person_needs():
    bench = Bench()
    bench.faults["a"] = [ValueError(f"try {number}") for number in range(3)]
    bench.treat(incoming("a"), incoming("b", 2))
    (letter,) = bench.letters()
    assert (letter.topic, letter.partition, letter.offset, letter.key) == ("uji-articles.collected", 2, 1, "k")
    assert (letter.stage, letter.error, letter.attempts) == ("handle", "ValueError", 3)
    assert "try 2" in letter.detail
    assert base64.b64decode(letter.payload_b64) == incoming("a").value
    assert bench.outcomes() == [(Outcome.PASSED, ""), (Outcome.DEAD, "handle_failed")]
    assert bench.passed() == ["b"]


def test_what_can_never_work_is_buried_at_once():
    bench = Bench()
    bench.faults["a"] = [InvalidError("never")]
    bench.treat(incoming("a"))
    assert bench.calls["a"] == 1
    assert bench.letters()[0].attempts == 1


def test_bytes_that_are_no_message_are_buried_without_an_article_to_count():
    bench = Bench()
    bench.treat(Incoming("t", 0, 7, None, b"bukan json"))
    assert bench.letters()[0].stage == "decode"
    assert bench.outcomes() == []


def test_a_message_that_is_broken_beside_its_article_is_counted_as_dead():
    bench = Bench()
    broken = encode(collected(1)).replace(b'"version":1', b'"version":9')
    bench.treat(Incoming("t", 0, 7, None, broken))
    assert bench.outcomes() == [(Outcome.DEAD, "decode_failed")]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"article": 7}', b"\xff", b"[" * 100_000])
def test_salvage_finds_no_article_where_there_is_none(data):
    assert salvage_article(data) is None


def test_a_busy_message_is_parked_after_its_tries_with_the_time_of_the_next():
    bench = Bench()
    bench.faults["a"] = [BusyError("later")] * 3
    bench.treat(incoming("a"), incoming("b", 2))
    (parked,) = bench.sender.to(RETRY)
    assert parked.value == incoming("a").value
    due = (bench.clock.now() + timedelta(seconds=5)).isoformat().encode()
    assert parked.headers == {ROUND_HEADER: b"1", NOT_BEFORE_HEADER: due}
    assert bench.passed() == ["b"]
    assert bench.outcomes() == [(Outcome.PASSED, "")]


def test_each_round_waits_longer_and_the_last_ends_in_the_dead_letter():
    bench = Bench(rounds=2)
    bench.faults["a"] = [BusyError("later")] * 9
    one = incoming("a")
    for round_ in (0, 1, 2):
        bench.treat(Incoming(RETRY, 0, round_, one.key, one.value, {ROUND_HEADER: str(round_).encode()}))
    assert [message.headers[ROUND_HEADER] for message in bench.sender.to(RETRY)] == [b"1", b"2"]
    (letter,) = bench.letters()
    assert (letter.stage, letter.attempts) == ("retry", 9)
    assert bench.outcomes() == [(Outcome.DEAD, "retry_failed")]


def test_a_result_the_broker_will_never_take_is_buried_alone():
    bench = Bench()
    huge = {"b": InvalidError("too large")}
    bench.sender.refuse = lambda one: huge.get(
        decode(one.value, ArticleClassified).article.title if one.topic == OUT else ""
    )
    bench.treat(incoming("a"), incoming("b", 2), incoming("c", 3))
    assert set(bench.passed()) == {"a", "c"}
    assert [letter.error for letter in bench.letters()] == ["InvalidError"]


def test_a_result_too_large_for_its_codec_is_buried():
    bench = Bench()
    article = collected(1, title="a").article
    reading = a_reading(evidence="x").model_copy(update={"severity_reason": "x" * 1_100_000})
    classified = ArticleClassified(article=article, reading=reading, classified_at=bench.clock.now())
    bench.emits["a"] = (Emit(ARTICLES_CLASSIFIED.topic, article.article_id, classified),)
    bench.treat(incoming("a"))
    assert bench.letters()[0].error == "InvalidMessageError"


def test_nothing_is_said_of_a_result_that_was_not_acknowledged():
    bench = Bench()
    bench.sender.refuse = lambda one: BusyError("away") if one.topic in {OUT, RETRY} else None
    with pytest.raises(UndeliverableError):
        bench.treat(incoming("a"))
    assert bench.sender.sent == []


def test_a_dead_letter_that_cannot_be_written_ends_everything():
    bench = Bench()
    bench.faults["a"] = [InvalidError("never")]
    bench.sender.refuse = lambda one: BusyError("away") if one.topic == DEAD else None
    with pytest.raises(UndeliverableError, match=r"articles\.collected\.dead\.classifier could not be written"):
        bench.treat(incoming("a"))
    assert bench.outcomes() == []


def test_too_many_dead_in_a_row_end_everything_and_a_success_between_them_does_not():
    bench = Bench(streak=2)
    bench.faults = {"x": [InvalidError()], "y": [InvalidError()], "z": [InvalidError()]}
    bench.treat(incoming("x"))
    bench.treat(incoming("a", 2))
    bench.treat(incoming("y", 3))
    with pytest.raises(TooManyDeadLettersError):
        bench.treat(incoming("z", 4))
    assert len(bench.letters()) == 2, "the message that ended the process is met again, so it has no letter yet"


def test_the_end_between_two_tries_leaves_the_message_to_the_next_process():
    bench = Bench(stopping=True)
    bench.faults["a"] = [RuntimeError()]
    with pytest.raises(StoppingError):
        bench.treat(incoming("a"))
    assert bench.sender.sent == []


def test_a_handler_that_returns_another_number_of_results_fails_every_message():
    bench = Bench()
    bench.treatment._handler = lambda messages, now: []
    bench.treat(incoming("a"))
    assert bench.letters()[0].error == "WrongResultError"


def test_an_output_of_every_kind_goes_to_its_topic():
    bench = Bench()
    article = collected(1, title="a").article
    alert = AlertRaised(
        alert_id="0" * 32,
        article_id=article.article_id,
        revision=1,
        entity_id="dinkes",
        kind="opd",
        severity=3,
        score=0.9,
        reason="uji",
        title="a",
        url=article.url,
        outlet="contoh",
        published_at=article.published.at,
        raised_at=bench.clock.now(),
    )
    bench.emits["a"] = (Emit("alerts.raised", article.article_id, alert),)
    bench.treat(incoming("a"))
    assert [one.topic for one in bench.sender.sent] == ["uji-alerts.raised", DISPOSED]
