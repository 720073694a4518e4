"""The collector's command line: `python -m collector COMMAND`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

from contract.outcomes import Service
from pydantic import ValidationError
from runtime.clock import SystemClock
from runtime.logs import configure_logging
from runtime.retry import BusyError

from collector.adapters.registry_file import RegistryError, load_registry
from collector.app import PortTakenError, serve
from collector.cli_extract import ExtractCommand
from collector.cli_probe import Probe
from collector.cli_replay import NoArchiveError, archive_files, replay_to_kafka, replay_to_lines
from collector.cli_sources import list_sources
from collector.cli_web import WebPages, with_fetcher
from collector.settings import CollectorSettings, NoContactError


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
    again = commands.add_parser("replay", help="extract again from the raw archive, without the network")
    again.add_argument(
        "--from", dest="files", nargs="+", default=[], metavar="WARC", help="files; default: the whole archive"
    )
    again.add_argument(
        "--out",
        choices=["-", "kafka"],
        default="-",
        help="lines on standard output, or the topic (default: %(default)s)",
    )
    probe = commands.add_parser("probe", help="find and judge the feeds, sitemaps and listings of a site")
    probe.add_argument("url", metavar="URL")
    commands.add_parser("sources", help="list the sources of the registry and how each is")
    return parser


def _run(settings: CollectorSettings) -> int:
    configure_logging(Service.COLLECTOR, level=settings.log_level, format_=settings.log_format)
    registry = load_registry(settings.collector_registry)
    settings.require_contact(source.url for source in registry.enabled)
    asyncio.run(serve(settings, registry))
    return 0


def _extract(settings: CollectorSettings, options: argparse.Namespace) -> int:
    pages = WebPages(settings)
    try:
        return ExtractCommand(pages, sys.stdout, base_url=options.base_url, zone=options.zone).run(options.pages)
    finally:
        pages.close()


def _replay(settings: CollectorSettings, options: argparse.Namespace) -> int:
    files = archive_files(settings, options.files)
    return replay_to_kafka(settings, files) if options.out == "kafka" else replay_to_lines(settings, files, sys.stdout)


def _probe(settings: CollectorSettings, options: argparse.Namespace) -> int:
    settings.require_contact([options.url if "//" in options.url else f"https://{options.url}"])
    return with_fetcher(
        settings, lambda fetcher: Probe(fetcher, settings, clock=SystemClock(), out=sys.stdout).run(options.url)
    )


def _dispatch(settings: CollectorSettings, options: argparse.Namespace) -> int:
    match options.command:
        case "run":
            return _run(settings)
        case "extract":
            return _extract(settings, options)
        case "replay":
            return _replay(settings, options)
        case "probe":
            return _probe(settings, options)
        case _:
            return list_sources(settings, load_registry(settings.collector_registry), sys.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 2 for wrong settings, registry or port, 3 when a server is away."""
    options = _parser().parse_args(arguments)
    try:
        return _dispatch(CollectorSettings(), options)
    except (ValidationError, NoContactError, NoArchiveError, RegistryError, PortTakenError) as error:
        print(f"python -m collector {options.command}: {error}", file=sys.stderr)
        return 2
    except BusyError as error:
        print(f"python -m collector {options.command}: {error}", file=sys.stderr)
        return 3
    except BrokenPipeError:
        if options.command == "run":
            raise
        # Whoever read the lines (`head`, a pager) has seen enough; the interpreter must not flush into the pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
