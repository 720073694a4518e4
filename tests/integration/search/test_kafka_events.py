"""Publishing while the broker stands still, and after it moves again."""

import os
import signal
from pathlib import Path

import pytest
from embedded.stack import Stack
from embedded.testing import BROKER_ALONE, new_stack
from runtime.kafka import create_topics
from runtime.retry import BusyError
from search.adapters.kafka_events import KafkaEvents
from search.settings import SearchSettings

pytestmark = pytest.mark.stack


def broker_of(stack: Stack) -> int:
    (pid,) = (one.pid for one in stack.status() if one.name == "kafka")
    assert pid is not None
    return pid


def test_after_a_standstill_of_the_broker_the_next_message_is_taken(tmp_path: Path) -> None:
    stack = new_stack(tmp_path, options=BROKER_ALONE)
    with stack.running():
        settings = SearchSettings(kafka_bootstrap_servers=stack.kafka_bootstrap)
        create_topics(settings)
        events = KafkaEvents(settings, client_id="test", timeout_s=5.0)
        events.send_all([("articles.corrected", "a", b"1")])
        os.kill(broker_of(stack), signal.SIGSTOP)
        try:
            with pytest.raises(BusyError, match="did not take"):
                events.send_all([("articles.corrected", "a", b"2")])
        finally:
            os.kill(broker_of(stack), signal.SIGCONT)
        events.send_all([("articles.corrected", "a", b"3")])
        events.close()
