"""axe-core over every page in both sizes: no violation of WCAG 2.2 A and AA, nor of its best practices."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PAGES = (
    "/",
    "/?opd=dinkes&opd=dindik&q=pasien&sentiment=negative",
    "/?q=zzzz",
    '/?q="belum ditutup',
    "/berita/tidak-ada",
    "/docs",
)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(page) == []


def test_axe_finds_nothing_on_an_article(page: Page) -> None:
    page.goto("/?opd=dinkes")
    page.locator(".berita h3 a").first.click()
    page.locator("summary", has_text="Mengapa ke sini?").first.click()
    assert violations(page) == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('#q').labels[0].remove(); document.querySelector('#q').placeholder = ''")
    assert any(one.startswith("label:") for one in violations(page))
