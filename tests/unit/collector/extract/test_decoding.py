import pytest
from collector.extract.decoding import decode

TEXT = "<html><body><p>Bupati bilang “siap”, pasién café</p></body></html>"


def test_utf8_is_taken_although_the_page_says_latin():
    page = TEXT.replace("<body>", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><body>')
    assert "“siap”, pasién" in decode(page.encode(), "text/html; charset=ISO-8859-1")


def test_windows_letters_are_read_although_the_header_says_utf8():
    assert "“siap”, pasién" in decode(TEXT.encode("cp1252"), "text/html; charset=utf-8")


def test_a_few_windows_letters_in_a_long_page_are_read_although_it_says_utf8():
    page = '<meta charset="utf-8"><p>' + "Warga Surabaya antre. " * 200 + "Bupati bilang “siap”, pasién café</p>"
    assert "“siap”, pasién" in decode(page.encode("cp1252"), None)


def test_an_ascii_page_cut_inside_its_only_foreign_letter_is_utf8():
    page = '<meta charset="utf-8"><p>' + "Warga Surabaya antre. " * 200 + "“"
    assert decode(page.encode()[:-1], None).endswith("antre. \ufffd")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding):
    assert "“siap”, pasién" in decode(TEXT.encode(encoding), "text/html; charset=iso-8859-1")


def test_a_declared_charset_is_used_where_the_bytes_are_no_utf8():
    page = '<meta charset="shift_jis"><p>日本の病院</p>'
    assert "日本の病院" in decode(page.encode("shift_jis"), None)


@pytest.mark.parametrize("label", ["klingon", "", "hex", "utf-99", "x" * 300])
def test_a_charset_nobody_knows_does_no_harm(label):
    assert "pasién" in decode(TEXT.encode(), f"text/html; charset={label}")


def test_nul_and_control_bytes_are_dropped():
    assert decode(b"<p>Sura\x00baya\x08\x1b</p>", None) == "<p>Surabaya</p>"


def test_a_page_cut_inside_a_letter_is_still_utf8():
    page = '<meta charset="utf-8"><p>' + "pasién " * 500
    assert decode(page.encode()[:-4], None).count("pasién") == 499


def test_random_bytes_give_some_text():
    assert isinstance(decode(bytes(range(256)) * 40, "text/html"), str)
