"""faust's five silent failures, each provoked on a real broker with a real process: Pantau does not have them."""

import time
from collections import Counter

import pytest
from contract.codec import decode
from contract.messages import ArticleClassified, ArticleDisposed, LetterDied
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from runtime.kafka import connection
from runtime.parking import NOT_BEFORE_HEADER, ROUND_HEADER
from runtime.watch import EXIT_STUCK

from tests.integration.runtime.trial import CLASSIFIED, DEAD, DISPOSED, RETRY, Trial
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack


def outcomes(trial: Trial) -> Counter[str]:
    """Return the outcomes, each article counted once however often it was said, as the index does."""
    said = [decode(value, ArticleDisposed) for _, value, _ in trial.read(DISPOSED)]
    return Counter(str(one.outcome) for one in {one.article_id: one for one in said}.values())


def passed(trial: Trial) -> set[str]:
    return {decode(value, ArticleClassified).article.title for _, value, _ in trial.read(CLASSIFIED)}


def letters(trial: Trial) -> list[LetterDied]:
    return [decode(value, LetterDied) for _, value, _ in trial.read(DEAD)]


def is_done(trial: Trial, articles: int) -> bool:
    return sum(outcomes(trial).values()) >= articles


# 1. An exception in an agent: the message counts as done and is lost.


def test_a_message_whose_handler_raises_is_retried_then_buried_and_the_next_is_handled(trial: Trial):
    trial.publish("a", "raise", "invalid", "b")
    trial.publish_raw([(b"k", b"no json"), (b"k", b"")])
    worker = trial.worker()
    until(lambda: is_done(trial, 4) and len(letters(trial)) == 4, within_s=40, what="four outcomes, four letters")
    assert outcomes(trial) == {"passed": 2, "dead": 2}
    assert trial.calls() == {"a": 1, "raise": 3, "invalid": 1, "b": 1}
    found = {(letter.stage, letter.error, letter.attempts) for letter in letters(trial)}
    assert found == {
        ("handle", "RuntimeError", 3),
        ("handle", "InvalidError", 1),
        ("decode", "InvalidMessageError", 1),
    }
    until_equal(trial.lag, 0, within_s=10, what="everything committed")
    assert 'pantau_dead_letters_total{service="classifier",stage="decode",topic="articles.collected"} 2.0' in (
        worker.metrics()
    )


def test_one_bad_message_fails_only_itself_in_a_batch(trial: Trial):
    trial.publish(*(f"n{number}" for number in range(20)), "raise", *(f"m{number}" for number in range(20)))
    trial.worker(MAX_BATCH="16")
    until(lambda: is_done(trial, 41), within_s=40, what="41 outcomes", state=lambda: outcomes(trial))
    assert outcomes(trial) == {"passed": 40, "dead": 1}


def test_a_message_whose_helper_is_busy_waits_in_the_retry_topic_and_holds_nobody_up(trial: Trial):
    trial.publish("busy 4", "a")
    trial.worker()
    until_equal(lambda: passed(trial), {"busy 4", "a"}, within_s=40, what="both passed")
    ((_, _, headers),) = trial.read(RETRY)
    assert headers[ROUND_HEADER] == b"1"
    assert NOT_BEFORE_HEADER in headers
    assert trial.calls() == {"busy 4": 5, "a": 1}
    assert outcomes(trial) == {"passed": 2}


def test_a_message_that_stays_busy_ends_in_the_dead_letter_after_its_rounds(trial: Trial):
    trial.publish("busy 1000")
    trial.worker(PANTAU_RETRY_TOPIC_ATTEMPTS="2")
    until_equal(lambda: len(letters(trial)), 1, within_s=40, what="a letter")
    (letter,) = letters(trial)
    assert (letter.stage, letter.error, letter.attempts) == ("retry", "BusyError", 9)
    assert trial.calls() == {"busy 1000": 9}


# 2. A commit past an unfinished message.


def test_a_message_whose_output_the_broker_did_not_take_is_not_committed(trial: Trial):
    refuse(trial, CLASSIFIED, DEAD, RETRY)
    trial.publish("a", "b")
    worker = trial.worker(PANTAU_SEND_TIMEOUT_S="2")
    assert worker.exit_code(60) == 1
    assert trial.lag() == 2
    accept(trial, CLASSIFIED, DEAD, RETRY)
    trial.worker()
    until_equal(lambda: passed(trial), {"a", "b"}, within_s=40, what="both passed after all")


def test_a_message_in_work_when_the_end_is_asked_for_is_finished_and_committed(trial: Trial):
    trial.publish("slow 3", "after")
    worker = trial.worker()
    until_equal(lambda: trial.calls()["slow 3"], 1, within_s=30, what="in work")
    worker.terminate()
    assert worker.exit_code(20) == 0
    assert trial.calls() == {"slow 3": 1}
    assert passed(trial) == {"slow 3"}
    assert trial.lag() == 1


# 3. A handler that blocks leaves a process that is alive and consumes nothing.


