"""Command line of the router: `python -m router run` and `python -m router explain FILE`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from contract.codec import InvalidMessageError
from contract.gazetteer import GazetteerError, load_gazetteer
from contract.outcomes import Service
from pydantic import ValidationError
from runtime.clock import SystemClock
from runtime.logs import configure_logging

from router.adapters.rules_file import RulesFileError, load_rules
from router.app import run
from router.explain import explain
from router.settings import RouterSettings

EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 2 for wrong settings, rules or input."""
    parser = argparse.ArgumentParser(prog="python -m router", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="read articles.classified, write articles.routed and alerts.raised")
    told = commands.add_parser("explain", help="print assignments with reasons for ArticleClassified JSON lines")
    told.add_argument("file", type=Path, help="JSON lines, one ArticleClassified each; - for standard input")
    chosen = parser.parse_args(arguments)
    try:
        settings = RouterSettings()
        if chosen.command == "run":
            configure_logging(Service.ROUTER, level=settings.log_level, format_=settings.log_format)
            return run(settings)
        return _explain(chosen.file, settings)
    except (ValidationError, RulesFileError, GazetteerError, InvalidMessageError, OSError) as error:
        print(f"router: {error}", file=sys.stderr)
        return EXIT_USAGE


def _explain(file: Path, settings: RouterSettings) -> int:
    gazetteer = load_gazetteer()
    rules = load_rules(settings.router_rules_file, gazetteer)
    source = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    for line in explain(source.splitlines(), gazetteer, rules, SystemClock().now()):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
