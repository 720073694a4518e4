"""The collector's command line: `python -m collector COMMAND`."""

import argparse
import sys
from collections.abc import Sequence

from collector.cli_extract import ExtractCommand, FetchedPage, PageFetchError


def _fetch(url: str) -> FetchedPage:
    raise PageFetchError("not_fetched", f"this build reads files only; save the page and pass the file: {url}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m collector", description="From news sources to collected articles.")
    commands = parser.add_subparsers(dest="command", required=True)
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    options = _parser().parse_args(arguments)
    return ExtractCommand(_fetch, sys.stdout, base_url=options.base_url, zone=options.zone).run(options.pages)


if __name__ == "__main__":
    sys.exit(main())
