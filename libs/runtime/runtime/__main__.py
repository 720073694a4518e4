"""What operators do by hand: `python -m runtime deadletter list|show|replay|discard`, `… topics create`."""

import argparse
import logging
import sys
from collections.abc import Sequence

from contract.topics import CARDS, dead_letter_card
from pydantic import ValidationError

from runtime.clock import SystemClock
from runtime.kafka import Publisher, create_topics
from runtime.letterbox import Action, LetterError, OpenLetter, by_error, choose, last_line, original_bytes, reader_of
from runtime.letterdesk import read_box, settle
from runtime.logs import configure_logging
from runtime.retry import BusyError
from runtime.settings import ServiceSettings

EXIT_FAILED = 1
EXIT_USAGE = 2
ACTIONS: dict[str, Action] = {"replay": "replayed", "discard": "discarded"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 1 when the broker is away or a letter could not be dealt with, 2 for a wrong request."""
    chosen = _parser().parse_args(arguments)
    try:
        settings = ServiceSettings()
        configure_logging("operator", level=settings.log_level, format_="console")
        # The command itself says when there is no broker, once and in words.
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        if chosen.area == "topics":
            return _create(settings)
        if chosen.command == "list":
            return _list(settings, chosen.topic)
        reader_of(chosen.topic)
        return _show(settings, chosen) if chosen.command == "show" else _settle(settings, chosen)
    except (ValidationError, LetterError) as error:
        print(f"runtime: {error}", file=sys.stderr)
        return EXIT_USAGE
    except BusyError as error:
        print(f"runtime: {error}", file=sys.stderr)
        return EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m runtime", description=__doc__)
    areas = parser.add_subparsers(dest="area", required=True)
    topics = areas.add_parser("topics", help="the topics of the cards").add_subparsers(dest="command", required=True)
    topics.add_parser("create", help="create those that do not exist")
    letters = areas.add_parser("deadletter", help="what could not be handled").add_subparsers(
        dest="command", required=True
    )
    for name, what in (
        ("list", "count open letters by error"),
        ("show", "print letters whole"),
        ("replay", "give messages back to the service that could not handle them, and to no other"),
        ("discard", "mark letters as dealt with, without another try"),
    ):
        command = letters.add_parser(name, help=what)
        command.add_argument(
            "--topic", required=name != "list", help="the dead letter, for example articles.routed.dead.search"
        )
        if name != "list":
            command.add_argument("--number", type=int, action="append", default=[], help="one letter; may be repeated")
            command.add_argument("--error", help="every letter with these words in its error")
            command.add_argument("--all", action="store_true", help="every open letter")
    return parser


def _create(settings: ServiceSettings) -> int:
    created = create_topics(settings, replication=settings.kafka_replication)
    for topic in created:
        print(f"created {topic}")
    print(f"{len(created)} topics created, the others were there")
    return 0


def _list(settings: ServiceSettings, topic: str | None) -> int:
    every = [dead_letter_card(card, reader).topic for card in CARDS for reader in card.readers]
    if topic is not None:
        reader_of(topic)
    for name in [topic] if topic else every:
        box = read_box(settings, name)
        print(f"{name}: {len(box.open)} open, {box.resolved} dealt with")
        for error, letters in by_error(box.open):
            first, last = letters[0].letter.died_at, letters[-1].letter.died_at
            numbers = ", ".join(str(one.number) for one in letters[:5]) + (" …" if len(letters) > 5 else "")
            print(f"  {len(letters):>5}  {error}")
            print(f"         {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC, numbers {numbers}")
        if box.unreadable:
            print(f"  {len(box.unreadable)} records are no letters, at {', '.join(map(str, box.unreadable[:5]))}")
    return 0


def _chosen(settings: ServiceSettings, chosen: argparse.Namespace) -> list[OpenLetter]:
    return choose(
        read_box(settings, chosen.topic).open, numbers=chosen.number, error=chosen.error, everything=chosen.all
    )


def _show(settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    for one in _chosen(settings, chosen):
        letter = one.letter
        print(f"letter {one.number}: {letter.stage}: {last_line(letter)}")
        print(f"  from {letter.topic}/{letter.partition}/{letter.offset}, key {letter.key}, service {letter.service}")
        print(f"  died {letter.died_at:%Y-%m-%d %H:%M:%S} UTC after {letter.attempts} tries")
        print(letter.detail)
        try:
            print(original_bytes(letter).decode("utf-8", "replace"))
        except LetterError as error:
            print(f"  {error}")
        print()
    return 0


def _settle(settings: ServiceSettings, chosen: argparse.Namespace) -> int:
    letters = _chosen(settings, chosen)
    publisher = Publisher(settings, client_id="deadletter")
    try:
        done, refused = settle(publisher, chosen.topic, letters, ACTIONS[chosen.command], SystemClock())
    finally:
        publisher.close()
    print(f"{done} letters {ACTIONS[chosen.command]}")
    for why in refused:
        print(why, file=sys.stderr)
    return EXIT_FAILED if refused else 0


if __name__ == "__main__":
    sys.exit(main())
