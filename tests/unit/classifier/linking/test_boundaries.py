"""A name ends where its paragraph ends."""

import pytest
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linker


@pytest.fixture(scope="module")
def linker() -> Linker:
    return packaged_linker()


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Antrean Panjang di Dinas Kesehatan", "Jatim dikeluhkan warga. Dinas Kesehatan Jatim menjawab."),
        ("Kamar Penuh di RSUD Karsa Husada", "BATU, Kabar Contoh - Pasien dirujuk ke Kota Malang."),
        ("Layanan Baru RS Mata Masyarakat", "Surabaya, Warta Contoh - Sopir angkutan mendapat kacamata."),
    ],
)
def test_no_name_reaches_from_the_title_into_the_text(linker: Linker, title: str, text: str) -> None:
    article = ArticleText(title, text)
    linked = linker.link(article.joined, article.bounds)
    assert linked.findings
    for found in [*linked.findings, *linked.others]:
        field, start, end = article.locate(found.start, found.end)
        assert 0 <= start < end <= len(getattr(article, field))
