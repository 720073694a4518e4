"""Cursors: where a search goes on. Opaque and signed, and bound to the search they belong to."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from search.domain.problems import InvalidCursorError

VERSION = 1
MAX_CHARS = 4_000
_SIGNATURE_BYTES = 12


@dataclass(frozen=True)
class Cursor:
    """The sort values of the last item seen, and for a search by relevance the point in time it looks at."""

    after: tuple[Any, ...]
    fingerprint: str
    pit: str | None = None


def fingerprint(parts: dict[str, Any]) -> str:
    """Return a short hash of what a search asks for; the page size is no part of it."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _signature(payload: bytes, key: bytes) -> bytes:
    return hmac.new(key, payload, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def encode(cursor: Cursor, key: bytes) -> str:
    """Return the cursor as text for an address."""
    body: dict[str, Any] = {"v": VERSION, "f": cursor.fingerprint, "a": list(cursor.after)}
    if cursor.pit is not None:
        body["p"] = cursor.pit
    payload = json.dumps(body, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_signature(payload, key) + payload).decode().rstrip("=")


def decode(text: str, key: bytes, *, expected: str) -> Cursor:
    """Return the cursor in `text`, which must belong to the search with the fingerprint `expected`.

    Raises InvalidCursorError for what is not ours, was changed, or belongs to another search.
    """
    if len(text) > MAX_CHARS:
        raise InvalidCursorError("Kursor terlalu panjang.")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidCursorError("Kursor tidak terbaca.") from error
    signature, payload = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(payload, key)):
        raise InvalidCursorError("Kursor tidak dikenal atau telah diubah.")
    body = json.loads(payload)
    if body["v"] != VERSION:
        raise InvalidCursorError("Kursor dari versi lama.")
    if body["f"] != expected:
        raise InvalidCursorError("Kursor milik pencarian lain: saringan, kata kunci, atau urutannya berbeda.")
    return Cursor(tuple(body["a"]), body["f"], body.get("p"))
