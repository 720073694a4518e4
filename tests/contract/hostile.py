"""Examples of the contract, and what a writer with a fault, or an odd newsroom, could make of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import contract
from contract.codec import MAX_MESSAGE_BYTES, MESSAGE_TYPES, decode
from contract.messages import ArticleClassified, ArticleCollected, ArticleRouted, Message
from contract.topics import TopicCard

EXAMPLES = Path(contract.__file__).parent / "examples"
BY_NAME = {kind.__name__: kind for kind in MESSAGE_TYPES.values()}

ODD_TEXTS = {
    "empty": "",
    "spaces": " \n\n\t ",
    "nul": "Dinkes Jatim\x00 dikeluhkan",
    "emoji": "🚑 RSUD Dr. Soetomo 👩‍⚕️ antre 🏥",
    "one-word-of-100-kB": "a" * 100_000,
    "1,000-short-paragraphs": "Dinkes Jatim.\n\n" * 1_000,
    "no-sentence-end": "Dinkes Jatim " * 300,
    "more-mentions-than-a-message-holds": "Dinkes Jatim dikeluhkan warga. " * 5_000,
    "arabic": "وزارة الصحة في جاوة الشرقية",
    "combining-marks": "Dinkes Jatim" + "\u0301" * 500,
}


def examples(card: TopicCard) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every example of the topic's message."""
    for path in sorted((EXAMPLES / card.message.__name__).glob("*.json")):
        yield path.stem, path.read_bytes()


def odd(card: TopicCard) -> Iterator[tuple[str, Message]]:
    """Yield valid messages that nobody expects: odd texts, spans beyond the text, ids nobody knows."""
    for name, data in examples(card):
        message = decode(data, BY_NAME[card.message.__name__])
        if not isinstance(message, ArticleCollected | ArticleClassified | ArticleRouted):
            continue
        for odd_name, text in ODD_TEXTS.items():
            if len(text.encode()) < MAX_MESSAGE_BYTES / 2:
                yield f"{name}, text {odd_name}", _with_article(message, {"text": text})
        yield f"{name}, title of one character", _with_article(message, {"title": "-"})
        yield f"{name}, own site of nobody", _with_article(message, {"own_of": "tidak-ada"})
        if not isinstance(message, ArticleCollected):
            yield f"{name}, ids nobody knows", _with_mentions(message, {"entity_id": "tidak-ada"})
            yield f"{name}, spans beyond the text", _with_mentions(message, {"start": 10**9, "end": 10**9 + 5})
            yield (
                f"{name}, spans in the wrong field",
                _with_mentions(message, {"field": "title", "start": 900, "end": 901}),
            )
            yield f"{name}, no mention", _changed(message, {"reading": _changed(message.reading, {"mentions": ()})})


def _with_article(message: Any, changes: dict[str, object]) -> Any:
    return _changed(message, {"article": _changed(message.article, changes)})


def _with_mentions(message: Any, changes: dict[str, object]) -> Any:
    mentions = tuple(_changed(one, changes) for one in message.reading.mentions)
    return _changed(message, {"reading": _changed(message.reading, {"mentions": mentions})})


def _changed(model: Any, changes: dict[str, object]) -> Any:
    """Return a valid copy: unlike `model_copy`, this validates."""
    return type(model).model_validate({**{name: getattr(model, name) for name in type(model).model_fields}, **changes})
