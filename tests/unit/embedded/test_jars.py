"""Downloads: verified, resumed, explained."""

import hashlib
from pathlib import Path

import pytest
import requests
from embedded.errors import DownloadError, JarMismatchError
from embedded.install import damaged
from embedded.jars import ensure, stored_path
from embedded.layout import EnginesLayout
from embedded.lockfile import JarGroup, LockedJar, read_lock, write_lock

CONTENT = b"a jar"


def locked(artifact: str = "a", content: bytes = CONTENT) -> LockedJar:
    digest = hashlib.sha256(content).hexdigest()
    return LockedJar(JarGroup.KAFKA, "org.example", artifact, "1", digest, len(content))


class PaperRegistry:
    """Hands out the same bytes for every jar, or raises what it is told to."""

    def __init__(self, content: bytes = CONTENT, problem: Exception | None = None) -> None:
        self.content, self.problem, self.asked = content, problem, 0

    def __call__(self, jar: LockedJar, downloads: Path) -> Path:
        self.asked += 1
        path = stored_path(jar, downloads)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.problem is not None:
            path.write_bytes(self.content[:2])
            raise self.problem
        path.write_bytes(self.content)
        return path


def test_a_jar_that_is_there_and_right_is_not_fetched_again(tmp_path: Path):
    registry = PaperRegistry()
    for _ in range(2):
        ensure([locked()], tmp_path, lambda _: None, registry)
    assert registry.asked == 1


def test_a_file_cut_off_earlier_is_fetched_again(tmp_path: Path):
    path = stored_path(locked(), tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[:2])
    ensure([locked()], tmp_path, lambda _: None, PaperRegistry())
    assert path.read_bytes() == CONTENT


def test_a_damaged_file_of_the_right_length_is_fetched_again(tmp_path: Path):
    path = stored_path(locked(), tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"A JAR")
    ensure([locked()], tmp_path, lambda _: None, PaperRegistry())
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("now", [b"A JAR", b"a", None])
def test_a_jar_that_is_damaged_after_the_installation_is_noticed(tmp_path: Path, now: bytes | None):
    engines = EnginesLayout(tmp_path, "v")
    engines.kafka_lib.mkdir(parents=True)
    installed = engines.kafka_lib / locked().file_name
    installed.write_bytes(CONTENT)
    assert damaged(engines, [locked()]) is None
    if now is None:
        installed.unlink()
    else:
        installed.write_bytes(now)
    assert damaged(engines, [locked()]) == locked()


def test_other_bytes_than_the_locked_ones_are_refused_by_name(tmp_path: Path):
    with pytest.raises(JarMismatchError, match="is not the locked jar") as problem:
        ensure([locked()], tmp_path, lambda _: None, PaperRegistry(b"evil!"))
    assert problem.value.problem.startswith("org.example:a:1 ")
    assert "delete" in problem.value.remedy


def test_no_network_is_explained_without_an_address(tmp_path: Path):
    registry = PaperRegistry(problem=requests.ConnectionError("https://registry.example/a.jar refused"))
    with pytest.raises(DownloadError, match="the registry cannot be reached") as problem:
        ensure([locked()], tmp_path, lambda _: None, registry)
    assert registry.asked == 3
    assert "registry.example" not in str(problem.value)
    assert "check the network" in problem.value.remedy


def test_half_a_download_is_not_left_behind(tmp_path: Path):
    with pytest.raises(DownloadError):
        ensure([locked()], tmp_path, lambda _: None, PaperRegistry(problem=requests.Timeout()))
    assert not stored_path(locked(), tmp_path).exists()


def test_progress_counts_what_is_missing_and_ends_with_all_of_it(tmp_path: Path):
    lines: list[str] = []
    ensure([locked("a"), locked("b")], tmp_path, lines.append, PaperRegistry())
    assert lines == ["downloading 2 of 2 jars, 0 MB", "  2/2 jars, 0 of 0 MB"]


def test_progress_tells_each_five_megabytes_and_not_each_jar(tmp_path: Path):
    lines: list[str] = []
    three_mb = b"x" * 3_000_000
    ensure([locked(name, three_mb) for name in "abcd"], tmp_path, lines.append, PaperRegistry(three_mb))
    assert [line.split()[0] for line in lines[1:]] == ["2/4", "4/4"]


def test_the_lock_reads_back_as_it_was_written(tmp_path: Path):
    jars = (locked("a"), locked("b", b"another"))
    write_lock(jars, tmp_path / "lock.toml")
    assert read_lock(tmp_path / "lock.toml") == jars


def test_the_committed_lock_names_one_version_per_jar_and_engine():
    jars = read_lock()
    names = [(jar.group, jar.group_id, jar.artifact_id) for jar in jars]
    assert len(names) == len(set(names))
    assert all(len(jar.sha256) == 64 for jar in jars)


def test_all_parts_of_the_broker_are_of_one_version():
    assert {jar.version for jar in read_lock() if jar.group_id == "org.apache.kafka"} == {"4.3.1"}


def test_all_parts_of_the_node_are_of_one_version():
    parts = {jar.version for jar in read_lock() if jar.group_id in {"org.elasticsearch", "org.elasticsearch.plugin"}}
    assert parts == {"9.2.2"}
