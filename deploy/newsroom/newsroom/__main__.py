"""Command line: serve the newsroom, or check its articles."""

import argparse
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import FrameType

import uvicorn
from contract.gazetteer import load_gazetteer

from newsroom.app import build_app
from newsroom.edition import Edition
from newsroom.loader import FaultyArticlesError, KnownIds, load_articles
from newsroom.outlets import Outlet
from newsroom.schedule import Pace

DEFAULT_PORT = 18_080
SHUTDOWN_S = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 after a clean end, 2 when the articles are faulty, 3 when a port is taken."""
    options = parse_options(argv)
    try:
        articles = load_articles(known=known_ids())
    except FaultyArticlesError as errors:
        print(f"{len(errors.problems)} fault(s) in the sample articles:", file=sys.stderr)
        for problem in errors.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    if options.command == "check":
        print(f"{len(articles)} articles are in order")
        return 0
    pace = Pace((options.start_at or datetime.now(UTC)).replace(microsecond=0), options.speed, options.seed)
    return serve(Edition(articles, pace), options.host, options.public_host or options.host, options.ports)


def serve(edition: Edition, host: str, public_host: str, ports: Mapping[Outlet, int]) -> int:
    """Serves all outlets from one process until SIGTERM or SIGINT."""
    sockets: list[socket.socket] = []
    for port in ports.values():
        try:
            sockets.append(_listen(host, port))
        except OSError as error:
            _close(sockets)
            print(f"cannot listen on {host}:{port}: {error.strerror}. Choose other --port or --ports.", file=sys.stderr)
            return 3
    app = build_app(edition, host=public_host, ports=ports, clock=lambda: datetime.now(UTC))
    for outlet, port in ports.items():
        print(f"{outlet}: http://{public_host}:{port}/", flush=True)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=SHUTDOWN_S, server_header=False
    )
    # uvicorn closes everything and then raises the signal again, for the handler that stood here before.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end_cleanly)
    try:
        uvicorn.Server(config).run(sockets=sockets)
    finally:
        _close(sockets)
    return 0


def _end_cleanly(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def known_ids() -> KnownIds:
    """The ids that expectations may use: OPD, provincial units and regions of the gazetteer."""
    gazetteer = load_gazetteer()
    bodies = {*gazetteer.opd_by_id, *(unit.id for unit in gazetteer.provincial_units)}
    return KnownIds(frozenset(bodies), frozenset(gazetteer.region_by_id))


def parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    """The options; ``ports`` becomes a mapping from outlet to port."""
    parser = argparse.ArgumentParser(prog="python -m newsroom", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("serve", "check"), default="serve")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--public-host", help="host name in the printed links; default: --host")
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="port of the first outlet; the others take the next"
    )
    parser.add_argument("--ports", type=_ports, help="one port for each outlet, e.g. 18080,18081,18082,18083")
    parser.add_argument("--speed", type=_positive, default=1.0, help="how fast newsroom time runs after the start")
    parser.add_argument("--seed", type=int, default=1, help="decides the order of new articles")
    parser.add_argument("--start-at", type=_moment, help="ISO time at which the newsroom opened; default: now")
    options = parser.parse_args(argv)
    numbers = options.ports or [options.port + offset for offset in range(len(Outlet))]
    options.ports = dict(zip(Outlet, numbers, strict=True))
    return options


def _ports(text: str) -> list[int]:
    numbers = [int(part) for part in text.split(",")]
    if len(set(numbers)) != len(Outlet):
        raise argparse.ArgumentTypeError(f"give {len(Outlet)} different ports, separated by commas")
    return numbers


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the zone is missing, e.g. 2026-11-24T09:15:00+07:00")
    return moment


def _listen(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(128)
    except OSError:
        opened.close()
        raise
    return opened


def _close(sockets: Sequence[socket.socket]) -> None:
    for opened in sockets:
        opened.close()


if __name__ == "__main__":
    sys.exit(main())
