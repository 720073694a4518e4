"""From bytes to text: which charset a page is really in, and what cannot be a page at all.

The order of trust is the one browsers use (byte order mark, then the HTTP header, then the page's own declaration),
except that a declaration which the bytes contradict loses: many Indonesian pages say iso-8859-1 and are UTF-8.
"""

import codecs
import re

from charset_normalizer import from_bytes

MAX_BYTES = 4_000_000
"""Largest page that is read. The largest of the 37 real pages it was tried on has 0.3 MB."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_.:-]{2,40})""")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)
_SINGLE_BYTE = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DECLARATION_BYTES = 4_096
_SNIFF_BYTES = 200_000


def _known(label: str | None) -> str | None:
    """Return the codec's own name, or None for a charset Python does not know or that is no text."""
    if not label:
        return None
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name in {"hex", "base64", "zlib", "bz2", "rot13", "quopri", "uu", "idna", "punycode", "unicode_escape"}:
        return None
    return "cp1252" if name in _SINGLE_BYTE else name


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _guessed(raw: bytes) -> str:
    best = from_bytes(raw[:_SNIFF_BYTES]).best()
    encoding = _known(best.encoding) if best is not None else None
    return raw.decode(encoding or "utf-8", errors="replace")


def decode(raw: bytes, content_type: str | None) -> str:
    """Return the page as text without NUL and other characters that XML forbids; never fails.

    UTF-8 is tried before a declared charset, because bytes that are valid UTF-8 with non-ASCII letters are hardly
    ever anything else.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _FORBIDDEN.sub("", raw[len(bom) :].decode(encoding, errors="replace"))
    header = _HEADER.search(content_type or "")
    declared = _DECLARED.search(raw[:_DECLARATION_BYTES]) or _XML_DECLARED.search(raw[:_DECLARATION_BYTES])
    labels = (header.group(1) if header else None, declared.group(1).decode("ascii") if declared else None)
    tried = ["utf-8", *(name for name in map(_known, labels) if name and not name.startswith("utf-16"))]
    for encoding in tried:
        text = _strict(raw, encoding)
        if text is not None:
            return _FORBIDDEN.sub("", text)
    # A page cut inside a letter, or with one foreign advertisement, is still UTF-8; one without a single letter that
    # is valid so only says it is.
    lenient = raw.decode("utf-8", errors="replace")
    some_valid = re.search("[^\x00-\x7f\ufffd]", lenient) or "\ufffd" not in lenient[:-1]
    if some_valid and lenient.count("\ufffd") * 200 <= len(lenient) and "utf-8" in map(_known, labels):
        return _FORBIDDEN.sub("", lenient)
    return _FORBIDDEN.sub("", _guessed(raw))
