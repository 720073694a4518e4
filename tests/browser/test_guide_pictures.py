"""The pictures of docs/panduan-humas.md, taken as a desk works, over the sample newsroom.

They go to docs/gambar where PANTAU_WRITE_SCREENSHOTS is set (`make screenshots`), else to a folder of the test.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.stack]

MAX_BYTES = 150_000


@pytest.fixture
def pictures(root: Path, tmp_path: Path) -> Path:
    folder = root / "docs" / "gambar" if os.environ.get("PANTAU_WRITE_SCREENSHOTS") else tmp_path
    folder.mkdir(exist_ok=True)
    return folder


def take(page: Page, path: Path, height: int = 720, top: int = 0) -> None:
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    cut: FloatRect = {"x": 0, "y": top, "width": width, "height": height}
    page.screenshot(path=path, animations="disabled", caret="hide", clip=cut, full_page=top > 0)
    assert path.stat().st_size <= MAX_BYTES, path


def show_whom_it_is_about(page: Page) -> None:
    """Move the column beside an article to who is named, as one does who reads on."""
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("heading", name="Siapa yang perlu melihat").evaluate(
        "one => { const column = one.closest('aside');"
        " column.scrollTop += one.getBoundingClientRect().top - column.getBoundingClientRect().top }"
    )


def test_what_is_new(office: Page, pictures: Path) -> None:
    office.goto("/")
    expect(office.locator(".berita").first).to_contain_text("contoh")
    take(office, pictures / "pencarian.png", 690)


def test_what_is_said_against_an_agency(office: Page, pictures: Path) -> None:
    office.goto("/")
    office.get_by_label("OPD", exact=True).select_option("dinkes")
    office.get_by_role("button", name="Saring", exact=True).click()
    office.get_by_label("Nada terhadap Dinas Kesehatan", exact=True).select_option("negative")
    office.get_by_role("button", name="Saring", exact=True).click()
    expect(office.get_by_role("link", name="Hapus saringan Nada terhadap Dinas Kesehatan: Negatif")).to_be_visible()
    take(office, pictures / "saringan.png")


def test_why_an_article_came_to_an_agency(desk_office: Page, pictures: Path) -> None:
    desk_office.goto("/?opd=dinkes&sentiment=negative")
    desk_office.locator(".berita h3 a").first.click()
    desk_office.locator("summary", has_text="Mengapa ke sini?").first.click()
    show_whom_it_is_about(desk_office)
    take(desk_office, pictures / "berita.png", 600)


def say_who(page: Page) -> None:
    page.goto("/nama")
    page.get_by_label("Nama Anda").fill("Siti Rahmawati")
    page.get_by_role("button", name="Simpan nama").click()


def test_what_is_to_be_read(desk_office: Page, pictures: Path) -> None:
    say_who(desk_office)
    desk_office.goto("/perlu-dibaca")
    expect(desk_office.get_by_text("Anda menjawab sebagai Siti Rahmawati")).to_be_visible()
    take(desk_office, pictures / "perlu-dibaca.png")


def test_a_person_beside_the_machine(desk_office: Page, pictures: Path) -> None:
    say_who(desk_office)
    desk_office.goto("/?opd=dinkes&sentiment=neutral&sort=severity")
    desk_office.locator(".berita h3 a").first.click()
    answer = desk_office.get_by_role("button", name="Negatif", include_hidden=True)
    bodies = desk_office.locator(".sebutan", has_text="Unit").or_(desk_office.locator(".sebutan", has_text="OPD"))
    box = bodies.filter(has=answer).first
    box.locator("summary", has_text="Betulkan").click()
    box.get_by_label("Alasan").fill("Pasien mengeluhkan layanannya.")
    box.get_by_role("button", name="Negatif").click()
    expect(desk_office.get_by_role("status")).to_contain_text("Tersimpan.")
    expect(desk_office.get_by_text("ditetapkan orang").first).to_be_visible()
    show_whom_it_is_about(desk_office)
    take(desk_office, pictures / "koreksi.png", 640)


def test_a_story_and_its_copies(desk_office: Page, pictures: Path) -> None:
    items = desk_office.request.get("/v1/articles?size=200").json()["items"]
    desk_office.goto(f"/cerita/{next(one['story_id'] for one in items if one['copy_of'])}")
    take(desk_office, pictures / "cerita.png", 700)


def test_whose_words_they_are(desk_office: Page, pictures: Path) -> None:
    desk_office.goto('/?opd=dinkes&q="ambulans laut"')
    desk_office.get_by_role("link", name="Terlama").click()
    expect(desk_office.locator(".berita").first).to_contain_text("rilis sendiri")
    expect(desk_office.locator(".berita", has_text="kutipan rilis")).to_have_count(2)
    expect(desk_office.get_by_role("link", name="Hitung liputan media saja")).to_be_visible()
    take(desk_office, pictures / "rilis.png", 680, top=105)


def test_what_the_outlet_changed(desk_office: Page, pictures: Path) -> None:
    items = desk_office.request.get("/v1/articles?size=200").json()["items"]
    softened = next(one["id"] for one in items if "title_softened" in one["edit_kinds"])
    desk_office.goto(f"/berita/{softened}")
    section = desk_office.locator("section", has=desk_office.get_by_role("heading", name="Perubahan setelah terbit"))
    section.screenshot(path=pictures / "suntingan.png", animations="disabled")
    assert (pictures / "suntingan.png").stat().st_size <= MAX_BYTES


def test_an_advanced_search(office: Page, pictures: Path) -> None:
    office.goto("/?q=opd:dinkes (antre* ATAU obat) TANPA vaksin")
    office.get_by_text("Bantuan penulisan").click()
    expect(office.locator("mark").first).to_be_visible()
    take(office, pictures / "pencarian-lanjutan.png")


def test_on_a_phone_results_stand_on_the_first_screen(phone: Page, pictures: Path) -> None:
    phone.goto("/?opd=dinkes")
    box = phone.locator(".berita").first.bounding_box()
    assert box is not None
    assert box["y"] < 540
    take(phone, pictures / "ponsel.png", 844)
