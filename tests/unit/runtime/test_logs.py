"""Log lines are one JSON object in the Elastic Common Schema, or one plain line."""

import json
import logging
from collections.abc import Iterator

import pytest
from contract.outcomes import Service
from runtime.logs import configure_logging


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("kafka", "kafka.net", "aiokafka", "elastic_transport", "httpx", "httpcore", "asyncio", "urllib3", "faust")
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
    logging.getLogger("kafka.net.connection").error("refused, tried again, refused")
    assert capsys.readouterr().err == ""
    configure_logging(Service.ROUTER, level="DEBUG")
    logging.getLogger("kafka.net.connection").error("refused")
    assert "refused" in capsys.readouterr().err
