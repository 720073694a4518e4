"""The two engines as one thing: started, stopped, asked for, recovered after a crash."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from embedded import checks, java, process
from embedded.elastic_engine import elastic_engine
from embedded.engine import Engine, JavaTuning
from embedded.errors import EngineError
from embedded.install import engines_in, install
from embedded.jars import Progress
from embedded.kafka_engine import kafka_engine
from embedded.layout import EnginesLayout, Home, RunLayout
from embedded.locked import exclusive
from embedded.logtail import telling_lines
from embedded.ports import LOOPBACK, Ports, require_free
from embedded.process import RunRecord

_POLL_S = 0.1
_LOG_LINES = 15


@dataclass(frozen=True)
class StackOptions:
    """How the engines run; without `elastic` the stack is a broker alone.

    `bound_to_parent` ends them when the thread that started them is gone, however its process died: start them
    from a thread that lives as long as they shall.
    """

    kafka_heap_mb: int = 320
    elastic_heap_mb: int = 512
    start_timeout_s: float = 120.0
    quick_start: bool = False
    bound_to_parent: bool = False
    elastic: bool = True


@dataclass(frozen=True)
class EngineStatus:
    """What is known of one engine now. `problem` is None when it answers."""

    name: str
    pid: int | None
    port: int
    problem: str | None
    rss_mb: int = 0


@dataclass
class Stack:
    """A Kafka broker and an Elasticsearch node over one data folder.

    start() is idempotent, and takes over engines that already run on this data folder. All files live under
    `home` (engines) and `run` (data, logs, state).
    """

    home: Home
    run: RunLayout
    ports: Ports
    options: StackOptions = field(default_factory=StackOptions)
    progress: Progress = print
    _begun: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _started_at: float = field(default=0.0, init=False, repr=False, compare=False)

    @property
    def installed(self) -> EnginesLayout:
        """The engines' programs."""
        return engines_in(self.home)

    @property
    def kafka_bootstrap(self) -> str:
        return f"{LOOPBACK}:{self.ports.kafka}"

    @property
    def elastic_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports.elastic}"

    def engines(self) -> tuple[Engine, ...]:
        """The engines as they would be started now, the broker first."""
        layout = self.installed
        kafka = JavaTuning(self.options.kafka_heap_mb, self.options.quick_start)
        elastic = JavaTuning(self.options.elastic_heap_mb, self.options.quick_start)
        broker = kafka_engine(layout, self.run, self.ports, kafka)
        if not self.options.elastic:
            return (broker,)
        return (broker, elastic_engine(layout, self.run, self.ports, elastic))

    def start(self) -> bool:
        """Install what is missing, start what does not run, wait until both answer.

        Returns whether anything had to be started. Raises EmbeddedError with what to do; engines this call
        started are then ended again.
        """
        install(self.installed, self.progress)
        with self._locked("starting the engines"):
            engines = self.engines()
            waiting = [engine for engine in engines if self._settle(engine) is None]
            if not waiting:
                self._wait(list(engines))
                return False
            require_free([port for engine in waiting for port in engine.ports])
            checks.require_memory([engine.heap_mb for engine in waiting])
            checks.require_disk(self.run.data, checks.RUN_DISK_MB, "running the engines")
            self._started_at = time.time()
            try:
                # The node takes longer, so it starts first and the broker's data folder is formatted meanwhile.
                for engine in reversed(waiting):
                    self._begun[engine.name] = self._launch(engine)
                self._wait(list(engines))
            except BaseException:
                for engine in waiting:
                    self._end(engine)
                    engine.archive_draft.unlink(missing_ok=True)
                raise
            return True

    def stop(self) -> bool:
        """End both engines; returns whether any ran. Data stays."""
        with self._locked("stopping the engines"):
            engines = self.engines()
            if self.runs() and not all(engine.archive.is_file() for engine in engines):
                self.progress("first stop: writing what makes later starts quick, this takes some seconds")
            for engine in engines:
                process.ask_to_end(process.find(RunRecord.load(self.run.record(engine.name))))
            ended = [self._end(engine) for engine in engines]
            for engine in engines:
                self._keep_archive(engine)
            return any(ended)

    def runs(self) -> bool:
        """Whether both processes are there, without asking whether they answer."""
        names = [engine.name for engine in self.engines()]
        return all(process.find(RunRecord.load(self.run.record(name))) is not None for name in names)

    def status(self) -> list[EngineStatus]:
        """Ask both engines how they are."""
        rows = []
        for engine in self.engines():
            found = process.find(RunRecord.load(self.run.record(engine.name)))
            problem = engine.check() if found is not None else "not running"
            rss_mb = int(found.memory_info().rss / checks.MB) if found is not None else 0
            pid = found.pid if found is not None else None
            rows.append(EngineStatus(engine.name, pid, engine.ports[0][1], problem, rss_mb))
        return rows

    def wipe(self) -> None:
        """Stop the engines and remove data, logs and run state; the installed engines stay."""
        self.stop()
        for folder in (self.run.data, self.run.logs, self.run.run):
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[Stack]:
        """The stack, up while the block runs."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def _locked(self, purpose: str) -> AbstractContextManager[None]:
        return exclusive(self.run.lock, purpose)

    def _settle(self, engine: Engine) -> psutil.Process | None:
        """The engine's process when it runs as wanted; whatever else is left of an earlier run is cleared away."""
        path = self.run.record(engine.name)
        record = RunRecord.load(path)
        found = process.find(record)
        wanted = tuple(port for _, port, _ in engine.ports)
        if found is not None and record is not None:
            if record.ports == wanted:
                return found
            raise EngineError(
                f"{engine.name} already runs over this data on port {record.ports[0]}, not on {wanted[0]}",
                "stop it with `python -m embedded down`, or take another folder with --home (PANTAU_HOME)",
            )
        strays = process.find_by_marker(engine.marker)
        if record is not None:
            self.progress(f"{engine.name}: was not shut down cleanly last time, recovering")
        for stray in strays:
            self.progress(f"{engine.name}: ending process {stray.pid}, left over from an earlier run")
            process.stop(stray, engine.stop_timeout_s)
        if engine.name in self._begun:
            self._begun.pop(engine.name).wait()
        path.unlink(missing_ok=True)
        return None

    def _launch(self, engine: Engine) -> subprocess.Popen[bytes]:
        self.progress(f"starting {engine.name} on port {engine.ports[0][1]}")
        self.run.engine_data(engine.name).mkdir(parents=True, exist_ok=True)
        self.run.logs.mkdir(parents=True, exist_ok=True)
        for path, text in engine.config.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        engine.prepare()
        with self.run.engine_output(engine.name).open("wb") as output:
            # The child-side function makes one system call, so the threads of a test process do no harm.
            started = subprocess.Popen(  # noqa: S603
                engine.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.run.run,
                env=java.clean_environment(),
                start_new_session=True,
                preexec_fn=process.die_with_parent() if self.options.bound_to_parent else None,  # noqa: PLW1509
            )
        ports = tuple(port for _, port, _ in engine.ports)
        process.record_of(engine.name, started, engine.marker, ports).save(self.run.record(engine.name))
        return started

    def _wait(self, engines: list[Engine]) -> None:
        """Wait until every engine answers; raise EngineError when one dies or takes too long."""
        started_at = time.monotonic()
        waiting: dict[str, Callable[[], str | None]] = {engine.name: engine.check for engine in engines}
        while waiting:
            for name, check in list(waiting.items()):
                child = self._begun.get(name)
                if child is not None and child.poll() is not None:
                    raise self._failure(name, f"{name} ended at its start with exit code {child.returncode}")
                problem = check()
                elapsed_s = time.monotonic() - started_at
                if problem is None:
                    del waiting[name]
                    self.progress(f"{name} ready after {elapsed_s:.1f} s")
                elif elapsed_s > self.options.start_timeout_s:
                    raise self._failure(name, f"{name} is not ready after {elapsed_s:.0f} s: {problem}")
            if waiting:
                # An engine does not say when it is ready; it is asked until its time is over.
                time.sleep(_POLL_S)

    def _failure(self, name: str, problem: str) -> EngineError:
        logs = [self.run.engine_log(name), self.run.engine_output(name)]
        tail = "\n".join(f"    {line}" for path in logs for line in telling_lines(path, _LOG_LINES, self._started_at))
        return EngineError(
            f"{problem}. Its last log lines:\n{tail}",
            f"read {logs[0]}; if its data is damaged, `python -m embedded wipe` begins anew (data is lost)",
        )

    def _end(self, engine: Engine) -> bool:
        path = self.run.record(engine.name)
        found = process.find(RunRecord.load(path))
        running = [found] if found is not None else process.find_by_marker(engine.marker)
        for each in running:
            if not process.stop(each, engine.stop_timeout_s):
                self.progress(f"{engine.name}: did not end in {engine.stop_timeout_s:.0f} s and was killed")
                engine.archive_draft.unlink(missing_ok=True)
        if engine.name in self._begun:
            self._begun.pop(engine.name).wait()
        path.unlink(missing_ok=True)
        return bool(running)

    def _keep_archive(self, engine: Engine) -> None:
        """Make the class-data archive a run wrote at its clean end the one that later starts use."""
        if engine.archive_draft.is_file():
            engine.archive_draft.replace(engine.archive)


def make_stack(
    home: Path, data_dir: Path | None, ports: Ports, options: StackOptions, progress: Progress = print
) -> Stack:
    """A stack with engines in `home`, and its data, logs and state in `home` too, or below `data_dir`."""
    where = Home(home.absolute())
    run = where.default_run() if data_dir is None else where.run_under(data_dir.absolute())
    return Stack(where, run, ports, options, progress)
