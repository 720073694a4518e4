"""A clock that stands still unless it is moved."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class FixedClock:
    """Tells one moment; `monotonic_s` moves with it."""

    at: datetime
    passed_s: float = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return self.passed_s

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.passed_s += seconds
