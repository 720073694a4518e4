"""Bytes to messages and back: JSON, UTF-8, one object, with its `type` and `version` inside."""

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from contract.messages import (
    AlertRaised,
    ArticleClassified,
    ArticleCollected,
    ArticleCorrected,
    ArticleDisposed,
    ArticleGrouped,
    ArticleRouted,
    ArticleVanished,
    LetterDied,
    Message,
)

M = TypeVar("M", bound=BaseModel)

MAX_MESSAGE_BYTES = 1_000_000
"""Above this a message is refused by the codec. The longest text that a message may carry stays below it, and
the topics' own limit (`max.message.bytes`) lies a little higher."""

MAX_LETTER_BYTES = 3_500_000
"""A dead letter carries a whole message of up to 2 MB as base64, and the error's text."""

MESSAGE_TYPES: dict[tuple[str, int], type[Message]] = {
    (cls.model_fields["type"].default, cls.model_fields["version"].default): cls
    for cls in (
        ArticleCollected,
        ArticleClassified,
        ArticleRouted,
        ArticleCorrected,
        ArticleGrouped,
        ArticleVanished,
        AlertRaised,
        ArticleDisposed,
        LetterDied,
    )
}


class InvalidMessageError(ValueError):
    """The bytes are no message of this contract; they will never be one, so a retry is useless."""


def _max_bytes(kind: type[BaseModel]) -> int:
    return MAX_LETTER_BYTES if kind is LetterDied else MAX_MESSAGE_BYTES


def encode(message: Message) -> bytes:
    """Return the message as UTF-8 JSON.

    Raises InvalidMessageError when it is larger than its type may be, before any broker sees it.
    """
    data = message.model_dump_json(exclude_none=True).encode()
    limit = _max_bytes(type(message))
    if len(data) > limit:
        raise InvalidMessageError(f"{type(message).__name__} has {len(data)} bytes, more than {limit}")
    return data


def decode(data: bytes | None, expected: type[M]) -> M:
    """Return the message in `data`, which must be of the expected class.

    Raises InvalidMessageError saying what is wrong and where: empty, too large, not JSON, another type or
    version, a field that does not validate.
    """
    if not data:
        raise InvalidMessageError("the message is empty")
    if len(data) > _max_bytes(expected):
        raise InvalidMessageError(f"the message has {len(data)} bytes, more than {_max_bytes(expected)}")
    try:
        raw: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidMessageError(f"the message is not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise InvalidMessageError("the message is not a JSON object")
    found = MESSAGE_TYPES.get((str(raw.get("type")), raw["version"] if isinstance(raw.get("version"), int) else -1))
    if found is not expected:
        raise InvalidMessageError(
            f"expected {expected.__name__}, found type {raw.get('type')!r} version {raw.get('version')!r}"[:300]
        )
    try:
        return expected.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidMessageError(
            f"{expected.__name__} does not validate in {error.error_count()} places, first {where}: {first['msg']}"
        ) from error
