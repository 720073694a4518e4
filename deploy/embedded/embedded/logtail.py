"""The last lines of a log file, for messages."""

from __future__ import annotations

from pathlib import Path

_TAIL_BYTES = 64 * 1024
_LOOK_BACK = 400


def last_lines(path: Path, count: int) -> list[str]:
    """At most `count` last lines of a text file; none when it does not exist."""
    try:
        with path.open("rb") as handle:
            handle.seek(0, 2)
            handle.seek(max(0, handle.tell() - _TAIL_BYTES))
            text = handle.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()[-count:]


def telling_lines(path: Path, count: int, since: float) -> list[str]:
    """The last lines of a Java log that say something: no stack frames, nothing of a file older than `since`.

    `since` is in seconds since 1970; a log last written before belongs to an earlier run.
    """
    try:
        if path.stat().st_mtime < since:
            return []
    except OSError:
        return []
    frames = ("\tat ", "\t... ", "WARNING: ")
    return [line for line in last_lines(path, _LOOK_BACK) if line.strip() and not line.startswith(frames)][-count:]
