"""Pages that are too much."""

from collector.extract.article import MAX_TEXT_CHARS, extract_article
from collector.extract.model import ExtractedArticle, Rejected, RejectReason

SENTENCE = "Warga di sepanjang jalan itu menunggu perbaikan yang dijanjikan sejak awal tahun oleh pemerintah setempat. "


def page(paragraphs: int) -> bytes:
    text = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(paragraphs))
    return (
        "<html><head><title>Jalan Rusak Menunggu Perbaikan</title></head>"
        f"<body><article><h1>Jalan Rusak Menunggu Perbaikan</h1>{text}</article></body></html>"
    ).encode()


def test_a_text_longer_than_a_message_may_carry_is_refused_and_says_so():
    read = extract_article(page(700), url="https://media.contoh/berita/1/jalan-rusak")
    assert isinstance(read, Rejected)
    assert read.reason is RejectReason.TOO_LARGE
    assert str(MAX_TEXT_CHARS) in read.detail


def test_a_long_text_within_the_limit_is_kept_whole():
    read = extract_article(page(300), url="https://media.contoh/berita/1/jalan-rusak")
    assert isinstance(read, ExtractedArticle)
    assert "299. Warga" in read.text
