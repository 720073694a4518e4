"""Two test processes share the tests so that engines and browser each stay in one of them."""

import pytest

from tests.sharing_out import share_of, turn_of

LINE = "tests/e2e/test_line.py::test_a[x::y]"
AGENT = "tests/integration/runtime/test_agent.py::test_b"
TONE = "tests/quality/test_tone.py::test_c"
CODEC = "tests/unit/contract/test_codec.py::test_d"
DESK = "tests/browser/test_desk.py::test_e"


@pytest.mark.parametrize(("one", "other", "together"), [
    (LINE, AGENT, True),
    (AGENT, DESK, False),
    (CODEC, "tests/unit/contract/test_codec.py::test_f[a]", True),
    (CODEC, "tests/unit/contract/test_topics.py::test_d", False),
])  # fmt: skip
def test_engines_browser_and_each_file_stay_together(one: str, other: str, together: bool) -> None:
    assert (share_of(one) == share_of(other)) is together


def test_engines_begin_and_the_browser_comes_last() -> None:
    assert sorted([DESK, CODEC, TONE, AGENT, LINE], key=turn_of) == [AGENT, LINE, TONE, CODEC, DESK]
