"""One run of everything for the end-to-end tests; it is killed and restarted under them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.changes import unread, unseen
from tests.e2e.line import SETTLE_S, Line, differences
from tests.waiting import until_equal, until_none

NEWSROOM_SPEED = 30.0
# The first change to an article that was out at the start comes a minute after the newsroom opens.
FIRST_SEEN_S = 50.0


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
    """The line after each service was killed once in the middle and the newsroom has nothing more to change."""
    until_none(lambda: unread(line), what="what will be changed is read before", within_s=FIRST_SEEN_S)
    for service in ("classifier", "collector", "router", "indexer", "stories", "api"):
        line.kill(service)
    until_equal(lambda: line.published()["next_change_at"], None, what="the newsroom's next change", within_s=300)
    until_none(lambda: unseen(line), what="what outlets changed is seen", within_s=SETTLE_S)
    until_none(
        lambda: differences(line.published()["items"], line.all_articles()),
        what="what is published is found",
        within_s=SETTLE_S,
    )
    return line
