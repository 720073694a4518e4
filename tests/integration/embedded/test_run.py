"""`python -m embedded` as an operator has it at a terminal: run, interrupt, kill, down, wipe."""

import os
import random
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from embedded import process
from embedded.layout import RunLayout
from embedded.plan import SERVICES
from embedded.ports import Ports, is_free
from embedded.process import RunRecord
from embedded.settings import EmbeddedSettings

from tests.waiting import until

pytestmark = pytest.mark.stack
DEFAULTS = [port for card in SERVICES for port in card.ports] + [*vars(Ports()).values()]


def free_offset() -> int:
    """An offset that puts every port of a run on a free one."""
    return next(
        offset
        for offset in random.sample(range(1_000, 13_000), 500)
        if all(is_free(port + offset) for port in DEFAULTS)
    )


class Operator:
    """Someone at a terminal, with a home of their own that shares the installed engines."""

    def __init__(self, folder: Path) -> None:
        (folder / "engines").symlink_to(EmbeddedSettings().home.absolute() / "engines")
        self.offset = free_offset()
        self._options = ["--home", str(folder), "--port-offset", str(self.offset)]
        self._terminal = folder / "terminal.txt"
        under = folder / f"run-{self.offset}"
        self.run = RunLayout(data=under / "data", logs=under / "logs", run=under / "run")

    def says(self, command: str, *more: str) -> "subprocess.CompletedProcess[str]":
        full = [sys.executable, "-m", "embedded", command, *self._options, *more]
        return subprocess.run(full, capture_output=True, text=True, timeout=120, check=False)

    def begins_run(self) -> "subprocess.Popen[bytes]":
        full = [sys.executable, "-m", "embedded", "run", *self._options, "--only", "newsroom"]
        with self._terminal.open("wb") as terminal:
            return subprocess.Popen(full, stdout=terminal, stderr=subprocess.STDOUT, start_new_session=True)

    def sees(self) -> str:
        return self._terminal.read_text(encoding="utf-8")

    def process(self, name: str) -> psutil.Process:
        found = process.find(RunRecord.load(self.run.record(name)))
        assert found is not None, f"{name} does not run: {self.sees()}"
        return found

    def waits_until_ready(self) -> list[psutil.Process]:
        until(lambda: "Pantau siap" in self.sees(), what="the run is ready", state=self.sees)
        return [self.process(name) for name in ("kafka", "elasticsearch", "newsroom")]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{18080 + self.offset}/health/ready", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    someone = Operator(tmp_path)
    yield someone
    someone.says("down")


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def test_ctrl_c_ends_a_run_cleanly_and_leaves_no_process(operator: Operator):
    run = operator.begins_run()
    started = operator.waits_until_ready()
    assert operator.answers()
    assert f"http://127.0.0.1:{18080 + operator.offset}/" in operator.sees()
    second = operator.says("run")
    assert second.returncode == 1
    assert f"Pantau already runs from this folder (process {run.pid}" in second.stderr
    run.send_signal(signal.SIGINT)
    assert run.wait(60) == 0, operator.sees()
    assert all_gone(started)
    assert operator.sees().splitlines()[-1] == "all ended"


def test_what_is_killed_during_a_run_comes_back(operator: Operator):
    run = operator.begins_run()
    operator.waits_until_ready()
    for name in ("newsroom", "kafka"):
        killed = operator.process(name).pid
        os.kill(killed, signal.SIGKILL)
        until(
            lambda name=name, killed=killed: _pid(operator, name) not in {None, killed},
            what=f"{name} is back",
            state=operator.sees,
        )
    until(lambda: "ready" in operator.says("status").stdout.splitlines()[0], what="ready", state=operator.sees)
    until(operator.answers, what="the newsroom answers", state=operator.sees)
    down = operator.says("down")
    assert f"ending the run of process {run.pid}" in down.stdout
    assert run.wait(30) == 0
    assert operator.says("status").returncode == 3


def _pid(operator: Operator, name: str) -> int | None:
    found = process.find(RunRecord.load(operator.run.record(name)))
    return found.pid if found is not None else None


# Only Linux ends a child with its parent; the continuous build is Linux and allows no skip.
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death is Linux's")
def test_a_killed_supervisor_leaves_no_process_and_the_next_run_starts(operator: Operator):
    run = operator.begins_run()
    started = operator.waits_until_ready()
    run.kill()
    run.wait()
    until(lambda: all_gone(started), what="all processes are gone", within_s=30)
    again = operator.begins_run()
    operator.waits_until_ready()
    again.send_signal(signal.SIGTERM)
    assert again.wait(60) == 0


def test_wipe_asks_and_does_nothing_when_nobody_can_answer(operator: Operator):
    operator.run.data.mkdir(parents=True)
    refused = operator.says("wipe")
    assert (refused.returncode, operator.run.data.exists()) == (1, True)
    assert "--yes" in refused.stdout
    assert operator.says("wipe", "--yes").returncode == 0
    assert not operator.run.data.exists()


def test_the_doctor_finds_nothing_to_mend_on_a_machine_that_runs_the_tests(operator: Operator):
    found = operator.says("doctor")
    assert found.returncode == 0, found.stdout
    assert "engines      installed and verified" in found.stdout
