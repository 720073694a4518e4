"""Liveness by progress: a service with work waiting whose committed offset does not move is stuck.

A process can be alive, hold its partitions and consume nothing; a liveness check that only asks "do you run?" would
never notice. This one is fed with what was committed and how much waits.
"""

from dataclasses import dataclass, field
from threading import Lock


@dataclass
class Progress:
    """Remembers when the service last got on. Thread-safe: the consumer writes, the health check reads."""

    stuck_after_s: float
    _committed: dict[tuple[str, int], int] = field(default_factory=dict)
    _lag: dict[tuple[str, int], int] = field(default_factory=dict)
    _moved_at_s: float | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def note(self, topic: str, partition: int, *, committed: int, lag: int, now_s: float) -> None:
        """Record a partition's committed offset and lag at a monotonic time in seconds."""
        with self._lock:
            key = (topic, partition)
            # One idle partition must not hide that another is stuck, so an offset moved, or nothing waited at all.
            if self._committed.get(key) != committed or not any(self._lag.values()):
                self._moved_at_s = now_s
            self._committed[key] = committed
            self._lag[key] = lag

    def forget(self) -> None:
        """Drop all partitions, as after a rebalance; the next note starts afresh."""
        with self._lock:
            self._committed.clear()
            self._lag.clear()
            self._moved_at_s = None

    def problem(self, now_s: float) -> str | None:
        """Return what is wrong, or None while nothing waits or something moved lately."""
        with self._lock:
            waiting = sum(self._lag.values())
            if waiting == 0 or self._moved_at_s is None or now_s - self._moved_at_s < self.stuck_after_s:
                return None
            return f"{waiting} messages wait and no offset has moved for {now_s - self._moved_at_s:.0f} s"
