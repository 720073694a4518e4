"""What every test may use: where the labelled data lies, and the rule that a continuous build skips nothing."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.engines", "tests.sharing_out"]

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = Path(os.environ.get("PANTAU_SHARED_DATA", ROOT.parent / "shared" / "data"))
NO_SKIP = "PANTAU_TESTS_NO_SKIP"

# A machine under load must not fail a property for taking long; the count keeps the whole run short.
settings.register_profile("pantau", deadline=None, max_examples=60)
settings.load_profile("pantau")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled news, pages and benchmarks, which belongs to others and is not in the repository."""
    if not SHARED_DATA.is_dir():
        # The data belongs to others and cannot be shipped; the continuous build allows no skip.
        pytest.skip(f"labelled data is not on this machine: {SHARED_DATA} does not exist (set PANTAU_SHARED_DATA)")
    return SHARED_DATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: Playwright keeps an event loop running, beside which no other may be started."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Where PANTAU_TESTS_NO_SKIP is set, as in the continuous build, a skipped test fails the run."""
    result = yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get(NO_SKIP):
        return result
    skipped = reporter.stats.get("skipped", [])
    if skipped:
        reporter.write_line(f"{len(skipped)} tests were skipped, and {NO_SKIP} is set", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    return result
