"""A day's first minutes at the search page, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_words_typed_are_found_and_marked(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox", name="Cari berita").fill("vaksinasi")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator("mark").first).to_have_text(re.compile("vaksinasi", re.IGNORECASE))
    expect(page.get_by_role("link", name="Hapus saringan Kata: vaksinasi")).to_be_visible()


def test_the_page_never_scrolls_sideways(page: Page) -> None:
    for path in (
        "/",
        "/docs",
        "/?opd=dinkes&q=pasien",
        "/?q=zzzz&opd=dinkes&unit=rsud-soetomo",
        "/?q=" + "panjang" * 40,
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path


SMALL = """() => [...document.querySelectorAll('a, button, select, input, summary')]
    .map(one => [one.innerText || one.id, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < 24 || box.width < 24)).map(([name]) => name)"""
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select')]
    .filter(one => !one.labels.length).map(one => one.id)"""


@pytest.mark.parametrize("path", ["/?opd=dinkes&q=pasien", "/docs"])
def test_every_target_is_large_enough_and_every_field_has_a_name(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(UNNAMED) == []


def test_several_values_of_one_filter_survive_another_search(page: Page) -> None:
    page.goto("/?opd=dinkes&opd=dindik&outlet=antara")
    page.get_by_role("searchbox", name="Cari berita").fill("pasien")
    page.get_by_role("button", name="Cari", exact=True).click()
    for name in ("OPD: Dinas Kesehatan", "OPD: Dinas Pendidikan", "Media: antara", "Kata: pasien"):
        expect(page.get_by_role("link", name=f"Hapus saringan {name}")).to_be_visible()


def test_the_filter_by_sentiment_says_whom_it_is_about(page: Page) -> None:
    for path, label in (
        ("/", "Nada terhadap yang disebut"),
        ("/?opd=dinkes", "Nada terhadap Dinas Kesehatan"),
        ("/?unit=rsud-soetomo", "Nada terhadap RSUD Dr. Soetomo"),
        ("/?opd=dinkes&opd=dindik", "Nada terhadap yang dipilih"),
    ):
        page.goto(path)
        expect(page.locator("label[for=f-sentiment]")).to_have_text(label)


def test_an_example_of_the_documentation_runs(page: Page) -> None:
    page.goto("/docs")
    page.get_by_role("link", name="/v1/stats?group_by=unit&opd=dinkes").first.click()
    expect(page.locator("body")).to_contain_text('"group_by":"unit"')


def test_a_count_of_an_agency_leads_to_its_articles(page: Page) -> None:
    page.goto("/")
    link = page.get_by_role("link", name=re.compile(r"^\d+ negatif terhadap Dinas Kesehatan$"))
    count = int(link.inner_text())
    link.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile(rf"(dari )?{count} berita$"))
    expect(page.get_by_role("link", name="Hapus saringan Nada terhadap Dinas Kesehatan: Negatif")).to_be_visible()


def test_an_article_opens_with_its_reasons_and_back_keeps_the_search(page: Page) -> None:
    page.goto("/?opd=dinkes&sentiment=negative")
    page.locator(".berita h3 a").first.click()
    expect(page.get_by_role("heading", name="Siapa yang perlu melihat")).to_be_visible()
    page.locator("summary", has_text="Mengapa ke sini?").first.click()
    expect(page.get_by_text("disebut dengan nama lengkap").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Hapus saringan OPD: Dinas Kesehatan")).to_be_visible()


def test_pages_follow_one_another_without_repeating(page: Page) -> None:
    page.goto("/?opd=dinkes")
    first = page.locator(".berita h3").all_inner_texts()
    page.get_by_role("link", name="Halaman berikutnya").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("26–50 dari")
    assert not set(first) & set(page.locator(".berita h3").all_inner_texts())


def test_the_filters_fold_open_on_a_phone_and_stand_open_in_the_office(page: Page) -> None:
    page.goto("/")
    if page.viewport_size and page.viewport_size["width"] < 900:
        expect(page.get_by_label("OPD", exact=True)).to_be_hidden()
        page.get_by_role("link", name="Saringan").click()
    page.get_by_label("OPD", exact=True).select_option("dindik")
    page.get_by_role("button", name="Saring", exact=True).click()
    expect(page).to_have_url(re.compile(r"opd=dindik"))
    expect(page).not_to_have_url(re.compile(r"unit="))


def test_the_search_box_is_reached_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Cari berita")).to_be_focused()
    page.keyboard.type("banjir")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=banjir"))
    title = page.locator(".berita h3 a").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if title.evaluate("element => element === document.activeElement"):
            break
    expect(title).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/berita/"))


def test_everything_works_with_scripts_switched_off(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/")
    page.get_by_label("Nada berita", exact=True).select_option("negative")
    page.get_by_role("searchbox", name="Cari berita").fill("pasien")
    page.get_by_role("button", name="Saring", exact=True).click()
    expect(page.get_by_role("link", name="Hapus saringan Nada berita: Negatif")).to_be_visible()
    page.get_by_role("link", name="Hapus saringan Kata: pasien").click()
    page.get_by_text("Bantuan penulisan").click()
    page.get_by_role("link", name="vaksin*").click()
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".berita h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
