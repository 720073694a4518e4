"""Substitutes for what a stream worker stands on: a clock that is told the time, a broker that remembers."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from runtime.sending import Outgoing


class ToldClock:
    """Stands still until it is told to go on."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
        self._passed_s = 0.0

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed_s)

    def monotonic_s(self) -> float:
        return 1000.0 + self._passed_s

    def advance(self, seconds: float) -> None:
        self._passed_s += seconds


@dataclass
class RememberingSender:
    """Keeps what is sent; `refuse` may raise for a message instead of letting it through."""

    sent: list[Outgoing] = field(default_factory=list)
    refuse: Callable[[Outgoing], Exception | None] = lambda _: None

    async def send(self, messages: Sequence[Outgoing]) -> None:
        for message in messages:
            error = self.refuse(message)
            if error is not None:
                raise error
            self.sent.append(message)

    def to(self, topic: str) -> list[Outgoing]:
        return [message for message in self.sent if message.topic == topic]


class SameThread(Executor):
    """Runs at once, in the caller's thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - an executor hands on whatever was raised
            future.set_exception(error)
        return future
