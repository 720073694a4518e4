"""Whatever comes from outside leads to an outcome; nothing raises, nothing is unbounded."""

import asyncio
from datetime import UTC, datetime

import pytest
from collector.adapters.fetch import PoliteFetcher
from collector.adapters.http import HttpClient, HttpTerms, Redirect
from collector.domain.addresses import Allowed, problem_with, problem_with_url
from collector.domain.fetching import Failure, NotModified, Page
from collector.domain.items import Entry, ItemTerms, take
from collector.domain.ports import Urgency
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fakes.fixed_clock import FixedClock

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
WEIRD = st.one_of(
    st.text(max_size=80),
    st.builds(lambda rest: f"http://{rest}", st.text(max_size=80)),
    st.builds(lambda host, path: f"https://{host}/{path}", st.text(max_size=30), st.text(max_size=50)),
)


class OneAnswer:
    """Gives robots.txt of any bytes, and one answer to everything else."""

    def __init__(self, robots, answer):
        self.robots = robots
        self.answer = answer

    async def get(self, url, *, max_bytes, headers):
        if url.endswith("/robots.txt"):
            return Page(url, url, 200, "OK", (), self.robots, NOW)
        return self.answer


def fetch(client, url):
    clock = FixedClock(NOW)
    fetcher = PoliteFetcher(client, clock=clock, spacing_s=0.0)
    return asyncio.run(fetcher.fetch(url, max_bytes=1_000, urgency=Urgency.NEW))


@settings(max_examples=300, deadline=None)
@given(WEIRD, WEIRD, st.binary(max_size=200))
@example("http://a.id/", "//[", b"")
@example("http://a.id/%zz?\ud800", "http://\u0660.id", b"User-agent: *\nDisallow: /%zz\nCrawl-delay: nan")
@example("http://a.id/x", "/y", b"User-agent: *\nCrawl-delay: -1\nRequest-rate: 0/0\nRequest-rate: 1/inf")
@example("http://a.id/x", "/y", b"User-agent: *\nDisallow: " + b"*" * 150 + b"$")
def test_no_url_redirect_or_robots_file_raises(url, location, robots):
    got = fetch(OneAnswer(robots, Redirect(location, permanent=True, status=301)), url)
    assert isinstance(got, Failure)
    page = Page("u", "u", 200, "OK", (), b"", NOW)
    assert isinstance(fetch(OneAnswer(robots, page), url), Page | Failure | NotModified)


@settings(max_examples=200, deadline=None)
@given(WEIRD)
@example("http://" + "a" * 70 + ".id/")
@example("http://xn--a/")
@example("http://a..b/")
@example("http://a.id:٣/")
@example("http://*.id/")
@example("http://a.id/\x00")
def test_the_http_client_answers_every_url_with_an_outcome(url):
    async def resolver(host, port):
        return ["127.0.0.1"]

    async def run():
        client = HttpClient(HttpTerms("PantauJatim/0.1 (+uji)"), Allowed(), clock=FixedClock(NOW), resolver=resolver)
        try:
            return await client.get(url, max_bytes=1_000, headers={})
        finally:
            await client.close()

    assert isinstance(asyncio.run(run()), Failure)


@given(WEIRD)
def test_urls_are_judged_without_an_error(url):
    problem_with_url(url)
    problem_with(url, Allowed())


@given(st.lists(st.builds(Entry, url=WEIRD, title=st.text(max_size=50)), max_size=20))
def test_what_is_taken_up_can_be_stored_and_sent(entries):
    for link in take(entries, now=NOW, terms=ItemTerms()).links:
        link.entry.url.encode()
        link.canonical_url.encode()
        (link.entry.title or "").encode()


def test_robots_with_a_catastrophic_pattern_is_quick():
    robots = b"User-agent: *\nDisallow: /" + b"*a" * 5_000 + b"$\n"
    page = Page("u", "u", 200, "OK", (), b"", NOW)
    with_timeout = asyncio.wait_for(asyncio.to_thread(fetch, OneAnswer(robots, page), "http://a.id/" + "a" * 2_000), 10)
    assert isinstance(asyncio.run(_awaited(with_timeout)), Page | Failure)


async def _awaited(future):
    return await future


@pytest.mark.parametrize("retry", ["9" * 5_000, "-1", "nan", "Wed, 99 Foo 2026"])
def test_headers_of_any_kind_are_read(retry):
    from collector.adapters.http import read_retry_after

    read_retry_after(retry, NOW)
