"""Takes the content encoding off a body without ever holding more than a limit: a bomb is refused, not unpacked."""

import io
import zlib

import brotli  # type: ignore[import-untyped]  # ships no type information
import zstandard

_CHUNK = 256 * 1024
_ZSTD_WINDOW = 8 * 1024 * 1024
"""RFC 8878 recommends decoders to support 8 MB and lets them refuse more."""

ACCEPTED = "gzip, br, zstd"


class BodyTooLargeError(ValueError):
    """The body is, or unpacks to, more than the limit."""


class BadEncodingError(ValueError):
    """The body is not what its Content-Encoding says, or the encoding is unknown or applied repeatedly."""


def decoded(body: bytes, content_encoding: str | None, *, max_bytes: int) -> bytes:
    """Return the body with its encoding taken off.

    Raises BodyTooLargeError as soon as the result is larger than the limit, BadEncodingError for what is broken.
    """
    codings = [c.strip().lower() for c in (content_encoding or "").split(",") if c.strip()]
    codings = [c for c in codings if c != "identity"]
    if len(codings) > 1:
        raise BadEncodingError(f"{len(codings)} content encodings, one over the other")
    try:
        match codings[0] if codings else "":
            case "":
                result = body
            case "gzip" | "x-gzip":
                result = gunzipped(body, max_bytes=max_bytes)
            case "deflate":
                result = _inflated(body, max_bytes)
            case "br":
                result = _unbrotlied(body, max_bytes)
            case "zstd":
                result = _unzstd(body, max_bytes)
            case unknown:
                raise BadEncodingError(f"unknown content encoding {unknown[:40]!r}")
    except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
        raise BadEncodingError(f"the body is not valid {codings[0]}: {error}") from error
    return _within(result, max_bytes)


def gunzipped(body: bytes, *, max_bytes: int) -> bytes:
    """Return unpacked gzip of one or more members. Raises zlib.error and BodyTooLargeError."""
    parts: list[bytes] = []
    size = 0
    while body:
        unpacker = zlib.decompressobj(wbits=31)
        parts.append(unpacker.decompress(body, max_bytes - size + 1))
        size += len(parts[-1])
        if size > max_bytes:
            raise BodyTooLargeError(f"unpacks to more than {max_bytes} bytes")
        if not unpacker.eof:
            raise zlib.error("the data ends in the middle")
        # What follows a member and is no further member is padding, as in many servers' answers.
        body = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(parts)


def _inflated(body: bytes, max_bytes: int) -> bytes:
    """Unpack what HTTP calls deflate: a zlib stream, or from some servers a raw one."""
    for wbits in (15, -15):
        unpacker = zlib.decompressobj(wbits=wbits)
        try:
            result = unpacker.decompress(body, max_bytes + 1)
        except zlib.error:
            if wbits == -15:
                raise
            continue
        return _within(result, max_bytes)
    raise AssertionError("unreachable")


def _unbrotlied(body: bytes, max_bytes: int) -> bytes:
    unpacker = brotli.Decompressor()
    result = bytearray(unpacker.process(body, output_buffer_limit=_CHUNK))
    while not unpacker.is_finished():
        if len(result) > max_bytes:
            raise BodyTooLargeError(f"unpacks to more than {max_bytes} bytes")
        more = unpacker.process(b"", output_buffer_limit=_CHUNK)
        if not more:
            raise BadEncodingError("the brotli data ends in the middle")
        result += more
    return bytes(result)


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    with unpacker.stream_reader(io.BytesIO(body), read_across_frames=True) as reader:
        result = bytearray()
        while chunk := reader.read(_CHUNK):
            result += chunk
            if len(result) > max_bytes:
                raise BodyTooLargeError(f"unpacks to more than {max_bytes} bytes")
    return bytes(result)


def _within(result: bytes, max_bytes: int) -> bytes:
    if len(result) > max_bytes:
        raise BodyTooLargeError(f"larger than {max_bytes} bytes")
    return result
