"""Threads for work that needs the processor, each piece under a time limit: one page must not stall the others."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from collector.domain.ports import WorkTooLongError

T = TypeVar("T")


class WorkThreads:
    """Runs `size` pieces of work at a time. A stuck thread is left behind; up to `spare` others take its place."""

    def __init__(self, size: int = 2, *, limit_s: float = 30.0, spare: int = 4) -> None:
        self._limit_s = limit_s
        self._spare = spare
        self._slots = asyncio.Semaphore(size)
        self._pool = ThreadPoolExecutor(max_workers=size + spare, thread_name_prefix="work")
        self._stuck = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns, raise what it raises, or WorkTooLongError; its thread then goes on unseen."""
        async with self._slots:
            future = asyncio.get_running_loop().run_in_executor(self._pool, work)
            try:
                return await asyncio.wait_for(asyncio.shield(future), self._limit_s)
            except TimeoutError as error:
                if future.done():
                    raise
                self._stuck += 1
                future.add_done_callback(self._came_back)
                raise WorkTooLongError(f"not done within {self._limit_s:g} s") from error

    def _came_back(self, future: "asyncio.Future[T]") -> None:
        self._stuck -= 1
        if not future.cancelled():
            future.exception()

    def problem(self) -> str | None:
        """Return what is wrong when as many threads are stuck as could be replaced. A liveness check."""
        return f"{self._stuck} threads are stuck in pages or feeds" if self._stuck >= self._spare else None

    def close(self) -> None:
        """Let go of the threads without waiting for stuck ones."""
        self._pool.shutdown(wait=False, cancel_futures=True)
