"""The clock behind a port, so that what depends on time can be tested without waiting."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time in UTC, and a monotonic time in seconds for durations."""

    def now(self) -> datetime: ...

    def monotonic_s(self) -> float: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        import time  # noqa: PLC0415 - kept beside its only use; nothing else here may read the time

        return time.monotonic()
