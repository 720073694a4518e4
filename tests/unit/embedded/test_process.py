"""Recognising and ending our own processes, and no others."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from embedded import process
from embedded.process import RunRecord

# Processes to be found and ended; what sleeps is the other process, never the test.
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)", "pantau-test-marker"]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(SLEEPER, start_new_session=True)
    yield child
    child.kill()
    child.wait()


def test_a_record_finds_its_process(sleeper: subprocess.Popen[bytes]):
    found = process.find(process.record_of("x", sleeper, "pantau-test-marker", (1,)))
    assert found is not None
    assert found.pid == sleeper.pid


def test_a_reused_process_id_is_not_taken_for_ours(sleeper: subprocess.Popen[bytes]):
    record = process.record_of("x", sleeper, "pantau-test-marker", ())
    assert process.find(replace(record, create_time=record.create_time - 3600)) is None
    assert process.find(replace(record, marker="another program")) is None


def test_an_ended_process_is_not_found(sleeper: subprocess.Popen[bytes]):
    record = process.record_of("x", sleeper, "pantau-test-marker", ())
    sleeper.kill()
    sleeper.wait()
    assert process.find(record) is None


def test_a_process_is_found_by_its_marker_alone(sleeper: subprocess.Popen[bytes]):
    assert sleeper.pid in [each.pid for each in process.find_by_marker("pantau-test-marker")]


def test_a_record_survives_the_disk(tmp_path: Path):
    record = RunRecord("x", 12, 34.5, "m", (1, 2))
    record.save(tmp_path / "run" / "x.json")
    assert RunRecord.load(tmp_path / "run" / "x.json") == record


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"name": "x"}', '{"name": "x", "pid": 1, "create_time": 1, "ports": 1}']
)
def test_a_damaged_record_counts_as_none(tmp_path: Path, text: str):
    (tmp_path / "x.json").write_text(text)
    assert RunRecord.load(tmp_path / "x.json") is None


def test_stopping_a_group_ends_its_grandchildren(tmp_path: Path):
    # The group must still run when it is stopped: what sleeps is the process on trial, which the test ends.
    inner = f"import subprocess, sys; print(subprocess.Popen({SLEEPER!r}).pid, flush=True); import time; time.sleep(60)"
    outer = subprocess.Popen([sys.executable, "-c", inner], start_new_session=True, stdout=subprocess.PIPE)
    assert outer.stdout is not None
    grandchild = process.psutil.Process(int(outer.stdout.readline()))
    assert process.stop(process.psutil.Process(outer.pid), 10, whole_group=True)
    outer.wait()
    outer.stdout.close()
    grandchild.wait(10)
    assert not grandchild.is_running()


# Only Linux ends a child with its parent; the continuous build is Linux and allows no skip.
@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death is Linux's")
def test_a_bound_child_ends_when_its_parent_is_killed():
    # The parent must still run when it is killed: what sleeps is the process on trial, which the test ends.
    code = (
        "import subprocess, time; from embedded.process import die_with_parent\n"
        f"print(subprocess.Popen({SLEEPER!r}, preexec_fn=die_with_parent()).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = process.psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    child.wait(10)
    assert not child.is_running()
