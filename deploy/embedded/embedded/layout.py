"""Where everything lives on disk: one folder for the engines, one for data, one for logs, one for run state."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EnginesLayout:
    """The installed engines: jars and class-data archives. Shared by runs and tests.

    Each version of the installation has a folder of its own, so that a newer one never takes the jars away
    from engines that are running.
    """

    root: Path
    version: str

    @property
    def downloads(self) -> Path:
        """Jars as downloaded, in a Maven repository's shape; shared by all versions."""
        return self.root / "downloads"

    @property
    def folder(self) -> Path:
        return self.root / self.version

    @property
    def kafka_lib(self) -> Path:
        return self.folder / "kafka" / "lib"

    @property
    def elastic_home(self) -> Path:
        return self.folder / "elasticsearch"

    @property
    def elastic_lib(self) -> Path:
        return self.elastic_home / "lib"

    @property
    def elastic_modules(self) -> Path:
        return self.elastic_home / "modules"

    @property
    def archives(self) -> Path:
        """Class-data archives, written by the first start of each engine."""
        return self.folder / "cds"

    @property
    def stamp(self) -> Path:
        """Tells that this version is complete; written last."""
        return self.folder / "installed"

    @property
    def lock(self) -> Path:
        return self.root / ".lock"


@dataclass(frozen=True)
class RunLayout:
    """What one run of the engines writes."""

    data: Path
    logs: Path
    run: Path

    def engine_data(self, engine: str) -> Path:
        return self.data / engine

    def engine_log(self, engine: str) -> Path:
        """The engine's own log, rotated by the engine."""
        return self.logs / f"{engine}.log"

    def engine_output(self, engine: str) -> Path:
        """What the Java machine itself prints; begun anew at each start."""
        return self.logs / f"{engine}.out"

    def engine_config(self, engine: str) -> Path:
        return self.run / "config" / engine

    def record(self, process: str) -> Path:
        return self.run / f"{process}.json"

    @property
    def lock(self) -> Path:
        return self.run / ".lock"


@dataclass(frozen=True)
class Home:
    """The folder PANTAU_HOME."""

    root: Path

    def engines(self, version: str) -> EnginesLayout:
        return EnginesLayout(self.root / "engines", version)

    def default_run(self) -> RunLayout:
        return RunLayout(data=self.root / "data", logs=self.root / "logs", run=self.root / "run")

    def run_under(self, folder: Path) -> RunLayout:
        """A run of its own below another folder, for tests; it shares only the engines."""
        return RunLayout(data=folder / "data", logs=folder / "logs", run=folder / "run")
