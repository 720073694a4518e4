"""What the stack needs to know of an engine; the two that exist are described in kafka_engine and elastic_engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from embedded.layout import EnginesLayout


@dataclass(frozen=True)
class JavaTuning:
    """How the Java machine runs. `quick_start` compiles less: faster to start, slower at its peak (tests only)."""

    heap_mb: int
    quick_start: bool = False

    def flags(self) -> list[str]:
        """Flags for the heap, and for a machine shared with many other processes."""
        chosen = [f"-Xms{min(self.heap_mb, 128)}m", f"-Xmx{self.heap_mb}m", "-XX:+UseSerialGC", "-Xss512k"]
        chosen += ["-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Djava.awt.headless=true"]
        if self.quick_start:
            chosen.append("-XX:TieredStopAtLevel=1")
        return chosen


@dataclass(frozen=True)
class Engine:
    """One engine, ready to be started.

    `check` returns None when the engine answers, else why it does not yet. `prepare` runs once before a start.
    `archive` speeds up the start; a run that finds none writes `archive_draft` at its end.
    `marker` stands as an argument in the engine's command line and names its data folder.
    """

    name: str
    marker: str
    command: list[str]
    config: dict[Path, str]
    ports: tuple[tuple[str, int, str], ...]
    heap_mb: int
    stop_timeout_s: float
    archive: Path
    archive_draft: Path
    check: Callable[[], str | None]
    prepare: Callable[[], None] = field(default=lambda: None)


def archive_paths(engines: EnginesLayout, engine: str, data: Path) -> tuple[Path, Path]:
    """The engine's class-data archive, and the draft a run over this data folder may write."""
    owner = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return engines.archives / f"{engine}.jsa", engines.archives / f"{engine}.{owner}.draft"


def marker_for(engine: str, data: Path) -> str:
    """The argument that tells an engine of this data folder from every other Java process."""
    return f"-Dpantau.{engine}={data}"


def log4j_config(log: Path, levels: dict[str, str]) -> str:
    """A log4j 2 configuration: one file of at most 10 MB and two older ones."""
    lines = [
        "status=error",
        # Its own hook would end the log before the engine has said how it ended.
        "shutdownHook=disable",
        "appender.file.type=RollingFile",
        "appender.file.name=file",
        f"appender.file.fileName={log}",
        f"appender.file.filePattern={log}.%i",
        "appender.file.layout.type=PatternLayout",
        "appender.file.layout.pattern=%d{ISO8601} %-5p %c{1.} %m%n",
        "appender.file.policies.type=Policies",
        "appender.file.policies.size.type=SizeBasedTriggeringPolicy",
        "appender.file.policies.size.size=10MB",
        "appender.file.strategy.type=DefaultRolloverStrategy",
        "appender.file.strategy.max=2",
        "rootLogger.level=info",
        "rootLogger.appenderRef.file.ref=file",
    ]
    for number, (logger, level) in enumerate(levels.items()):
        lines += [f"logger.l{number}.name={logger}", f"logger.l{number}.level={level}"]
    return "\n".join(lines) + "\n"
