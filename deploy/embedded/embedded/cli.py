"""Arguments of `python -m embedded` and what each command prints."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pydantic import ValidationError

from embedded import process
from embedded.children import memory_mb, why_not_ready
from embedded.doctor import examine
from embedded.errors import EmbeddedError
from embedded.install import install
from embedded.jars import resolve_group
from embedded.layout import EnginesLayout
from embedded.lockfile import JarGroup, read_lock, write_lock
from embedded.plan import SERVICES
from embedded.ports import LOOPBACK
from embedded.process import RunRecord
from embedded.run import RunOptions, run, stop_supervisor
from embedded.settings import EmbeddedSettings, repository
from embedded.stack import Stack, StackOptions, make_stack

_EXIT_PROBLEM = 1
_EXIT_USAGE = 2
_EXIT_NOT_RUNNING = 3


def say(line: str) -> None:
    """One progress line, seen at once also when the output is a pipe."""
    print(line, flush=True)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embedded", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", type=Path, help="folder of engines, data and logs (PANTAU_HOME)")
    shared.add_argument("--kafka-port", type=int)
    shared.add_argument("--kafka-controller-port", type=int)
    shared.add_argument("--elastic-port", type=int)
    shared.add_argument("--elastic-transport-port", type=int)
    shared.add_argument("--port-offset", type=int, default=0, help="add this to every port, and keep data apart")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser
    add("install", parents=[shared], help="download and verify the engines").add_argument(
        "--force", action="store_true"
    )
    add("up", parents=[shared], help="start both engines and wait until they answer")
    add("down", parents=[shared], help="stop both engines; data stays")
    add("status", parents=[shared], help="tell what runs; exit code 3 when not everything does")
    add("wipe", parents=[shared], help="stop and remove all data").add_argument("--yes", action="store_true")
    add("doctor", parents=[shared], help="say what is missing on this machine and how to mend it")
    run = add("run", parents=[shared], help="start everything, keep it going, end it on Ctrl-C")
    run.add_argument("--only", type=_names, help="only these services, separated by commas")
    run.add_argument("--no-newsroom", action="store_true", help="without the sample newsroom")
    run.add_argument("--newsroom-speed", type=_positive, default=1.0, help="how fast the sample newsroom's time runs")
    run.add_argument("--no-engines", action="store_true", help="use the servers that the PANTAU_ settings name")
    run.add_argument("--sources", type=Path, help="source registry of the collector")
    add("relock", parents=[shared], help="resolve the jars anew and write jars.lock.toml")
    return parser


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return number


def settings_of(arguments: argparse.Namespace) -> EmbeddedSettings:
    """Settings from the environment, overridden by what the command line names."""
    names = ("home", "kafka_port", "kafka_controller_port", "elastic_port", "elastic_transport_port")
    given = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    return EmbeddedSettings().model_copy(update=given)


def stack_of(settings: EmbeddedSettings, port_offset: int) -> Stack:
    """The stack; with an offset, everything but the installed engines lives in a folder of its own."""
    options = StackOptions(
        kafka_heap_mb=settings.kafka_heap_mb,
        elastic_heap_mb=settings.elastic_heap_mb,
        start_timeout_s=settings.embedded_start_timeout_s,
    )
    folder = settings.home / f"run-{port_offset}" if port_offset else None
    return make_stack(settings.home, folder, settings.ports().shifted(port_offset), options, say)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        return run_command(arguments)
    except EmbeddedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return _EXIT_PROBLEM
    except ValidationError as problem:
        for flaw in problem.errors():
            name = "_".join(str(part) for part in flaw["loc"]).upper()
            print(f"error: PANTAU_{name}: {flaw['msg'][:1].lower()}{flaw['msg'][1:]}", file=sys.stderr)
        print("  What to do: mend the setting (docs/configuration.md tells what each takes)", file=sys.stderr)
        return _EXIT_USAGE
    except KeyboardInterrupt:
        return 130


def run_command(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    stack = stack_of(settings, arguments.port_offset)
    match arguments.command:
        case "install":
            if not install(stack.installed, say, force=arguments.force):
                say("engines are already installed")
        case "up":
            say_up(stack, started=stack.start())
        case "down":
            ended = stop_supervisor(stack.run, say)
            say("stopped" if stack.stop() or ended else "nothing was running")
        case "status":
            return say_status(stack)
        case "wipe":
            return wipe(stack, sure=arguments.yes)
        case "relock":
            return relock(stack.installed)
        case "doctor":
            return say_doctor(stack, arguments.port_offset)
        case "run":
            return run_all(settings, stack, arguments)
    return 0


def say_up(stack: Stack, *, started: bool) -> None:
    say("engines are up" if started else "engines were already up")
    say(f"  Kafka          {stack.kafka_bootstrap}")
    say(f"  Elasticsearch  {stack.elastic_url}")
    say(f"  logs           {stack.run.logs}")


def say_status(stack: Stack) -> int:
    rows = stack.status()
    for row in rows:
        state = "ready" if row.problem is None else row.problem
        where = f"process {row.pid}, {row.rss_mb} MB" if row.pid is not None else "-"
        say(f"{row.name:14} port {row.port:<6} {state:30} {where}")
    services = [(card, process.find(RunRecord.load(stack.run.record(card.name)))) for card in SERVICES]
    for card, found in services:
        if found is None:
            continue
        record = RunRecord.load(stack.run.record(card.name))
        port = record.ports[0] if record is not None and record.ports else card.port
        problem = why_not_ready(f"http://{LOOPBACK}:{port}/health/ready")
        say(f"{card.name:14} port {port:<6} {problem or 'ready':30} process {found.pid}, {memory_mb([found.pid])} MB")
    return 0 if all(row.problem is None for row in rows) else _EXIT_NOT_RUNNING


def wipe(stack: Stack, *, sure: bool) -> int:
    folders = [stack.run.data, stack.run.logs, stack.run.run]
    if not sure:
        say("This removes all messages, articles and logs in:")
        for folder in folders:
            say(f"  {folder}")
        if not sys.stdin.isatty():
            say("nothing removed: say --yes when no one can be asked")
            return _EXIT_PROBLEM
        if input("Remove them? [y/N] ").strip().lower() not in {"y", "yes", "ya"}:
            say("nothing removed")
            return _EXIT_PROBLEM
    stop_supervisor(stack.run, say)
    stack.wipe()
    say("data, logs and run state removed; the installed engines stay")
    return 0


def relock(engines: EnginesLayout) -> int:
    """Write the lock anew and tell what changed."""
    before = {jar.coordinate: jar.sha256 for jar in read_lock()}
    jars = tuple(jar for group in JarGroup for jar in resolve_group(group, engines.downloads))
    write_lock(jars)
    after = {jar.coordinate: jar.sha256 for jar in jars}
    for coordinate in sorted(before.keys() | after.keys()):
        if before.get(coordinate) != after.get(coordinate):
            kind = "new" if coordinate not in before else "gone" if coordinate not in after else "CHANGED BYTES"
            say(f"  {kind:13} {coordinate}")
    say(f"{len(jars)} jars locked")
    return 0


def say_doctor(stack: Stack, port_offset: int) -> int:
    """Print every finding; the exit code is 1 when something has to be mended before a run."""
    findings = examine(stack, port_offset)
    for finding in findings:
        mark = "ok" if finding.remedy is None else "!!"
        say(f"{mark}  {finding.what:12} {finding.seen}")
        if finding.remedy is not None:
            say(f"    {'':12} -> {finding.remedy}")
    return _EXIT_PROBLEM if any(finding.remedy is not None for finding in findings) else 0


def run_all(settings: EmbeddedSettings, stack: Stack, arguments: argparse.Namespace) -> int:
    """`run`: with the sources of the sample newsroom unless others are named."""
    sources = arguments.sources or settings.collector_registry or repository() / "config" / "sources.contoh.yaml"
    options = RunOptions(
        folder=repository(),
        only=arguments.only,
        newsroom=not arguments.no_newsroom,
        newsroom_speed=arguments.newsroom_speed,
        engines=not arguments.no_engines,
        port_offset=arguments.port_offset,
        sources=sources,
    )
    return run(stack, options, say)
