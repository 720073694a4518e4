"""The supervisor with processes, engines and a clock of paper."""

from dataclasses import dataclass, field
from pathlib import Path

from embedded.plan import ProcessPlan
from embedded.supervisor import Supervisor, how_it_ended


def named(name: str) -> ProcessPlan:
    return ProcessPlan(name, ("python", "-m", name), {}, (1,))


@dataclass
class PaperChild:
    plan: ProcessPlan
    log: Path = Path("/nowhere.log")
    code: int | None = None
    problem: str | None = None

    def poll(self) -> int | None:
        return self.code

    def why_not_ready(self) -> str | None:
        return self.problem


@dataclass
class PaperWorld:
    """Everything a supervisor touches."""

    at_s: float = 0.0
    started: list[PaperChild] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    announced: int = 0
    engines_alive: bool = True
    revived: int = 0
    every_child_ends: bool = False
    problem: str | None = None

    def start(self, plan: ProcessPlan) -> PaperChild:
        child = PaperChild(plan, code=1 if self.every_child_ends else None, problem=self.problem)
        self.started.append(child)
        return child

    def alive(self) -> bool:
        return self.engines_alive

    def revive(self) -> None:
        self.revived += 1
        self.engines_alive = True

    def sleep(self, seconds: float) -> None:
        self.at_s += seconds

    def announce(self) -> None:
        self.announced += 1

    def supervisor(self, *names: str) -> Supervisor:
        made = Supervisor(self, self, lambda: self.at_s, self.sleep, self.said.append, self.announce)
        made.start([named(name) for name in names])
        return made

    def let_pass(self, supervisor: Supervisor, seconds: float) -> bool:
        until = self.at_s + seconds
        while self.at_s < until:
            if not supervisor.tick():
                return False
            self.sleep(0.25)
        return True


def test_processes_start_in_the_given_order():
    world = PaperWorld()
    world.supervisor("a", "b", "c")
    assert [child.plan.name for child in world.started] == ["a", "b", "c"]


def test_readiness_is_announced_once_when_all_are_ready():
    world = PaperWorld(problem="starting")
    supervisor = world.supervisor("a", "b")
    world.let_pass(supervisor, 2)
    assert world.announced == 0
    for child in world.started:
        child.problem = None
    world.let_pass(supervisor, 5)
    assert world.announced == 1


def test_a_killed_process_is_started_again_after_its_pause():
    world = PaperWorld()
    supervisor = world.supervisor("a", "b")
    world.let_pass(supervisor, 2)
    world.started[0].code = -9
    assert supervisor.tick()
    assert len(world.started) == 2
    world.let_pass(supervisor, 2)
    assert [child.plan.name for child in world.started] == ["a", "b", "a"]
    assert world.said == ["a: killed by signal 9, starting it again in 0.5 s", "a: ready again"]


def test_a_process_with_a_wrong_setting_ends_the_run_at_once():
    world = PaperWorld()
    supervisor = world.supervisor("a")
    world.started[0].code = 2
    assert not supervisor.tick()
    assert world.said[0] == "a: ended with exit code 2. Ending the run."


def test_the_run_ends_when_a_process_ends_again_and_again():
    world = PaperWorld(every_child_ends=True)
    assert world.let_pass(world.supervisor("a"), 600) is False
    assert len(world.started) == 6
    assert world.said[-1] == "  Its last lines (/nowhere.log):"
    assert world.said[-2] == "a: ended with exit code 1, 6 times in a row. Ending the run."


def test_an_engine_that_is_gone_is_revived():
    world = PaperWorld()
    supervisor = world.supervisor("a")
    world.let_pass(supervisor, 3)
    world.engines_alive = False
    world.let_pass(supervisor, 5)
    assert (world.revived, len(world.started)) == (1, 1)


def test_processes_that_stay_unready_are_named_after_a_minute():
    world = PaperWorld(problem="kafka: no broker")
    world.let_pass(world.supervisor("a"), 130)
    assert world.said == ["still waiting for a (kafka: no broker)"] * 2


def test_the_newest_children_are_the_ones_to_be_ended():
    world = PaperWorld()
    supervisor = world.supervisor("a", "b")
    world.started[0].code = 1
    world.let_pass(supervisor, 2)
    assert supervisor.children() == [world.started[2], world.started[1]]


def test_an_exit_code_is_put_into_words():
    assert how_it_ended(3) == "ended with exit code 3"
