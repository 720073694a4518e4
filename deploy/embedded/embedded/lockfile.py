"""The locked jars: which file of which coordinate belongs to which engine, and its sha256."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import tomli_w

LOCK_FILE = Path(__file__).with_name("jars.lock.toml")


class JarGroup(StrEnum):
    """What a jar is installed for."""

    KAFKA = "kafka"
    ELASTICSEARCH = "elasticsearch"
    COMPILER = "compiler"


# The coordinates that are asked for; all others follow from them. "!" keeps a coordinate from managing the
# versions of the others: without it log4j's own build pins would put kafka-clients 3.9.1 into a 4.3.1 broker.
ROOTS: dict[JarGroup, tuple[str, ...]] = {
    JarGroup.KAFKA: ("org.apache.kafka:kafka_2.13:4.3.1!", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4!"),
    JarGroup.ELASTICSEARCH: (
        "org.elasticsearch:elasticsearch:9.2.2!",
        "org.elasticsearch.plugin:transport-netty4:9.2.2!",
        "org.apache.lucene:lucene-analysis-common:10.3.2!",
    ),
    JarGroup.COMPILER: ("org.eclipse.jdt:ecj:3.40.0!",),
}
ELASTIC_VERSION = "9.2.2"
KAFKA_VERSION = "4.3.1"


@dataclass(frozen=True, order=True)
class LockedJar:
    """One jar, its place in the world and the sha256 of its bytes (lower-case hex)."""

    group: JarGroup
    group_id: str
    artifact_id: str
    version: str
    sha256: str
    size_bytes: int

    @property
    def coordinate(self) -> str:
        return f"{self.group_id}:{self.artifact_id}:{self.version}"

    @property
    def file_name(self) -> str:
        return f"{self.artifact_id}-{self.version}.jar"


def sha256_of(path: Path) -> str:
    """Lower-case hex sha256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_lock(path: Path = LOCK_FILE) -> tuple[LockedJar, ...]:
    """All locked jars, ordered by group and coordinate."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["jar"]
    jars = []
    for row in rows:
        group_id, artifact_id, version = row["coordinate"].split(":")
        group = JarGroup(row["group"])
        jars.append(LockedJar(group, group_id, artifact_id, version, row["sha256"], row["size_bytes"]))
    return tuple(sorted(jars))


def write_lock(jars: tuple[LockedJar, ...], path: Path = LOCK_FILE) -> None:
    """Write the lock file; the same jars give the same bytes."""
    rows = [
        {"group": str(jar.group), "coordinate": jar.coordinate, "sha256": jar.sha256, "size_bytes": jar.size_bytes}
        for jar in sorted(jars)
    ]
    head = "# Written by `python -m embedded relock`. Every jar is checked against its sha256 after download.\n"
    path.write_text(head + tomli_w.dumps({"jar": rows}), encoding="utf-8")
