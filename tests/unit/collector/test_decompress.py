import gzip
import zlib

import brotli
import pytest
import zstandard
from collector.adapters.decompress import BadEncodingError, BodyTooLargeError, decoded, gunzipped

BODY = b"Berita dari Jawa Timur. " * 500
PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "GZIP": gzip.compress,
    "identity": bytes,
    "": bytes,
}
LIMIT = 100_000


@pytest.mark.parametrize("name", PACKERS)
def test_every_accepted_encoding_comes_off(name):
    assert decoded(PACKERS[name](BODY), name or None, max_bytes=LIMIT) == BODY


def test_raw_deflate_and_several_gzip_members_are_read_too():
    packer = zlib.compressobj(wbits=-15)
    assert decoded(packer.compress(BODY) + packer.flush(), "deflate", max_bytes=LIMIT) == BODY
    assert gunzipped(gzip.compress(BODY) + gzip.compress(BODY) + b"\x00" * 9, max_bytes=LIMIT) == BODY * 2


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "identity"])
def test_a_bomb_is_refused(name):
    with pytest.raises(BodyTooLargeError):
        decoded(PACKERS[name](b"\x00" * 50_000_000), name, max_bytes=LIMIT)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("body", [b"bukan data terkompresi", b"\x1f\x8b", b"\xff" * 100])
def test_what_is_not_what_it_says_is_refused(name, body):
    with pytest.raises((BadEncodingError, BodyTooLargeError)):
        decoded(body, name, max_bytes=LIMIT)


@pytest.mark.parametrize("name", ["gzip", "br"])
def test_a_truncated_body_is_refused(name):
    with pytest.raises(BadEncodingError):
        decoded(PACKERS[name](BODY)[:-4], name, max_bytes=LIMIT)


@pytest.mark.parametrize("name", ["gzip, gzip", "br,gzip", "compress", "rahasia"])
def test_stacked_and_unknown_encodings_are_refused(name):
    with pytest.raises(BadEncodingError):
        decoded(BODY, name, max_bytes=LIMIT)
