"""Graceful end: SIGTERM and SIGINT set a flag that loops look at between two pieces of work."""

import signal
import threading
from types import FrameType


class Shutdown:
    """A flag that signals set. `wait` sleeps, but wakes at once when the end is asked for."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def install(self) -> "Shutdown":
        """Catch SIGTERM and SIGINT; only the main thread may call this."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._caught)
        return self

    def request(self) -> None:
        self._event.set()

    @property
    def requested(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Return True when the end was asked for within so many seconds."""
        return self._event.wait(seconds)

    def _caught(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is Python's
        self.request()
