"""Log lines are one JSON object in the Elastic Common Schema, or one plain line."""

import json
import logging
from collections.abc import Iterator

import pytest
from contract.outcomes import Service
from runtime.logs import OncePerWhile, configure_logging

from tests.fakes.streams import ToldClock


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("kafka", "aiokafka", "elastic_transport", "httpx", "httpcore", "asyncio", "urllib3", "faust")
    levels = {name: logging.getLogger(name).level for name in (*names, "mode")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_a_record_has_the_fields_that_elastic_knows(capsys):
    configure_logging(Service.ROUTER)
    logging.getLogger("router").info("halo %s", "dunia", extra={"article.id": "abc"})
    found = json.loads(capsys.readouterr().err)
    assert found["message"] == "halo dunia"
    assert found["service"]["name"] == "pantau-router"
    assert found["article"]["id"] == "abc"
    assert found["log.level"] == "info"
    assert "@timestamp" in found


def test_an_error_is_one_line_with_its_trace(capsys):
    configure_logging(Service.ROUTER)
    logging.getLogger("router").error("gagal", exc_info=ValueError("rusak"))
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["error"]["type"] == "ValueError"


def test_plain_lines_for_a_person(capsys):
    configure_logging(Service.ROUTER, format_="console")
    logging.getLogger("router").warning("halo")
    assert capsys.readouterr().err.endswith("WARNING router: halo\n")


def test_chatty_libraries_are_quiet_unless_one_debugs(capsys):
    configure_logging(Service.ROUTER)
    logging.getLogger("kafka.consumer").info("chatter")
    assert capsys.readouterr().err == ""
    configure_logging(Service.ROUTER, level="DEBUG")
    logging.getLogger("kafka.consumer").info("chatter")
    assert "chatter" in capsys.readouterr().err


def test_a_broker_client_says_the_same_once_in_a_while_and_a_service_says_all():
    clock = ToldClock()
    only = OncePerWhile(repeat_after_s=30, monotonic_s=clock.monotonic_s)

    def said(name: str, text: str, *arguments: object) -> bool:
        return only.filter(logging.LogRecord(name, logging.ERROR, "x.py", 1, text, arguments, None))

    assert [said("aiokafka.conn", "node %s is away", number) for number in range(3)] == [True, False, False]
    assert said("aiokafka.conn", "another line")
    assert [said("router", "same") for _ in range(2)] == [True, True]
    clock.advance(30)
    assert said("aiokafka.conn", "node %s is away", 9)
