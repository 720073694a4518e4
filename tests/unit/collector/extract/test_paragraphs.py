from collector.extract.page import parse
from collector.extract.paragraphs import Line, lines_of


def lines(fragment: str) -> list[Line]:
    page = parse(f"<html><body><div id='b'>{fragment}</div></body></html>", "https://contoh.id/a")
    assert page is not None
    return lines_of(page.root.get_element_by_id("b"))


def texts(fragment: str) -> list[str]:
    return [line.text for line in lines(fragment)]


def test_paragraphs_divs_and_double_breaks_are_paragraphs():
    assert texts("Satu.<br><br>Dua.<p>Tiga.</p><div>Empat.</div>Lima.") == ["Satu.", "Dua.", "Tiga.", "Empat.", "Lima."]


def test_a_single_break_inside_a_sentence_only_wraps_it():
    assert texts("Kepala dinas mengatakan bahwa<br>jadwal diubah.<br>Warga setuju.") == [
        "Kepala dinas mengatakan bahwa jadwal diubah.",
        "Warga setuju.",
    ]


def test_a_dateline_of_its_own_joins_the_sentence_it_opens():
    assert texts("<strong>Surabaya</strong> - <p>Jam layanan ditambah.</p>") == ["Surabaya - Jam layanan ditambah."]
    assert texts("<p>ISTANBUL, 23 Februari 2016 (Antara) --</p><p>Kota itu membuka lomba.</p>") == [
        "ISTANBUL, 23 Februari 2016 (Antara) -- Kota itu membuka lomba."
    ]


def test_inline_tags_join_without_spaces_and_comments_lose_no_text():
    assert texts("<p>men<em>generate</em> data<!-- iklan --> baru</p>") == ["mengenerate data baru"]


def test_scripts_and_hidden_tags_are_no_text():
    assert texts("<p>Satu<script>alert('dua')</script><style>p{}</style> tiga<noscript>empat</noscript></p>") == [
        "Satu tiga"
    ]


def test_link_share_emphasis_headings_and_images_are_noted():
    linked, bold, heading, after = lines(
        "<p><a href='/x'>Judul lain</a></p><p><b>Tebal</b></p><h2>Sub</h2><img src='a.jpg'><p>Teks</p>"
    )
    assert (linked.linked, linked.links) == (1.0, ("Judul lain",))
    assert bold.emphasised
    assert heading.heading
    assert after.after_image
    assert not bold.after_image


def test_table_rows_are_lines_with_their_cells_apart():
    assert texts(
        "<table><tr><td>Dewasa</td><td>Rp 33.900</td></tr><tr><td>Bayi</td><td>Rp 3.700</td></tr></table>"
    ) == [
        "Dewasa | Rp 33.900",
        "Bayi | Rp 3.700",
    ]


def test_invisible_characters_and_runs_of_spaces_vanish():
    assert texts("<p>dua\u200b puluh&nbsp;&nbsp; \n puskesmas\ufeff</p>") == ["dua puluh puskesmas"]
