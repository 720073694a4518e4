"""One run of everything for the end-to-end tests; it is killed and restarted under them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.line import SETTLE_S, Line, differences, wait_for_none, wait_until

NEWSROOM_SPEED = 30.0


@pytest.fixture(scope="session")
def line(root: Path) -> Iterator[Line]:
    """The running line, started as `make run` starts it."""
    run = Line(root, NEWSROOM_SPEED)
    try:
        run.start()
        yield run
    finally:
        run.close()


@pytest.fixture(scope="session")
def settled_line(line: Line) -> Line:
    """The line after each service was killed once in the middle and the newsroom has nothing more to publish."""
    wait_until(lambda: line.get("/v1/articles", size=1)["total"] > 0, within_s=60, what="a first article is found")
    for service in ("classifier", "collector", "router", "indexer", "stories", "api"):
        line.kill(service)
    wait_until(lambda: line.published()["next_change_at"] is None, within_s=300, what="the newsroom has published all")
    wait_for_none(lambda: differences(line.published()["items"], line.all_articles()), within_s=SETTLE_S)
    return line
