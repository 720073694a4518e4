"""Gives one-off commands (`extract`, `probe`) the collector's polite and safe way to fetch."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from runtime.clock import SystemClock

from collector.adapters.fetch import PoliteFetcher
from collector.app import build_fetcher
from collector.cli_extract import PageFetchError
from collector.domain.fetching import Page
from collector.domain.ports import Urgency
from collector.reader import ACCEPT_HTML
from collector.settings import CollectorSettings, NoContactError

T = TypeVar("T")


def with_fetcher(settings: CollectorSettings, work: Callable[[PoliteFetcher], Awaitable[T]]) -> T:
    """Run `work` with a fetcher that is closed behind it."""

    async def run() -> T:
        http, fetcher = build_fetcher(settings, clock=SystemClock())
        try:
            return await work(fetcher)
        finally:
            await http.close()

    return asyncio.run(run())


class WebPages:
    """Fetches pages one by one for `extract`; robots.txt and spacing hold over all of them."""

    def __init__(self, settings: CollectorSettings) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()
        self._fetcher: PoliteFetcher | None = None

    def __call__(self, url: str) -> Page:
        """Return the page. Raises PageFetchError with the failure's code and words."""
        return self._runner.run(self._fetch(url))

    async def _fetch(self, url: str) -> Page:
        try:
            self._settings.require_contact([url])
        except NoContactError as error:
            raise PageFetchError("no_contact", str(error)) from error
        if self._fetcher is None:
            self._http, self._fetcher = build_fetcher(self._settings, clock=SystemClock())
        got = await self._fetcher.fetch(
            url, max_bytes=self._settings.collector_page_bytes, urgency=Urgency.NEW, accept=ACCEPT_HTML
        )
        if isinstance(got, Page):
            return got
        raise PageFetchError(getattr(got, "code", "not_modified"), getattr(got, "detail", "unasked answer 304"))

    def close(self) -> None:
        if self._fetcher is not None:
            self._runner.run(self._http.close())
        self._runner.close()
