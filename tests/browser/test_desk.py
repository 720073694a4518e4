"""What an officer does at the desk in a real browser: read what is unsure, answer, correct, follow a story."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser]

# Links within running text are spared by the rule, as those that stand in an article's text.
SMALL = """() => [...document.querySelectorAll(
    'a:not(.sebut), button, select, input:not([type=hidden]), summary, label.centang')]
    .map(one => [one.innerText || one.id || one.name, one.getBoundingClientRect(), one])
    .filter(([, box, one]) => box.width > 1 && (box.height < 24 || box.width < 24) && one.type !== 'checkbox')
    .map(([name]) => name)"""
UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select')]
    .filter(one => !one.labels.length).map(one => one.id || one.name)"""


def addresses(page: Page) -> list[str]:
    """Return the pages of the desk: the queue, articles with all that can stand on them, a story, the name."""
    items = page.request.get("/v1/articles?size=200").json()["items"]
    copy = next(one for one in items if one["copy_of"])
    chosen = {
        copy["id"],
        next(one["id"] for one in items if one["vanished_at"]),
        next(one["id"] for one in items if "title_softened" in one["edit_kinds"]),
        next(one["id"] for one in items if one["needs_reading"]),
    }
    return ["/perlu-dibaca", f"/cerita/{copy['story_id']}", "/nama", *(f"/berita/{one}" for one in sorted(chosen))]


def say_who(page: Page, name: str) -> None:
    page.goto("/nama")
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_role("button", name="Simpan nama").click()


def test_no_page_of_the_desk_breaks_a_rule_of_access_or_scrolls_sideways(desk: Page) -> None:
    for path in addresses(desk):
        desk.goto(path)
        desk.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = Axe().run(desk).response["violations"]
        assert [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]] == [], path
        assert desk.evaluate(SMALL) == [], path
        assert desk.evaluate(UNNAMED) == [], path
        wide = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path


def test_one_answer_is_one_click_and_leaves_the_queue_shorter(desk: Page) -> None:
    say_who(desk, "Siti Rahmawati")
    desk.goto("/perlu-dibaca")
    heading = desk.get_by_role("heading", name=re.compile(r"\d+ berita menunggu"))
    before = int(heading.inner_text().split()[0])
    card = desk.locator(".kartu:not(:has(.tanya ~ .tanya))").first
    card.get_by_role("button", name=re.compile("^Negatif")).click()
    expect(desk.get_by_role("status")).to_contain_text("Tersimpan.")
    expect(desk.get_by_role("status")).to_contain_text("oleh Siti Rahmawati")
    assert int(heading.inner_text().split()[0]) == before - 1


def test_the_queue_is_answered_by_the_keyboard_alone(desk: Page) -> None:
    say_who(desk, "Budi Santoso")
    desk.goto("/perlu-dibaca?sort=-published_at")
    button = desk.get_by_role("button", name=re.compile("^Netral")).first
    for _ in range(60):
        desk.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Tersimpan.")


def test_a_scope_shows_the_questions_of_one_agency(desk: Page) -> None:
    desk.goto("/perlu-dibaca")
    if desk.viewport_size and desk.viewport_size["width"] < 900:
        desk.get_by_role("link", name="Lingkup").click()
    desk.get_by_label("OPD", exact=True).select_option("dinkes")
    desk.get_by_role("button", name="Tampilkan").click()
    expect(desk.get_by_role("heading", level=2).first).to_contain_text("Dinas Kesehatan")


def test_everything_is_answered_and_withdrawn_with_scripts_switched_off(desk_without_scripts: Page) -> None:
    page = desk_without_scripts
    page.goto("/perlu-dibaca?opd=dinkes")
    page.locator(".kartu h3 a").first.click()
    page.get_by_text("Betulkan nada berita").click()
    box = page.locator(".sebutan").first
    box.get_by_label(re.compile("^Alasan")).fill("Isinya keluhan pasien.")
    page.keyboard.press("Enter")
    expect(box.get_by_label(re.compile("^Alasan"))).to_have_value("Isinya keluhan pasien.")
    box.get_by_role("button", name=re.compile("^Positif")).click()
    page.get_by_label("Nama Anda").fill("Rini Wulandari")
    page.get_by_role("button", name="Simpan nama dan jawaban").click()
    expect(page.get_by_role("status")).to_contain_text("positif, oleh Rini Wulandari")
    expect(page.locator(".riwayat")).to_contain_text("Isinya keluhan pasien.")
    page.get_by_role("button", name="Batalkan koreksi Nada berita").click()
    expect(page.get_by_role("status")).to_contain_text("Koreksi dibatalkan.")
    expect(page.locator(".riwayat")).to_contain_text("dibatalkan oleh Rini Wulandari")


def test_category_and_severity_are_corrected_by_hand_with_scripts_switched_off(desk_without_scripts: Page) -> None:
    page = desk_without_scripts
    say_who(page, "Sri Wahyuni")
    items = page.request.get("/v1/articles?sort=published_at").json()["items"]
    chosen = next(one for one in items if one["severity"] != 5 and "budaya_pariwisata" not in one["category"])
    page.goto(f"/berita/{chosen['id']}")
    box = page.locator("#kategori")
    box.get_by_text("Betulkan kategori").click()
    for one in box.get_by_role("checkbox", checked=True).all():
        one.uncheck()
    box.get_by_label("Budaya dan pariwisata").check()
    box.get_by_role("button", name="Simpan kategori").click()
    expect(page.get_by_role("status")).to_contain_text("budaya dan pariwisata, oleh Sri Wahyuni")
    expect(page.locator("#kategori h3")).to_have_text("Kategori: Budaya dan pariwisata")
    page.locator("#keparahan").get_by_text("Betulkan keparahan").click()
    page.locator("#keparahan").get_by_role("button", name="5: Keparahan").click()
    expect(page.locator("#keparahan")).to_contain_text("Keparahan 5 dari 5")
    expect(page.locator(".riwayat li")).to_have_count(2)


def test_a_story_leads_to_its_articles_and_back(desk: Page) -> None:
    path = next(one for one in addresses(desk) if one.startswith("/cerita/"))
    desk.goto(path)
    expect(desk.get_by_text("pertama menulis")).to_be_visible()
    desk.locator(".anggota h3 a").last.click()
    expect(desk.get_by_role("heading", name="Cerita ini")).to_be_visible()
    desk.get_by_role("link", name="Buka ceritanya").click()
    expect(desk).to_have_url(re.compile(path))


def test_what_an_agency_wrote_itself_can_be_left_out_of_the_count_and_taken_in_again(desk: Page) -> None:
    desk.goto("/?opd=dinkes")
    praise = desk.get_by_role("link", name=re.compile(r"^\d+ positif terhadap Dinas Kesehatan$"))
    blame = desk.get_by_role("link", name=re.compile(r"^\d+ negatif terhadap Dinas Kesehatan$"))
    expect(desk.get_by_text("rilis sendiri", exact=True).first).to_be_visible()
    every, against = int(praise.inner_text()), int(blame.inner_text())
    desk.get_by_role("link", name="Hitung liputan media saja").click()
    expect(desk.get_by_text("Hanya liputan media.")).to_be_visible()
    expect(desk.get_by_text(re.compile("^(rilis sendiri|kutipan rilis)$"))).to_have_count(0)
    assert int(praise.inner_text()) < every
    assert int(blame.inner_text()) == against
    desk.get_by_role("link", name="Hitung semua").click()
    expect(praise).to_have_text(str(every))
