"""Builds dead letters: where a message was, what went wrong, why, and the bytes themselves."""

import base64
import traceback
from datetime import datetime

from contract.messages import LetterDied
from contract.outcomes import Service

MAX_PAYLOAD_BYTES = 2_000_000
"""A topic takes no larger message, so in practice nothing is cut; a cut letter says so and cannot be replayed."""
MAX_DETAIL_CHARS = 8_000


def build_letter(
    *,
    topic: str,
    partition: int,
    offset: int,
    key: bytes | None,
    payload: bytes,
    service: Service,
    stage: str,
    error: BaseException,
    attempts: int,
    now: datetime,
) -> LetterDied:
    """Return the dead letter of one message. `stage` says what was being done: decode, handle, send, index."""
    detail = "".join(traceback.format_exception(error))
    return LetterDied(
        topic=topic,
        partition=partition,
        offset=offset,
        key=key.decode("utf-8", "replace")[:512] if key is not None else None,
        service=service,
        stage=stage,
        error=type(error).__name__[:200],
        detail=detail[-MAX_DETAIL_CHARS:],
        attempts=attempts,
        died_at=now,
        payload_b64=base64.b64encode(payload[:MAX_PAYLOAD_BYTES]).decode(),
        payload_bytes=len(payload),
        truncated=len(payload) > MAX_PAYLOAD_BYTES,
    )
