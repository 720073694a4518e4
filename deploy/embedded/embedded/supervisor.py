"""Keeps a run alive: starts processes in order, starts again what ends, gives up when that is pointless."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from embedded.jars import Progress
from embedded.logtail import last_lines
from embedded.plan import ProcessPlan
from embedded.policy import GiveUp, History, Restart, after_end

TICK_S = 0.25
_READY_EVERY_S = 0.5
_ENGINES_EVERY_S = 2.0
_HOUSEKEEPING_EVERY_S = 10.0
_REMIND_AFTER_S = 60.0
_LOG_LINES = 15
ENGINES = "engines"


class RunningChild(Protocol):
    """What the supervisor needs of a process; embedded.children has the real one."""

    plan: ProcessPlan
    log: Path

    def poll(self) -> int | None: ...
    def why_not_ready(self) -> str | None: ...


class Starter(Protocol):
    """Starts a planned process."""

    def start(self, plan: ProcessPlan) -> RunningChild: ...


class Engines(Protocol):
    """The engines of the run."""

    def alive(self) -> bool: ...
    def revive(self) -> None: ...


@dataclass
class _Slot:
    """A planned process and what became of it."""

    plan: ProcessPlan
    child: RunningChild | None = None
    started_at_s: float = 0.0
    restart_at_s: float | None = None
    history: History = field(default_factory=History)
    ready: bool = False


@dataclass
class Supervisor:
    """One run. `now` is a monotonic clock in seconds; `sleep`, `starter` and `engines` touch the world."""

    starter: Starter
    engines: Engines | None
    now: Callable[[], float]
    sleep: Callable[[float], None]
    say: Progress
    on_ready: Callable[[], None]
    housekeeping: Callable[[], None] = lambda: None
    _slots: list[_Slot] = field(default_factory=list)
    _engine_history: History = field(default_factory=History)
    _engines_since_s: float = 0.0
    _due: dict[str, float] = field(default_factory=dict)
    _announced: bool = False
    _reminded_at_s: float = 0.0

    def start(self, plans: Sequence[ProcessPlan]) -> None:
        """Start these processes now, after those that already run."""
        for plan in plans:
            slot = _Slot(plan)
            self._slots.append(slot)
            self._launch(slot)
        self._engines_since_s = self._reminded_at_s = self.now()

    def children(self) -> list[RunningChild]:
        """The processes that were started, the first one first."""
        return [slot.child for slot in self._slots if slot.child is not None]

    def watch(self) -> int:
        """Watch until something ends too often; returns the exit code 1 then. A signal ends it by an exception."""
        while True:
            if not self.tick():
                return 1
            self.sleep(TICK_S)

    def tick(self) -> bool:
        """Look once at everything; False when the run cannot go on."""
        if not all(self._look_after(slot) for slot in self._slots):
            return False
        if self._is_due("ready", _READY_EVERY_S):
            self._ask_ready()
        if self.engines is not None and self._is_due("engines", _ENGINES_EVERY_S) and not self._look_after_engines():
            return False
        if self._is_due("housekeeping", _HOUSEKEEPING_EVERY_S):
            self.housekeeping()
        return True

    def _launch(self, slot: _Slot) -> None:
        slot.child = self.starter.start(slot.plan)
        slot.started_at_s, slot.restart_at_s, slot.ready = self.now(), None, False

    def _look_after(self, slot: _Slot) -> bool:
        if slot.restart_at_s is not None:
            if self.now() >= slot.restart_at_s:
                self._launch(slot)
            return True
        code = slot.child.poll() if slot.child is not None else None
        if code is None or slot.child is None:
            return True
        decision = after_end(slot.history, self.now() - slot.started_at_s, code)
        self._tell_end(slot.plan.name, how_it_ended(code), decision, slot.child.log)
        if isinstance(decision, GiveUp):
            return False
        slot.history, slot.restart_at_s = decision.history, self.now() + decision.wait_s
        return True

    def _look_after_engines(self) -> bool:
        if self.engines is None or self.engines.alive():
            return True
        decision = after_end(self._engine_history, self.now() - self._engines_since_s)
        self._tell_end(ENGINES, "an engine is gone", decision, None)
        if isinstance(decision, GiveUp):
            return False
        self._engine_history = decision.history
        self.sleep(decision.wait_s)
        self.engines.revive()
        self._engines_since_s = self.now()
        return True

    def _tell_end(self, name: str, how: str, decision: Restart | GiveUp, log: Path | None) -> None:
        if isinstance(decision, Restart):
            self.say(f"{name}: {how}, starting it again in {decision.wait_s:g} s")
            return
        times = f", {decision.ends_in_a_row} times in a row" if decision.ends_in_a_row > 1 else ""
        self.say(f"{name}: {how}{times}. Ending the run.")
        if log is not None:
            self.say(f"  Its last lines ({log}):")
            for line in last_lines(log, _LOG_LINES):
                self.say(f"    {line[:300]}")

    def _ask_ready(self) -> None:
        waiting: list[str] = []
        for slot in self._slots:
            if slot.ready:
                continue
            problem = slot.child.why_not_ready() if slot.child is not None and slot.restart_at_s is None else "ended"
            slot.ready = problem is None
            if slot.ready and self._announced:
                self.say(f"{slot.plan.name}: ready again")
            if problem is not None:
                waiting.append(f"{slot.plan.name} ({problem})")
        if not waiting and not self._announced:
            self._announced = True
            self.on_ready()
        if waiting and self.now() - self._reminded_at_s > _REMIND_AFTER_S:
            self._reminded_at_s = self.now()
            self.say(f"still waiting for {', '.join(waiting)}")

    def _is_due(self, what: str, every_s: float) -> bool:
        if self.now() < self._due.get(what, 0.0):
            return False
        self._due[what] = self.now() + every_s
        return True


def how_it_ended(code: int) -> str:
    """An exit code in words; negative codes are signals."""
    return f"killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
