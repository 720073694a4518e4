"""Command line: `python -m search index`, `api`, `stories`, `reindex`, `corrections`, `templates`."""

import argparse
import json
import logging
import sys
from pathlib import Path

from contract.outcomes import Service
from pydantic import ValidationError
from runtime.logs import configure_logging
from runtime.retry import TooManyDeadLettersError
from runtime.shutdown import Shutdown

from search import app
from search.settings import SearchSettings

logger = logging.getLogger(__name__)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m search", description="Makes routed articles searchable.")
    commands = made.add_subparsers(dest="command", required=True)
    commands.add_parser("index", help="read the topics and write the indices, until SIGTERM")
    commands.add_parser("api", help="serve the API and the search page, until SIGTERM")
    stories = commands.add_parser("stories", help="find near-copies and stories among articles, until SIGTERM")
    stories.add_argument("--rebuild", action="store_true", help="make all stories anew from the indexed articles; end")
    reindex = commands.add_parser("reindex", help="build article indices anew beside the old ones, then swap")
    reindex.add_argument("--month", action="append", metavar="YYYY.MM", help="only this month; may be repeated")
    reindex.add_argument("--keep-old", action="store_true", help="leave the old indices in place, out of the aliases")
    corrections = commands.add_parser("corrections", help="write what people's corrections teach, as JSON lines")
    corrections.add_argument("--out", type=Path, required=True, metavar="FILE", help="for the classifier's training")
    commands.add_parser("templates", help="print the index templates as JSON")
    return made


def main() -> int:
    arguments = parser().parse_args()
    try:
        settings = SearchSettings()
    except ValidationError as error:
        print(f"a setting is wrong:\n{error}", file=sys.stderr)
        return 2
    if arguments.command == "templates":
        print(json.dumps(app.index_templates(settings), indent=2, ensure_ascii=False))
        return 0
    service = Service.STORIES if arguments.command == "stories" else Service.SEARCH
    configure_logging(service, level=settings.log_level, format_=settings.log_format)
    try:
        return run(arguments, settings)
    except TooManyDeadLettersError as error:
        logger.critical("%s", error)
        return 1


def run(arguments: argparse.Namespace, settings: SearchSettings) -> int:
    """Run a command and return its exit code. Raises TooManyDeadLettersError when one message after another fails."""
    if arguments.command == "reindex":
        return app.run_reindex(settings, months=arguments.month, keep_old=arguments.keep_old)
    if arguments.command == "corrections":
        return app.run_export(settings, arguments.out)
    if arguments.command == "stories":
        # Its libraries (NumPy, SciPy) are no use to the other commands and take half a second to load.
        from search.stories import app as stories  # noqa: PLC0415

        if arguments.rebuild:
            return stories.run_rebuild(settings)
        stories.run_stories(settings, Shutdown().install())
    elif arguments.command == "api":
        app.run_api(settings)
    else:
        app.run_indexer(settings, Shutdown().install())
    return 0


if __name__ == "__main__":
    sys.exit(main())
