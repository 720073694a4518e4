"""Renders what is derived from the code: the JSON Schema of each message, and the page of topics.

Both are committed, so that a reader in another language, and a reviewer, sees a change of the contract; a test and
`--check` refuse a copy that is not current.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from contract.codec import MESSAGE_TYPES
from contract.messages import Message
from contract.topics import CARDS, DAY_MS, TopicCard, all_cards

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Document:
    """A file that is derived from the code: its path below the place where its kind lies, and its text."""

    path: str
    text: str


def schema_documents() -> tuple[Document, ...]:
    """Return one JSON Schema per message and version, for `contract/schemas`."""
    return tuple(
        Document(f"{kind.__name__}.v{version}.json", schema_text(kind)) for (_, version), kind in MESSAGE_TYPES.items()
    )


def schema_text(kind: type[Message]) -> str:
    """Return the JSON Schema of what a reader accepts."""
    schema = {"$schema": SCHEMA_DIALECT, **kind.model_json_schema(mode="validation")}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def topics_document() -> Document:
    """Return the page of topics, for `docs`."""
    lines = [
        "# Topics",
        "",
        "Generated from the topic cards (`libs/contract/contract/topics.py`) by",
        "`python -m contract topics --write`; a test refuses a page that is not current. Every name gets the prefix",
        "`PANTAU_NAMESPACE`. Values are UTF-8 JSON (schemas and examples in `libs/contract/contract`),",
        "keys the article's id, so that all of an article is on one partition.",
        "",
        *_table(CARDS),
        "",
        *(line for card in CARDS for line in _described(card)),
        "## Retry topics and dead letters",
        "",
        "Each reader of a topic has a retry topic, where it parks what it cannot handle now (headers `pantau-attempt`",
        "and `pantau-not-before`), and a dead letter for what it can never handle (`LetterDied`, with the original",
        "bytes inside; `python -m runtime deadletter` lists, shows, replays and discards them).",
        "",
        *_table(card for card in all_cards() if card not in CARDS),
    ]
    return Document("topics.md", "\n".join(lines) + "\n")


def _table(cards: Iterable[TopicCard]) -> list[str]:
    return [
        "| topic | message | written by | read by | partitions | kept | largest message |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| `{card.topic}` | {card.message.__name__} | {card.writer} | {', '.join(card.readers) or 'a person'} "
            f"| {card.partitions} | {card.retention_ms // DAY_MS} days | {card.max_message_bytes / 1e6:g} MB |"
            for card in cards
        ),
    ]


def _described(card: TopicCard) -> list[str]:
    return [f"## {card.topic}", "", f"{card.purpose} Key: `{card.key}`. Cleanup: {card.cleanup_policy}.", ""]


def write(documents: Iterable[Document], folder: Path) -> list[str]:
    """Write those that differ and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    stale = outdated(documents := tuple(documents), folder)
    for document in documents:
        if document.path in stale:
            (folder / document.path).write_text(document.text, encoding="utf-8")
    return stale


def outdated(documents: Iterable[Document], folder: Path) -> list[str]:
    """Return the paths of the documents whose copy in the folder is missing or not current."""
    return [one.path for one in documents if _on_disk(folder / one.path) != one.text]


def _on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
