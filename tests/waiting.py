"""Waits for what another process does: looks until it is so, and says what was awaited and seen last when it is not."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
WITHIN_S = 60.0
PAUSE_S = 0.25
_FIRST_PAUSE_S = 0.02
_MAX_CHARS = 4_000


def until(
    look: Callable[[], T],
    *,
    what: str,
    within_s: float = WITHIN_S,
    pause_s: float = PAUSE_S,
    state: Callable[[], object] = str,
) -> T:
    """Look until something true is seen, and return it; the pauses grow to `pause_s`.

    AssertionError with what was awaited, what was seen last and `state`, which is asked only then.
    """
    return _wait(look, bool, what, (within_s, pause_s), state)


def until_equal(
    look: Callable[[], T],
    wanted: object,
    *,
    what: str = "",
    within_s: float = WITHIN_S,
    state: Callable[[], object] = str,
) -> T:
    """Look until the wanted value is seen. AssertionError as from `until`."""
    named = f"{what} ({wanted!r})" if what else repr(wanted)
    return _wait(look, lambda seen: seen == wanted, named, (within_s, PAUSE_S), state)


def until_none(problems: Callable[[], list[str]], *, what: str, within_s: float = WITHIN_S) -> None:
    """Look until there is no problem left. AssertionError with those that are."""
    _wait(problems, lambda seen: not seen, what, (within_s, PAUSE_S), str)


def _wait(
    look: Callable[[], T],
    holds: Callable[[T], bool],
    what: str,
    limits_s: tuple[float, float],
    state: Callable[[], object],
) -> T:
    (within_s, longest_pause_s), pause_s = limits_s, _FIRST_PAUSE_S
    ends_s = time.monotonic() + within_s
    while not holds(seen := look()):
        if time.monotonic() > ends_s:
            raise AssertionError(
                "\n".join([f"not within {within_s:g} s: {what}", *_told(seen), *_told(state() or None)])
            )
        # The other side tells nobody when it is done, so it is asked again and again, up to a limit.
        time.sleep(pause_s)
        pause_s = min(pause_s * 1.5, longest_pause_s)
    return seen


def _told(seen: object) -> Iterable[str]:
    """Return what was seen in words; that a condition did not hold says nothing more."""
    if seen is None or seen is False:
        return []
    lines = [str(one) for one in seen] if isinstance(seen, list) else [seen if isinstance(seen, str) else repr(seen)]
    return ["seen last:", "\n".join(lines)[-_MAX_CHARS:]]
