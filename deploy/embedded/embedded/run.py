"""`python -m embedded run`: the whole of Pantau on one machine, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import psutil
from runtime.kafka import create_topics
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

from embedded import process
from embedded.children import Child, Launcher, bound_log, stop_all
from embedded.errors import EmbeddedError
from embedded.jars import Progress
from embedded.layout import RunLayout
from embedded.locked import exclusive
from embedded.plan import SERVICES, ProcessPlan, RunAddresses, ServiceCard, choose, plan, shift_sources
from embedded.ports import LOOPBACK, require_free
from embedded.process import RunRecord
from embedded.stack import Stack
from embedded.supervisor import Supervisor

SUPERVISOR = "supervisor"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class RunOptions:
    """What the operator chose. `only` is None for all services; `sources` None for each service's own setting."""

    folder: Path
    only: tuple[str, ...] | None = None
    newsroom: bool = True
    newsroom_speed: float = 1.0
    engines: bool = True
    port_offset: int = 0
    sources: Path | None = None


def run(stack: Stack, options: RunOptions, say: Progress) -> int:
    """Start everything, keep it going, end it on a signal; returns the exit code (0 after a signal)."""
    begun_at_s = time.monotonic()
    stack = replace(stack, options=replace(stack.options, bound_to_parent=True), progress=say)
    chosen = choose(SERVICES, options.only, newsroom=options.newsroom)
    cards = [card.shifted(options.port_offset).paced(options.newsroom_speed) for card in chosen]
    with _sole_supervisor(stack.run), _signals_as_interrupt():
        launcher = Launcher(stack.run, options.folder)
        launcher.end_leftovers([card.name for card in reversed(SERVICES)], say)
        require_free((card.name, port, "--port-offset") for card in cards for port in card.ports)
        supervisor = Supervisor(
            starter=launcher,
            engines=_StackEngines(stack) if options.engines else None,
            now=time.monotonic,
            sleep=time.sleep,
            say=say,
            on_ready=lambda: announce(cards, stack, options, time.monotonic() - begun_at_s, say),
            housekeeping=lambda: _bound_logs(supervisor),
        )
        return _run_to_the_end(stack, options, cards, supervisor, say)


def _run_to_the_end(
    stack: Stack, options: RunOptions, cards: list[ServiceCard], supervisor: Supervisor, say: Progress
) -> int:
    plans = _plans(stack, options, cards)
    started_engines = False
    try:
        if options.engines:
            started_engines = stack.start()
        _create_topics(stack, options, say)
        supervisor.start(plans)
        return supervisor.watch()
    except KeyboardInterrupt:
        say("ending")
        return 0
    finally:
        _ignore_signals()
        stop_all([child for child in reversed(supervisor.children()) if isinstance(child, Child)], say)
        if started_engines:
            stack.stop()
        stay = options.engines and not started_engines and stack.runs()
        say("services ended; the engines stay up" if stay else "all ended")


def _plans(stack: Stack, options: RunOptions, cards: list[ServiceCard]) -> list[ProcessPlan]:
    addresses = RunAddresses(None, None)
    if options.engines:
        addresses = RunAddresses(stack.kafka_bootstrap, stack.elastic_url)
    sources = _sources(stack.run, options)
    newsroom_ports = next((card.ports for card in cards if card.name == "newsroom"), ())
    archive = stack.run.data / "archive"
    return [plan(card, addresses, sources=sources, archive=archive, newsroom_ports=newsroom_ports) for card in cards]


def _sources(layout: RunLayout, options: RunOptions) -> Path | None:
    """The source registry for the collector; a shifted copy when the sample newsroom stands on other ports."""
    if options.sources is None:
        return None
    if not options.sources.is_file():
        raise EmbeddedError(f"there is no file {options.sources}", "name an existing source registry with --sources")
    if options.port_offset == 0:
        return options.sources.absolute()
    shifted = layout.run / "sources.yaml"
    shifted.parent.mkdir(parents=True, exist_ok=True)
    text = options.sources.read_text(encoding="utf-8")
    shifted.write_text(shift_sources(text, options.port_offset), encoding="utf-8")
    return shifted


def _create_topics(stack: Stack, options: RunOptions, say: Progress) -> None:
    settings = ServiceSettings()
    if options.engines:
        settings = settings.model_copy(update={"kafka_bootstrap_servers": stack.kafka_bootstrap})
    try:
        created = create_topics(settings)
    except BusyError as problem:
        raise EmbeddedError(
            f"the topics cannot be created: {problem}", "check the broker (`python -m embedded status`)"
        ) from problem
    if created:
        say(f"created {len(created)} topics")


def _bound_logs(supervisor: Supervisor) -> None:
    for child in supervisor.children():
        bound_log(child.log)


def announce(cards: list[ServiceCard], stack: Stack, options: RunOptions, took_s: float, say: Progress) -> None:
    """Tell a person where everything is, in Indonesian, the desk first."""
    ports = {card.name: card.port for card in cards}
    lines = []
    if "api" in ports:
        lines.append(("Meja humas", f"http://{LOOPBACK}:{ports['api']}/"))
        lines.append(("Dokumentasi API", f"http://{LOOPBACK}:{ports['api']}/docs"))
    if "newsroom" in ports:
        lines.append(("Redaksi contoh", f"http://{LOOPBACK}:{ports['newsroom']}/"))
    if options.engines:
        lines += [("Elasticsearch", stack.elastic_url), ("Kafka", stack.kafka_bootstrap)]
    lines.append(("Berkas log", str(stack.run.logs)))
    say(f"\nPantau siap dalam {took_s:.0f} detik.\n")
    for label, where in lines:
        say(f"  {label:16} {where}")
    say("\nTekan Ctrl-C untuk berhenti.")


class _StackEngines:
    """The engines as the supervisor sees them."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def alive(self) -> bool:
        return self._stack.runs()

    def revive(self) -> None:
        self._stack.start()


@contextmanager
def _sole_supervisor(layout: RunLayout) -> Iterator[None]:
    """Only one supervisor per folder; its record tells `down` and `status` whom to ask."""
    path = layout.record(SUPERVISOR)
    other = process.find(RunRecord.load(path))
    if other is not None:
        raise EmbeddedError(
            f"Pantau already runs from this folder (process {other.pid}, data in {layout.data})",
            "end it with `python -m embedded down`, or start a second one beside it with --port-offset",
        )
    with exclusive(layout.run / ".supervisor.lock", "running Pantau", timeout_s=0.0):
        me = psutil.Process()
        RunRecord(SUPERVISOR, me.pid, me.create_time(), " ".join(me.cmdline()[:3])).save(path)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def stop_supervisor(layout: RunLayout, say: Progress, timeout_s: float = 60.0) -> bool:
    """Ask a running supervisor of this folder to end its run; returns whether there was one."""
    found = process.find(RunRecord.load(layout.record(SUPERVISOR)))
    if found is None or found.pid == os.getpid():
        return False
    say(f"ending the run of process {found.pid}")
    process.stop(found, timeout_s)
    return True


@contextmanager
def _signals_as_interrupt() -> Iterator[None]:
    """SIGTERM and a closed terminal end a run as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_signals() -> None:
    """While everything is being ended, a second Ctrl-C must not leave half of it behind."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
