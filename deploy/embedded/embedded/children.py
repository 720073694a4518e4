"""Child processes of a run: started in a group and with a log of their own, bound to the supervisor's life."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil

from embedded import process
from embedded.jars import Progress
from embedded.layout import RunLayout
from embedded.plan import ProcessPlan
from embedded.process import RunRecord

LOG_MAX_BYTES = 10_000_000
LOGS_KEPT = 2
STOP_TIMEOUT_S = 20.0
_READY_TIMEOUT_S = 3.0


@dataclass
class Child:
    """A running process of a run."""

    plan: ProcessPlan
    popen: subprocess.Popen[bytes]
    log: Path
    record: Path

    def poll(self) -> int | None:
        """The exit code, or None while it runs; negative for a signal, as subprocess has it."""
        return self.popen.poll()

    def why_not_ready(self) -> str | None:
        """Ask /health/ready; None when it says yes."""
        return why_not_ready(self.plan.ready_url)

    def request_stop(self) -> None:
        """Ask the process and its children to end."""
        process.signal_group(self.popen.pid)

    def stop(self, timeout_s: float) -> bool:
        """Wait for the end at most `timeout_s` seconds, then enforce it; returns whether it went by itself."""
        try:
            self.popen.wait(max(0.0, timeout_s))
            by_itself = True
        except subprocess.TimeoutExpired:
            by_itself = False
        process.kill_group(self.popen.pid)
        self.popen.wait()
        self.record.unlink(missing_ok=True)
        return by_itself


class Launcher:
    """Starts children and clears away those of an earlier run."""

    def __init__(self, run: RunLayout, folder: Path) -> None:
        self._run = run
        self._folder = folder

    def start(self, plan: ProcessPlan) -> Child:
        """Start a process; its output is appended to its log."""
        log = self._run.logs / f"{plan.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            # The supervisor has one thread, so the child-side function is safe.
            popen = subprocess.Popen(  # noqa: S603
                plan.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env={**os.environ, **plan.environment},
                start_new_session=True,
                preexec_fn=process.die_with_parent(),  # noqa: PLW1509
            )
        path = self._run.record(plan.name)
        process.record_of(plan.name, popen, plan.marker, plan.ports).save(path)
        return Child(plan, popen, log, path)

    def end_leftovers(self, names: list[str], say: Progress) -> None:
        """End processes a killed supervisor left behind. Only what the records prove to be ours."""
        for name in names:
            path = self._run.record(name)
            found = process.find(RunRecord.load(path))
            if found is not None:
                say(f"{name}: ending process {found.pid}, left over from an earlier run")
                process.stop(found, STOP_TIMEOUT_S, whole_group=True)
            path.unlink(missing_ok=True)


def why_not_ready(url: str) -> str | None:
    """None when the address answers 200, else a short reason; a failing check's own words when it gives them."""
    try:
        with urllib.request.urlopen(url, timeout=_READY_TIMEOUT_S):  # noqa: S310 - loopback addresses of our own
            return None
    except urllib.error.HTTPError as answer:
        with answer:
            return _failing_checks(answer.read()) or f"HTTP {answer.code}"
    except (OSError, http.client.HTTPException) as problem:
        return f"no answer ({type(problem).__name__})"


def _failing_checks(body: bytes) -> str:
    try:
        checks = json.loads(body)["checks"]
        return "; ".join(f"{name}: {state}" for name, state in checks.items() if state != "ok")
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def stop_all(children: list[Child], say: Progress, timeout_s: float = STOP_TIMEOUT_S) -> None:
    """Ask all to end, in the given order, and wait for them together at most `timeout_s` seconds."""
    for child in children:
        child.request_stop()
    deadline = time.monotonic() + timeout_s
    for child in children:
        if not child.stop(deadline - time.monotonic()):
            say(f"{child.plan.name}: did not end in {timeout_s:.0f} s and was killed")


def bound_log(log: Path, max_bytes: int = LOG_MAX_BYTES) -> bool:
    """Begin a log anew when it has grown past `max_bytes`, keeping LOGS_KEPT older ones; returns whether it did.

    The process keeps its file open, so the text is copied and the file emptied; a line written in between is lost.
    """
    if not log.is_file() or log.stat().st_size <= max_bytes:
        return False
    for number in range(LOGS_KEPT, 1, -1):
        older = log.with_name(f"{log.name}.{number - 1}")
        if older.is_file():
            older.replace(log.with_name(f"{log.name}.{number}"))
    shutil.copy2(log, log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)
    return True


def memory_mb(pids: list[int]) -> int:
    """Resident memory of these processes together, in MB."""
    total = 0
    for pid in pids:
        try:
            total += psutil.Process(pid).memory_info().rss
        except psutil.Error:
            continue
    return total // (1024 * 1024)
