"""The last lines of a log file, for messages."""

from __future__ import annotations

from pathlib import Path

_TAIL_BYTES = 64 * 1024


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
