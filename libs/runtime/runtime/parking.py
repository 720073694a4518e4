"""The retry topic's headers: which round a parked message is in, and when it may be tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ROUND_HEADER = "pantau-attempt"
NOT_BEFORE_HEADER = "pantau-not-before"


@dataclass(frozen=True)
class Parking:
    """How often a message may go round through the retry topic, and how long it waits there each time."""

    rounds: int = 60
    wait_s: float = 5.0
    max_wait_s: float = 60.0

    def wait_before(self, round_: int) -> float:
        """Return seconds to wait before round number `round_`, counted from 1: doubling, cut at `max_wait_s`."""
        # 2**20 is far above any cut; without the bound a long life in the topic would overflow a float.
        waited: float = self.wait_s * 2 ** min(round_ - 1, 20)
        return min(self.max_wait_s, waited)


def round_of(headers: Mapping[str, bytes]) -> int:
    """Return how many rounds a message has behind it; 0 for one that was never parked, or whose header is broken."""
    raw = headers.get(ROUND_HEADER, b"0")
    return int(raw) if raw.isdigit() and len(raw) <= 6 else 0


def not_before(headers: Mapping[str, bytes]) -> datetime | None:
    """Return the moment before which a message must not be tried; None when there is none, or a broken one."""
    raw = headers.get(NOT_BEFORE_HEADER)
    if raw is None:
        return None
    try:
        moment = datetime.fromisoformat(raw.decode())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def parked_headers(round_: int, *, now: datetime, parking: Parking) -> dict[str, bytes]:
    """Return the headers that send a message into round number `round_`."""
    due = now.astimezone(UTC) + timedelta(seconds=parking.wait_before(round_))
    return {ROUND_HEADER: str(round_).encode(), NOT_BEFORE_HEADER: due.isoformat().encode()}
