"""A real Chromium on the gateway with articles in a real Elasticsearch."""

import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from contract.messages import ArticleRouted
from embedded.stack import Stack
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize, sync_playwright
from runtime.elastic import client
from search.app import build_api, build_store
from search.domain.document import article_write
from search.settings import SearchSettings

from tests.builders.desk_day import desk_day
from tests.builders.newsroom_line import newsroom_routed
from tests.builders.routed import NOON, many_routed
from tests.fakes.fixed_clock import FixedClock
from tests.serving import serving

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[str, ViewportSize] = {"kantor": {"width": 1366, "height": 768}, "ponsel": {"width": 390, "height": 844}}


def failure_of(request: Request) -> list[str]:
    """Return what failed; a request that the next page cut short, such as for an icon, did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        # The one other way is to download a browser, which a test must not do; the continuous build allows no skip.
        pytest.skip("no Chromium on this machine: install it with `apt-get install chromium`")
    with sync_playwright() as playwright:
        # Chromium writes below HOME; tests must leave no trace there.
        home = str(tmp_path_factory.mktemp("home"))
        made = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, env={"HOME": home})
        yield made
        made.close()


@contextmanager
def served(elastic_url: str, messages: Iterable[ArticleRouted]) -> Iterator[str]:
    """Serve the gateway over these articles in a namespace of their own; yield its address."""
    settings = SearchSettings(namespace=f"b{uuid.uuid4().hex[:12]}-", elastic_urls=elastic_url)
    es = client(settings)
    store = build_store(settings)
    store.prepare("2026.11")
    store.write([article_write(message, NOON) for message in messages])
    es.indices.refresh(index=settings.names.articles_alias())
    with serving(build_api(settings, FixedClock(NOON + timedelta(hours=1)))) as made:
        yield str(made.base_url).rstrip("/")
    for index in es.indices.get(index=f"{settings.namespace}*"):
        es.indices.delete(index=index)
    es.close()


@pytest.fixture(scope="session")
def address(stack: Stack) -> Iterator[str]:
    """The gateway's address, with 150 articles to be found."""
    with served(stack.elastic_url, many_routed(150)) as made:
        yield made


@pytest.fixture(scope="session")
def newsroom_address(stack: Stack) -> Iterator[str]:
    """The gateway's address, with the sample newsroom's articles as the line reads and routes them."""
    with served(stack.elastic_url, newsroom_routed(NOON)) as made:
        yield made


@pytest.fixture(params=list(SIZES))
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in the size of the office's screens, and of a phone; anything on the console fails the test."""
    yield from _watched(browser.new_context(base_url=address, viewport=SIZES[request.param], locale="id-ID"))


@pytest.fixture
def office(browser: Browser, newsroom_address: str) -> Iterator[Page]:
    """A page over the sample newsroom, a little smaller than the office's screens, as the guide prints it."""
    size: ViewportSize = {"width": 1280, "height": 720}
    yield from _watched(browser.new_context(base_url=newsroom_address, viewport=size, locale="id-ID"))


@pytest.fixture
def phone(browser: Browser, newsroom_address: str) -> Iterator[Page]:
    """A page in the size of a phone over the sample newsroom."""
    yield from _watched(browser.new_context(base_url=newsroom_address, viewport=SIZES["ponsel"], locale="id-ID"))


@pytest.fixture
def page_without_scripts(browser: Browser, address: str) -> Iterator[Page]:
    yield from _watched(
        browser.new_context(base_url=address, viewport=SIZES["kantor"], locale="id-ID", java_script_enabled=False)
    )


def _watched(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # Chromium reports the status of the page itself too, and some pages are errors on purpose.
        own_status = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type in ("error", "warning") and not own_status:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.extend(failure_of(request)))
    yield page
    context.close()
    assert said == []


@pytest.fixture(scope="session")
def desk_address() -> Iterator[str]:
    """The address of a day at the desk: sample news, doubts, stories, revisions; corrections are settled in memory."""
    with serving(desk_day(NOON).app) as made:
        yield str(made.base_url).rstrip("/")


@pytest.fixture(params=list(SIZES))
def desk(browser: Browser, desk_address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at the desk in both sizes."""
    yield from _watched(browser.new_context(base_url=desk_address, viewport=SIZES[request.param], locale="id-ID"))


@pytest.fixture
def desk_office(browser: Browser, desk_address: str) -> Iterator[Page]:
    """A page at the desk as the guide prints it."""
    size: ViewportSize = {"width": 1280, "height": 720}
    yield from _watched(browser.new_context(base_url=desk_address, viewport=size, locale="id-ID"))


@pytest.fixture
def desk_without_scripts(browser: Browser, desk_address: str) -> Iterator[Page]:
    yield from _watched(
        browser.new_context(base_url=desk_address, viewport=SIZES["kantor"], locale="id-ID", java_script_enabled=False)
    )
