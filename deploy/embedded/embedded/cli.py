"""Arguments of `python -m embedded` and what each command prints."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from embedded.errors import EmbeddedError
from embedded.install import install
from embedded.jars import resolve_group
from embedded.layout import EnginesLayout
from embedded.lockfile import JarGroup, read_lock, write_lock
from embedded.ports import Ports
from embedded.settings import EmbeddedSettings
from embedded.stack import Stack, StackOptions, make_stack

_EXIT_PROBLEM = 1
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
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser
    add("install", parents=[shared], help="download and verify the engines").add_argument(
        "--force", action="store_true"
    )
    add("up", parents=[shared], help="start both engines and wait until they answer")
    add("down", parents=[shared], help="stop both engines; data stays")
    add("status", parents=[shared], help="tell what runs; exit code 3 when not everything does")
    add("wipe", parents=[shared], help="stop and remove all data").add_argument("--yes", action="store_true")
    add("relock", parents=[shared], help="resolve the jars anew and write jars.lock.toml")
    return parser


def settings_of(arguments: argparse.Namespace) -> EmbeddedSettings:
    """Settings from the environment, overridden by what the command line names."""
    names = ("home", "kafka_port", "kafka_controller_port", "elastic_port", "elastic_transport_port")
    given = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    return EmbeddedSettings().model_copy(update=given)


def stack_of(settings: EmbeddedSettings) -> Stack:
    options = StackOptions(
        kafka_heap_mb=settings.kafka_heap_mb,
        elastic_heap_mb=settings.elastic_heap_mb,
        start_timeout_s=settings.start_timeout_s,
    )
    ports: Ports = settings.ports()
    return make_stack(settings.home, None, ports, options, say)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        return run_command(arguments)
    except EmbeddedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return _EXIT_PROBLEM
    except KeyboardInterrupt:
        return 130


def run_command(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    stack = stack_of(settings)
    match arguments.command:
        case "install":
            if not install(stack.installed, say, force=arguments.force):
                say("engines are already installed")
        case "up":
            say_up(stack, started=stack.start())
        case "down":
            say("engines stopped" if stack.stop() else "engines were not running")
        case "status":
            return say_status(stack)
        case "wipe":
            return wipe(stack, sure=arguments.yes)
        case "relock":
            return relock(stack.installed)
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
