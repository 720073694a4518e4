"""Ctrl-C ends everything and leaves no process. Runs last in its folder: it ends the shared run."""

import pytest

from tests.e2e.line import Line

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]


def test_the_run_ends_cleanly_on_ctrl_c_and_starts_again_with_its_data(settled_line: Line) -> None:
    before = settled_line.get("/v1/articles", size=1)["total"]
    code, left = settled_line.stop()
    assert code == 0
    assert left == []
    settled_line.start()
    assert settled_line.get("/v1/articles", size=1)["total"] >= before
    # Whatever is tested after this has the machine to itself.
    assert settled_line.stop() == (0, [])
