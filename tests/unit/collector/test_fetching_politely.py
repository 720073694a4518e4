"""Turns, robots.txt, redirects and holds, over a client that answers from a table."""

import asyncio
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from collector.adapters.fetch import PoliteFetcher
from collector.adapters.http import Redirect, read_retry_after
from collector.adapters.politeness import Turns
from collector.domain.fetching import Failure, NotModified, Page, Problem, Validators
from collector.domain.ports import Urgency
from collector.domain.robots_rules import Answer, RobotsTerms, read_status

from tests.fakes.fixed_clock import FixedClock

pytestmark = pytest.mark.asyncio
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
A = "https://a.id"


class TableClient:
    """Answers by URL and remembers who asked when, and with which headers. robots.txt is 404 unless it is listed."""

    def __init__(self, clock, answers):
        self.clock = clock
        self.answers = answers
        self.asked = []
        self.headers = []

    async def get(self, url, *, max_bytes, headers):
        self.asked.append((url, self.clock.monotonic_s()))
        self.headers.append(headers)
        answer = self.answers.get(url)
        if answer is None:
            return Failure(Problem.HTTP, url, "HTTP 404", 404)
        if isinstance(answer, bytes):
            return Page(url, url, 200, "OK", (("etag", '"1"'),), answer, self.clock.now())
        return answer

    def urls(self):
        return [url for url, _ in self.asked if not url.endswith("/robots.txt")]


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def make(clock):
    def make(answers, **options):
        client = TableClient(clock, answers)
        fetcher = PoliteFetcher(client, clock=clock, **{"spacing_s": 1.0, **options})

        async def sleep(seconds):
            clock.advance(seconds)
            await asyncio.sleep(0)

        fetcher.turns = Turns(clock=clock, spacing_s=fetcher._spacing_of, sleep=sleep)
        return client, fetcher

    return make


async def get(fetcher, url, **more):
    return await fetcher.fetch(url, max_bytes=1_000, urgency=Urgency.NEW, **more)


async def test_requests_to_one_host_are_spaced_and_never_two_at_a_time(make):
    client, fetcher = make({f"{A}/{n}": b"x" for n in range(5)})
    await asyncio.gather(*(get(fetcher, f"{A}/{n}") for n in range(5)))
    times = [at for url, at in client.asked]
    assert [later - earlier for earlier, later in pairwise(times)] == [1.0] * 5


async def test_the_more_urgent_go_first(clock):
    turns = Turns(clock=clock, spacing_s=lambda host: 0.0)
    order = []

    async def work(name, urgency):
        async with turns.turn("a", urgency):
            order.append(name)
            await asyncio.sleep(0)

    await asyncio.gather(work("first", 2), work("again", 3), work("new", 2), work("poll", 1))
    assert order == ["first", "poll", "new", "again"]


async def test_a_cancelled_waiter_does_not_block_the_host(clock):
    turns = Turns(clock=clock, spacing_s=lambda host: 0.0)
    order = []

    async def work(name):
        async with turns.turn("a", 1):
            order.append(name)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(work(name)) for name in "abc"]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await work("d")
    assert order == ["a", "c", "d"]


async def test_hosts_that_are_done_are_forgotten(clock):
    turns = Turns(clock=clock, spacing_s=lambda host: 0.0)
    for n in range(5_100):
        clock.advance(0.001)
        async with turns.turn(str(n), 1):
            pass
    assert turns.hosts < 5_002


async def test_crawl_delay_is_kept_also_at_hosts_of_our_own(make):
    client, fetcher = make(
        {f"{A}/robots.txt": b"User-agent: *\nCrawl-delay: 7", f"{A}/1": b"", f"{A}/2": b""},
        quick_hosts=frozenset({"a.id"}), quick_spacing_s=0.01,
    )  # fmt: skip
    await get(fetcher, f"{A}/1")
    await get(fetcher, f"{A}/2")
    (_, _), (_, first), (_, second) = client.asked
    assert second - first == 7


async def test_robots_rules_for_pantau_and_for_all_are_followed(make):
    rules = b"User-agent: *\nDisallow: /privat\n\nUser-agent: PantauJatim\nDisallow: /khusus"
    client, fetcher = make({f"{A}/robots.txt": rules, f"{A}/privat": b"x", f"{A}/khusus": b"x"})
    assert (await get(fetcher, f"{A}/khusus")).problem is Problem.ROBOTS_DISALLOW
    assert isinstance(await get(fetcher, f"{A}/privat"), Page)
    assert client.urls() == [f"{A}/privat"]


async def test_robots_is_asked_once_and_again_after_it_expired(make, clock):
    client, fetcher = make({f"{A}/1": b"x"}, robots_terms=RobotsTerms(expiry_s=100))
    for _ in range(3):
        await get(fetcher, f"{A}/1")
    clock.advance(101)
    await get(fetcher, f"{A}/1")
    assert [url for url, _ in client.asked].count(f"{A}/robots.txt") == 2


