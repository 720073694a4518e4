"""Processes we started: remembered by file, recognised again safely, ended politely and then firmly.

A process id alone says nothing, the system gives it out again. So a record also holds the time the process
was created and a marker that stands in its command line; only when all three fit is it ours.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

# The creation time follows from the boot time, which small clock corrections move.
_CREATE_TIME_TOLERANCE_S = 2.0
_KILL_TIMEOUT_S = 10.0
_POLL_S = 0.05
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class RunRecord:
    """What is remembered of a started process. `create_time` is in seconds since 1970, as psutil gives it."""

    name: str
    pid: int
    create_time: float
    marker: str
    ports: tuple[int, ...] = ()

    def save(self, path: Path) -> None:
        """Write the record in one step, so that nobody reads half of it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(path)

    @staticmethod
    def load(path: Path) -> RunRecord | None:
        """The record, or None when there is none or it cannot be read (a crash while the disk was full)."""
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            return RunRecord(row["name"], row["pid"], row["create_time"], row["marker"], tuple(row["ports"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def record_of(name: str, process: subprocess.Popen[bytes], marker: str, ports: tuple[int, ...]) -> RunRecord:
    """The record of a process that was just started."""
    try:
        created = psutil.Process(process.pid).create_time()
    except psutil.NoSuchProcess:
        created = time.time()
    return RunRecord(name, process.pid, created, marker, ports)


def find(record: RunRecord | None) -> psutil.Process | None:
    """The running process of a record, or None when it ended or its id now belongs to somebody else."""
    if record is None:
        return None
    try:
        process = psutil.Process(record.pid)
        same_time = abs(process.create_time() - record.create_time) <= _CREATE_TIME_TOLERANCE_S
        alive = process.status() != psutil.STATUS_ZOMBIE
        return process if same_time and alive and record.marker in " ".join(process.cmdline()) else None
    except psutil.Error:
        return None


def find_by_marker(marker: str) -> list[psutil.Process]:
    """Running processes whose command line holds the marker as an argument of its own."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if marker in (process.info["cmdline"] or []) and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def die_with_parent(sign: int = signal.SIGTERM) -> Callable[[], None] | None:
    """A function for the child's first moment: the kernel signals it when the parent dies, however that happens.

    None where the system cannot do it; the next run then ends what was left over.
    """
    if _LIBC is None:
        return None
    libc, parent = _LIBC, os.getpid()

    def ask_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:
            os.kill(os.getpid(), sign)

    return ask_kernel


def ask_to_end(process: psutil.Process | None) -> None:
    """Send SIGTERM and do not wait."""
    if process is not None:
        _signal(process, signal.SIGTERM)


def stop(process: psutil.Process, timeout_s: float, *, whole_group: bool = False) -> bool:
    """End a process: SIGTERM, and SIGKILL when it is still there after `timeout_s` seconds.

    With `whole_group` the signals go to its process group when it leads one. Returns whether it went by itself.
    """
    leads_group = whole_group and _leads_group(process.pid)
    if leads_group:
        signal_group(process.pid)
    else:
        _signal(process, signal.SIGTERM)
    went_by_itself = _wait_for_end(process, timeout_s)
    if not went_by_itself:
        _signal(process, signal.SIGKILL)
        _wait_for_end(process, _KILL_TIMEOUT_S)
    if leads_group:
        kill_group(process.pid)
    return went_by_itself


def _wait_for_end(process: psutil.Process, timeout_s: float) -> bool:
    """Whether it ended in time. A zombie has ended: its parent is another program, which may never ask for it."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        if time.monotonic() > deadline:
            return False
        # A process that is not our child cannot be waited for, only looked at.
        time.sleep(_POLL_S)


def signal_group(group: int, sign: signal.Signals = signal.SIGTERM) -> None:
    """Signal every process of a group; nothing happens when there is none any more."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return


def kill_group(group: int) -> None:
    """End what a process left behind in its group. A group's id is not given out again while a member lives."""
    signal_group(group, signal.SIGKILL)


def _leads_group(pid: int) -> bool:
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def _signal(process: psutil.Process, sign: signal.Signals) -> None:
    try:
        process.send_signal(sign)
    except psutil.NoSuchProcess:
        return
