"""How test processes share the tests (`pytest -n 2`): what needs engines goes to one of them, the rest file by file.

The tests on engines mostly wait, and those without mostly compute, so that two processes keep two cores busy. All on
engines stay in one process: they share one pair of engines, and no two of them ever look for free ports at once.
"""

from __future__ import annotations

import pytest

ENGINES, BROWSER = "engines", "browser"
_SHARES = {
    "tests/e2e/": ENGINES,
    "tests/integration/": ENGINES,
    # Last of all: Playwright keeps an event loop running, beside which no other may be started.
    "tests/browser/": BROWSER,
}
_FIRST, _SLOW, _LAST = ENGINES, "tests/quality/", BROWSER


def share_of(nodeid: str) -> str:
    """Return what a test must stay together with: the engines' tests, the browser's, or those of its file."""
    for folder, share in _SHARES.items():
        if nodeid.startswith(folder):
            return share
    return nodeid.split("::", 1)[0]


def turn_of(nodeid: str) -> int:
    """Return when a test's turn comes; the longest shares begin, so that no process is left with one alone."""
    share = share_of(nodeid)
    if share in (_FIRST, _LAST):
        return 0 if share == _FIRST else 3
    return 1 if share.startswith(_SLOW) else 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a process of several, order the tests by their turns; a process alone keeps the order of the folders."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand out share by share, in the order of collection."""
    from xdist.scheduler import LoadScopeScheduling  # there only where it was asked for

    class SharedOut(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return share_of(nodeid)

    config.option.loadscopereorder = False
    return SharedOut(config, log)
