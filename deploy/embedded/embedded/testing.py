"""Engines for tests: free ports, a data folder of their own, the installed engines shared.

The fixtures built on it stand in tests/engines.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from embedded.jars import Progress
from embedded.ports import Ports, free_ports
from embedded.settings import EmbeddedSettings
from embedded.stack import Stack, StackOptions, make_stack

TEST_OPTIONS = StackOptions(kafka_heap_mb=256, elastic_heap_mb=384, quick_start=True, bound_to_parent=True)
BROKER_ALONE = replace(TEST_OPTIONS, elastic=False)


def silent(_line: str) -> None:
    """Progress nobody needs to read."""


def new_stack(
    folder: Path, *, home: Path | None = None, progress: Progress = silent, options: StackOptions = TEST_OPTIONS
) -> Stack:
    """A stopped stack on free ports with everything but the engines below `folder`.

    The engines come from `home`, by default PANTAU_HOME or the repository's own folder.
    """
    where = EmbeddedSettings().home if home is None else home
    return make_stack(where, folder, free_ports(), options, progress)


@contextmanager
def temporary_stack(folder: Path, *, home: Path | None = None, progress: Progress = silent) -> Iterator[Stack]:
    """A running stack for the block; both engines are ended afterwards, also when the test process is killed."""
    stack = new_stack(folder, home=home, progress=progress)
    with stack.running():
        yield stack


@contextmanager
def outside_or_temporary_stack(folder: Path) -> Iterator[Stack]:
    """The running stack PANTAU_TEST_STACK_PORTS names ("kafka,controller,http,transport"), else a temporary one.

    A developer who runs tests over and over saves the start this way: `python -m embedded up` once, then
    PANTAU_TEST_STACK_PORTS=19092,19093,19200,19300. Tests keep apart by their namespaces.
    """
    named = os.environ.get("PANTAU_TEST_STACK_PORTS")
    if named is None:
        with temporary_stack(folder) as stack:
            yield stack
        return
    yield make_stack(EmbeddedSettings().home, None, Ports(*map(int, named.split(","))), TEST_OPTIONS, silent)
