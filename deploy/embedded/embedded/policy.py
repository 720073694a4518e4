"""When a process that ended is started again, and when that has become pointless. Pure."""

from __future__ import annotations

from dataclasses import dataclass

# Long enough for a broker to come back (5 s), short enough to notice a broken installation within a minute.
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 10.0
# A process that has run this long was healthy; what ends it then is a new trouble, not the old one.
HEALTHY_AFTER_S = 60.0
MOST_ENDS_IN_A_ROW = 6
# Every service ends with this code when a setting or an argument is wrong; starting it again changes neither.
EXIT_WRONG_SETTINGS = 2


@dataclass(frozen=True)
class History:
    """How often in a row a process ended early, without a healthy run between."""

    ends_in_a_row: int = 0


@dataclass(frozen=True)
class Restart:
    """Start it again after a pause."""

    wait_s: float
    history: History


@dataclass(frozen=True)
class GiveUp:
    """It ends again and again; starting it once more would only hide why."""

    ends_in_a_row: int


def after_end(history: History, ran_s: float, code: int | None = None) -> Restart | GiveUp:
    """Decide about a process that has just ended after running `ran_s` seconds, with an exit code when it had one."""
    ends = 1 if ran_s >= HEALTHY_AFTER_S else history.ends_in_a_row + 1
    if ends >= MOST_ENDS_IN_A_ROW or code == EXIT_WRONG_SETTINGS:
        return GiveUp(ends)
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (ends - 1))
    return Restart(wait_s, History(ends))