@pytest.mark.parametrize(
    "answer",
    [Failure(Problem.HTTP, "u", "d", 503), Failure(Problem.HTTP, "u", "d", 429), Failure(Problem.TIMEOUT, "u", "d")],
)
async def test_a_host_that_cannot_say_its_rules_is_waited_for(make, clock, answer):
    client, fetcher = make({f"{A}/robots.txt": answer, f"{A}/1": b"x"}, robots_terms=RobotsTerms(wait_s=10))
    waited = await get(fetcher, f"{A}/1")
    assert waited.problem is Problem.ROBOTS_WAIT
    assert waited.detail.endswith("cannot be read: d")
    assert client.urls() == []
    client.answers[f"{A}/robots.txt"] = b""
    clock.advance(61)
    assert isinstance(await get(fetcher, f"{A}/1"), Page)


async def test_a_host_that_is_just_starting_is_asked_again_soon_and_then_ever_more_seldom(make, clock):
    client, fetcher = make({f"{A}/robots.txt": Failure(Problem.NETWORK, "u", "refused"), f"{A}/1": b"x"})
    waits = []
    for _ in range(10):
        await get(fetcher, f"{A}/1")
        asked, before = len(client.asked), clock.monotonic_s()
        while len(client.asked) == asked:
            clock.advance(1)
            await get(fetcher, f"{A}/1")
        waits.append(round(clock.monotonic_s() - before))
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == 600


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_client_error_at_robots_means_that_there_are_no_rules(status):
    assert read_status(status) is Answer.ALLOW_ALL


async def test_redirects_are_followed_with_robots_and_turn_of_each_host(make):
    client, fetcher = make(
        {
            f"{A}/1": Redirect("https://b.id/2", permanent=True, status=301),
            "https://b.id/2": Redirect("/3", permanent=True, status=308),
            "https://b.id/3": b"x",
        }
    )
    page = await get(fetcher, f"{A}/1")
    assert (page.asked_url, page.url, page.moved_to) == (f"{A}/1", "https://b.id/3", "https://b.id/3")
    assert "https://b.id/robots.txt" in [url for url, _ in client.asked]


async def test_one_temporary_redirect_in_the_chain_is_no_move(make):
    _, fetcher = make(
        {
            f"{A}/1": Redirect("/2", permanent=True, status=301),
            f"{A}/2": Redirect("/3", permanent=False, status=302),
            f"{A}/3": b"x",
        }
    )
    assert (await get(fetcher, f"{A}/1")).moved_to is None


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.id/x", "http://u:p@a.id/", "javascript:1", "http://[::1"]
)
async def test_a_redirect_to_what_is_no_plain_web_url_is_refused(make, target):
    client, fetcher = make({f"{A}/1": Redirect(target, permanent=False, status=302)})
    assert (await get(fetcher, f"{A}/1")).problem is Problem.BAD_URL
    assert client.urls() == [f"{A}/1"]


async def test_a_redirect_to_a_page_that_robots_forbids_is_not_followed(make):
    _, fetcher = make(
        {
            f"{A}/1": Redirect("https://b.id/x", permanent=False, status=302),
            "https://b.id/robots.txt": b"User-agent: *\nDisallow: /",
            "https://b.id/x": b"x",
        }
    )
    assert (await get(fetcher, f"{A}/1")).problem is Problem.ROBOTS_DISALLOW


async def test_a_redirect_loop_ends(make):
    client, fetcher = make({f"{A}/1": Redirect("/1", permanent=False, status=302)})
    assert (await get(fetcher, f"{A}/1")).problem is Problem.TOO_MANY_REDIRECTS
    assert len(client.urls()) == 6


async def test_validators_are_sent_and_not_modified_is_told(make, clock):
    unchanged = Page(f"{A}/1", f"{A}/1", 304, "", (("etag", '"1"'),), b"", NOW)
    client, fetcher = make({f"{A}/1": unchanged})
    got = await get(fetcher, f"{A}/1", validators=Validators('"1"', "Wed, 25 Nov 2026 06:30:00 GMT"))
    assert isinstance(got, NotModified)
    assert client.headers[-1]["If-None-Match"] == '"1"'
    assert client.headers[-1]["If-Modified-Since"] == "Wed, 25 Nov 2026 06:30:00 GMT"


async def test_a_host_that_asks_to_be_left_alone_is_left_alone_for_all_its_pages(make, clock):
    client, fetcher = make({f"{A}/1": Failure(Problem.HTTP, f"{A}/1", "HTTP 429", 429, 120.0), f"{A}/2": b"x"})
    await get(fetcher, f"{A}/1")
    held = await get(fetcher, f"{A}/2")
    assert (held.status, held.temporary) == (429, True)
    assert 110 < held.retry_after_s <= 120
    assert client.urls() == [f"{A}/1"]
    clock.advance(121)
    assert isinstance(await get(fetcher, f"{A}/2"), Page)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("120", 120.0), (" 5 ", 5.0), ("Wed, 25 Nov 2026 06:31:00 GMT", 60.0), ("Wed, 25 Nov 2020 06:31:00 GMT", 0.0),
     ("soon", None), ("", None), (None, None), ("-5", None), ("9" * 400, 999_999_999.0)],
)  # fmt: skip
async def test_retry_after_is_read_in_both_forms(value, expected):
    assert read_retry_after(value, NOW) == expected