def test_the_loop_keeps_turning_while_a_handler_blocks_for_longer_than_the_session(trial: Trial):
    trial.publish("slow 9", "after")
    worker = trial.worker()
    until_equal(lambda: trial.calls()["slow 9"], 1, within_s=30, what="in work")
    # Nothing tells that a session did not end: it is outwaited, 7 s for its 6, while the handler blocks for 9.
    time.sleep(7)
    assert worker.health("live")[0] == 200
    until_equal(lambda: passed(trial), {"slow 9", "after"}, within_s=20, what="both passed")
    assert trial.calls() == {"slow 9": 1, "after": 1}, "its partitions were taken away and the message ran again"


def test_a_worker_that_is_stuck_says_so_and_leaves(trial: Trial):
    trial.publish("hang")
    worker = trial.worker(PANTAU_STUCK_AFTER_S="4")
    assert worker.exit_code(40) == EXIT_STUCK
    assert "stuck: 1 messages wait and no offset has moved" in worker.log()
    assert trial.lag() == 1


def test_a_stuck_handler_does_not_hold_up_the_end(trial: Trial):
    trial.publish("hang")
    worker = trial.worker(PANTAU_SHUTDOWN_TIMEOUT_S="2")
    until_equal(lambda: trial.calls()["hang"], 1, within_s=30, what="in work")
    worker.terminate()
    assert worker.exit_code(20) == EXIT_STUCK
    assert trial.lag() == 1


# 4. A killed worker's messages run again.


def test_a_worker_killed_in_the_middle_loses_nothing_and_counts_nothing_twice(trial: Trial):
    titles = [f"n{number}" for number in range(400)]
    trial.publish_spread(titles)
    worker = trial.worker(MAX_BATCH="8")
    until(lambda: len(trial.calls()) >= 100, within_s=30, what="a hundred handled")
    worker.kill()
    assert len(trial.calls()) < 400, "killed too late to show anything"
    trial.worker(MAX_BATCH="8")
    until(lambda: is_done(trial, 400), within_s=60, what="all outcomes", state=lambda: outcomes(trial))
    assert outcomes(trial) == {"passed": 400}
    assert passed(trial) == set(titles)


def test_two_workers_share_the_work_and_one_takes_over_when_the_other_ends(trial: Trial):
    titles = [f"slow 0.02 {number}" for number in range(400)]
    trial.publish_spread(titles)
    first, second = trial.worker(), trial.worker()
    until(lambda: len(trial.calls()) >= 80, within_s=40, what="some handled")
    first.terminate()
    assert first.exit_code(30) == 0
    until(lambda: is_done(trial, 400), within_s=60, what="all outcomes", state=lambda: outcomes(trial))
    assert passed(trial) == set(titles)
    assert second.is_running()


# 5. Not even the dead letter can be written.


def test_a_worker_whose_dead_letter_is_refused_leaves_with_nothing_committed(trial: Trial):
    refuse(trial, DEAD)
    trial.publish("raise")
    worker = trial.worker(PANTAU_SEND_TIMEOUT_S="2")
    assert worker.exit_code(60) == 1
    assert "UndeliverableError" in worker.log()
    assert trial.lag() == 1


def test_a_worker_stops_when_too_many_die_in_a_row(trial: Trial):
    trial.publish(*(f"invalid {number}" for number in range(20)))
    worker = trial.worker(PANTAU_DEAD_LETTERS_IN_A_ROW="5")
    assert worker.exit_code(40) == 1
    assert "5 messages failed in a row" in worker.log()
    assert len(letters(trial)) == 4
    assert trial.lag() >= 16


# Start and end.


def test_ready_waits_for_the_broker_and_the_end_may_be_asked_for_meanwhile(trial: Trial):
    worker = trial.worker(PANTAU_KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:1")
    until_equal(lambda: worker.health("ready")[0], 503, within_s=20, what="an answer")
    assert worker.health("ready")[1]["kafka"].startswith("no broker at 127.0.0.1:1")
    assert worker.health("live")[0] == 200
    worker.terminate()
    assert worker.exit_code(30) == 0
    assert "waiting for the broker" in worker.log()


def test_an_idle_worker_is_ready_and_ends_cleanly(trial: Trial):
    worker = trial.worker()
    until_equal(lambda: worker.health("ready")[0], 200, within_s=30, what="ready")
    worker.terminate()
    assert worker.exit_code(15) == 0


def refuse(trial: Trial, *topics: str) -> None:
    """Make the broker refuse every message of the topics, by a size limit that none can keep."""
    _limit(trial, topics, 1)


def accept(trial: Trial, *topics: str) -> None:
    _limit(trial, topics, 4_000_000)


def _limit(trial: Trial, topics: tuple[str, ...], max_bytes: int) -> None:
    admin = KafkaAdminClient(**connection(trial.settings, client_id="trial"))
    names = trial.settings.names
    admin.alter_configs(
        [
            ConfigResource(ConfigResourceType.TOPIC, names.topic(topic), {"max.message.bytes": str(max_bytes)})
            for topic in topics
        ]
    )
    admin.close()
