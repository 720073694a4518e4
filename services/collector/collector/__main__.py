"""The collector's command line: `python -m collector COMMAND`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from contract.outcomes import Service
from pydantic import ValidationError
from runtime.logs import configure_logging

from collector.adapters.registry_file import RegistryError, load_registry
from collector.app import serve
from collector.cli_extract import ExtractCommand
from collector.cli_web import WebPages
from collector.settings import CollectorSettings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m collector", description="From news sources to collected articles.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="poll the sources of the registry until SIGTERM or SIGINT")
    extract = commands.add_parser(
        "extract",
        help="print one JSON object per page",
        description="Articles of saved pages (also .gz) or addresses. The exit code is 1 when any page is no article.",
    )
    extract.add_argument("pages", nargs="+", metavar="FILE-OR-URL")
    extract.add_argument(
        "--base-url", metavar="URL", help="the address a file came from; else the page's own canonical"
    )
    extract.add_argument(
        "--zone", default="Asia/Jakarta", help="time zone of dates that name none (default: %(default)s)"
    )
    return parser


def _run(settings: CollectorSettings) -> int:
    configure_logging(Service.COLLECTOR, level=settings.log_level, format_=settings.log_format)
    registry = load_registry(settings.collector_registry)
    asyncio.run(serve(settings, registry))
    return 0


def _extract(settings: CollectorSettings, options: argparse.Namespace) -> int:
    pages = WebPages(settings)
    try:
        return ExtractCommand(pages, sys.stdout, base_url=options.base_url, zone=options.zone).run(options.pages)
    finally:
        pages.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 2 for wrong settings or a wrong registry."""
    options = _parser().parse_args(arguments)
    try:
        settings = CollectorSettings()
        if options.command == "run":
            return _run(settings)
        return _extract(settings, options)
    except (ValidationError, RegistryError) as error:
        print(f"python -m collector {options.command}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
