"""The loader reads article files and says everything that is wrong with them."""

from pathlib import Path

import pytest
from newsroom.loader import FaultyArticlesError, KnownIds, load_articles

from tests.unit.newsroom.samples import article_source, copy_source, load, write

KNOWN = KnownIds(bodies=frozenset({"dinkes"}), regions=frozenset({"kota-surabaya"}))


def faults(folder: Path, **sources: str) -> str:
    with pytest.raises(FaultyArticlesError) as raised:
        load_articles(write(folder, **sources), KNOWN)
    return str(raised.value)


def test_a_complete_file_becomes_an_article(tmp_path: Path) -> None:
    article = load(tmp_path, puskesmas_keliling=article_source())["puskesmas-keliling"]
    assert article.theme == "kesehatan"
    assert article.expect.sentiment == {"dinkes": "neutral"}
    assert len(article.versions[0].counted()) == 4


def test_every_fault_of_every_file_is_named(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        pertama=article_source(expect='[expect]\ntone = "netral"'),
        kedua=article_source(when=""),
        ketiga=article_source(extra="[[edits]]\nafter = 5\nremove = [9]"),
    )
    assert "kesehatan/pertama.md: expect.tone" in told
    assert "kesehatan/kedua.md: front matter: Value error, give either minutes = -N or drip = true" in told
    assert "kesehatan/ketiga.md: edit names paragraph 9, the text has 4" in told


def test_ids_outside_the_gazetteer_are_refused(tmp_path: Path) -> None:
    expect = '[expect]\ntone = "neutral"\nregions = ["kota-atlantis"]\n[expect.sentiment]\ndinas-ajaib = "neutral"'
    told = faults(tmp_path, salah=article_source(expect=expect))
    assert "unknown OPD or unit id 'dinas-ajaib'" in told
    assert "unknown region id 'kota-atlantis'" in told


def test_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    assert "tagz: Extra inputs are not permitted" in faults(
        tmp_path, salah=article_source(when='minutes = -9\ntagz = ["a"]')
    )


def test_a_lookalike_must_stand_in_the_text(tmp_path: Path) -> None:
    expect = '[expect]\ntone = "neutral"\nlookalikes = ["RSUD Kota Malang"]'
    assert "look-alike 'RSUD Kota Malang' does not stand in the text" in faults(
        tmp_path, salah=article_source(expect=expect)
    )


def test_a_slug_may_be_used_once_over_all_themes(tmp_path: Path) -> None:
    write(tmp_path, sama=article_source())
    (tmp_path / "sosial").mkdir()
    (tmp_path / "sosial" / "sama.md").write_text(article_source(), encoding="utf-8")
    assert "the slug is already used" in faults(tmp_path)


def test_toml_that_cannot_be_read_is_one_fault_of_its_file(tmp_path: Path) -> None:
    assert "kesehatan/rusak.md:" in faults(tmp_path, rusak="+++\ntitle = \n+++\nteks")


def test_boilerplate_in_a_text_is_refused_because_the_server_adds_it(tmp_path: Path) -> None:
    text = "\n\n".join(["Baca juga: berita lain yang menarik"] + ["kata " * 40] * 3)
    assert "the server adds 'Baca juga' lines" in faults(tmp_path, salah=article_source(text=text))


def test_a_copy_takes_chosen_paragraphs_of_its_original_and_its_expectation(tmp_path: Path) -> None:
    articles = load(tmp_path, asli=article_source(), salinan=copy_source("asli", extra='lead = "Teras baru."'))
    texts = [block.text for block in articles["salinan"].versions[0].blocks]
    original = [block.text for block in articles["asli"].versions[0].blocks]
    assert texts == ["Teras baru.", original[1], original[0]]
    assert articles["salinan"].expect == articles["asli"].expect


def test_a_copy_must_come_after_its_original(tmp_path: Path) -> None:
    told = faults(tmp_path, asli=article_source(), salinan=copy_source("asli", when="minutes = -90"))
    assert "a copy must be later than its original" in told
    assert "a copy of a drip article must be drip" in faults(
        tmp_path, asli=article_source(when="drip = true"), salinan=copy_source("asli")
    )


def test_edits_build_on_each_other_in_order_of_time(tmp_path: Path) -> None:
    extra = (
        '[[edits]]\nafter = 20\nappend = ["Alinea susulan."]\n'
        '[[edits]]\nafter = 10\ntitle = "Judul Baru yang Lebih Lunak"\nremove = [1]\n'
        'replace = [{ paragraph = 2, text = "Alinea pengganti." }]'
    )
    versions = load(tmp_path, berubah=article_source(extra=extra))["berubah"].versions
    assert [version.after_minutes for version in versions] == [0, 10, 20]
    assert versions[2].title == "Judul Baru yang Lebih Lunak"
    assert versions[2].blocks[0].text == "Alinea pengganti."
    assert versions[2].blocks[-1].text == "Alinea susulan."


def test_page_breaks_belong_to_the_outlet_that_serves_pages(tmp_path: Path) -> None:
    text = "\n\n".join(["kata " * 50, "===", "kata " * 50])
    pages = load(tmp_path, dua=article_source(outlet="suara-contoh", text=text))["dua"].versions[0].pages()
    assert len(pages) == 2
    assert "only suara-contoh serves pages" in faults(tmp_path, dua=article_source(text=text))
