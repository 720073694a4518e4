"""A name ends where its paragraph ends."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from classifier.adapters.packaged import packaged_linker
from classifier.domain.article import ArticleText
from classifier.domain.linking.linker import Linker
from classifier.domain.text import word_set
from hypothesis import given, settings
from hypothesis import strategies as st


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


@pytest.mark.parametrize("repeated", ["Warga Kediri dan Malang senang. ", "Dinas Sosial, ", "RSUD Haji dan dinas itu "])
def test_a_page_that_repeats_names_costs_steps_that_grow_with_its_length(linker: Linker, repeated: str) -> None:
    def steps(n_chars: int) -> int:
        text = (repeated * (n_chars // len(repeated) + 1))[:n_chars]
        return lines_run(lambda: linker.link(text))

    steps(1_000)
    # Eight times the text takes 64 times as many where each name looks at each other one.
    assert steps(40_000) < 16 * steps(5_000)


def lines_run(do: Callable[[], object]) -> int:
    """Return how many lines of Python ran: the same on every machine, unlike a time."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


WORDS = sorted(
    word_set("""Dinas Kesehatan Jatim Jawa Timur Kabupaten Kota Malang Batu Kediri Bangil Kraksaan Bawean RSUD dr. Haji
    dan , . ( ) [ ] – - / : Bupati Gubernur Pemprov Cabang Pendidikan Wilayah V Bakorwil III BPS Polres Soetomo Madura
    Raya tersebut itu rumah sakit pelat merah Kecamatan Jombang SDN 2 Negeri baik kota maupun Badan Pusat Statistik
    Biro Humas Setdaprov""")
    | {"\n\n", "\u00ad", '"'}
)


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from(["", "Dinkes Jatim", "RSUD"]))
@settings(max_examples=300, deadline=None)
def test_whatever_the_words_every_span_lies_in_its_field(linker: Linker, words: list[str], title: str) -> None:
    article = ArticleText(title, " ".join(words))
    linked = linker.link(article.joined, article.bounds)
    for found in [*linked.findings, *linked.others]:
        field, start, end = article.locate(found.start, found.end)
        assert 0 <= start < end <= len(getattr(article, field))
