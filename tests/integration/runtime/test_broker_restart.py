"""The broker goes away under a running worker and comes back: nothing is lost, and nobody has to restart the worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from contract.codec import decode
from contract.messages import ArticleClassified
from embedded.stack import Stack
from embedded.testing import BROKER_ALONE, new_stack

from tests.integration.runtime.trial import CLASSIFIED, Trial
from tests.waiting import until, until_equal

pytestmark = pytest.mark.stack


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[Stack]:
    """A broker of this test's own, since it is stopped in the middle."""
    stack = new_stack(tmp_path / "stack", options=BROKER_ALONE)
    with stack.running():
        yield stack


def passed(trial: Trial) -> set[str]:
    return {decode(value, ArticleClassified).article.title for _, value, _ in trial.read(CLASSIFIED)}


def test_a_worker_outlives_its_broker(own_stack: Stack, namespace: str, tmp_path: Path):
    trial = Trial(own_stack.kafka_bootstrap, namespace, tmp_path)
    trial.create_topics()
    worker = trial.worker(PANTAU_STUCK_AFTER_S="60")
    before = [f"before {number}" for number in range(20)]
    trial.publish_spread(before)
    until_equal(lambda: passed(trial), set(before), within_s=30, what="all before")
    trial.forget_consumers()
    own_stack.stop()
    until_equal(lambda: worker.health("ready")[0], 503, within_s=30, what="not ready")
    assert worker.health("live")[0] == 200
    own_stack.start()
    after = [f"after {number}" for number in range(20)]
    trial.publish(*after, first=100)
    until(lambda: set(after) <= passed(trial), within_s=60, what="all after")
    assert worker.is_running()
    worker.terminate()
    assert worker.exit_code(30) == 0
    trial.close()


def test_a_worker_that_cannot_deliver_ends_and_the_next_one_does_the_work(
    own_stack: Stack, namespace: str, tmp_path: Path
):
    trial = Trial(own_stack.kafka_bootstrap, namespace, tmp_path)
    trial.create_topics()
    worker = trial.worker(PANTAU_SEND_TIMEOUT_S="2", PANTAU_SHUTDOWN_TIMEOUT_S="5")
    trial.publish("slow 5", "after")
    until_equal(lambda: trial.calls()["slow 5"], 1, within_s=30, what="in work")
    own_stack.stop()
    assert worker.exit_code(90) == 1
    assert "UndeliverableError" in worker.log()
    own_stack.start()
    trial.worker()
    until_equal(lambda: passed(trial), {"slow 5", "after"}, within_s=60, what="both passed")
    trial.close()
