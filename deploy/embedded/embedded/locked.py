"""One process at a time: a file lock that says who waits for what."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from embedded.errors import EmbeddedError

POLL_S = 0.2


@contextmanager
def exclusive(path: Path, purpose: str, timeout_s: float = 600.0) -> Iterator[None]:
    """Hold the lock file while the block runs; the system releases it when the process dies.

    Raises EmbeddedError when another process keeps it longer than `timeout_s` seconds, or the folder cannot be written.
    """
    with _opened(path) as handle:
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EmbeddedError(
                        f"another process has kept {path} for {timeout_s:.0f} s ({purpose})",
                        "wait until it is done, or end it",
                    ) from None
                # A lock across processes that can be given up after a time has to be asked for again and again.
                time.sleep(POLL_S)
        yield


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a", encoding="utf-8")
    except OSError as problem:
        raise EmbeddedError(
            f"{path.parent} cannot be written: {problem.strerror}",
            "make it a folder you may write to, or choose another with PANTAU_HOME (--home)",
        ) from problem
