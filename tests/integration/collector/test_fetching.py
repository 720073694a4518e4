"""The real HTTP client against a server on this machine: limits, safety, politeness."""

import asyncio
import gzip
from itertools import count, pairwise

import brotli
import pytest
import pytest_asyncio
import zstandard
from collector.app import build_fetcher
from collector.domain.fetching import Failure, NotModified, Page, Problem, Validators
from collector.domain.ports import Urgency
from collector.settings import CollectorSettings
from runtime.clock import SystemClock

from tests.integration.collector.site import Answer, Site

pytestmark = pytest.mark.asyncio
LIMIT = 100_000


@pytest.fixture
def site():
    with Site() as site:
        yield site


@pytest_asyncio.fixture
async def make():
    opened = []

    def make(site, *, resolver=None, **settings):
        options = {
            "collector_allowed_private": site.host,
            "collector_private_spacing_s": 0.0,
            "collector_host_spacing_s": 0.0,
            **settings,
        }
        more = {"resolver": resolver} if resolver else {}
        http, fetcher = build_fetcher(CollectorSettings(**options), clock=SystemClock(), **more)
        opened.append(http)
        return fetcher

    yield make
    for http in opened:
        await http.close()


async def get(fetcher, url, **more):
    return await fetcher.fetch(url, max_bytes=LIMIT, urgency=Urgency.NEW, **more)


async def test_a_page_comes_with_honest_headers_and_without_cookies(site, make):
    site.answers["/a"] = Answer(
        b"isi", headers={"Set-Cookie": "sesi=1; Path=/", "ETag": '"1"', "Content-Type": "text/html"}
    )
    fetcher = make(site, collector_contact="humas@contoh.go.id")
    page = await get(fetcher, f"{site.url}/a")
    await get(fetcher, f"{site.url}/a")
    assert isinstance(page, Page)
    assert (page.body, page.validators.etag, page.content_type) == (b"isi", '"1"', "text/html")
    asked = site.asked[-1].headers
    assert asked["user-agent"] == "PantauJatim/0.1 (+humas@contoh.go.id)"
    assert "cookie" not in asked
    assert asked["accept-encoding"] == "gzip, br, zstd"


@pytest.mark.parametrize(
    ("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)]
)
async def test_encodings_are_taken_off_and_bombs_refused(site, make, name, pack):
    site.answers["/a"] = Answer(pack(b"isi" * 100), headers={"Content-Encoding": name})
    site.answers["/bom"] = Answer(pack(b"\x00" * 30_000_000), headers={"Content-Encoding": name})
    fetcher = make(site)
    assert (await get(fetcher, f"{site.url}/a")).body == b"isi" * 100
    assert (await get(fetcher, f"{site.url}/bom")).problem is Problem.TOO_LARGE


async def test_an_endless_body_is_cut_off_at_the_limit(site, make):
    site.answers["/akhir"] = Answer(chunks=lambda: (b"x" * 10_000 for _ in count()))
    assert (await get(make(site), f"{site.url}/akhir")).problem is Problem.TOO_LARGE


async def test_an_announced_size_above_the_limit_is_not_even_read(site, make):
    site.answers["/besar"] = Answer(b"x" * (LIMIT + 1))
    failure = await get(make(site), f"{site.url}/besar")
    assert (failure.problem, failure.detail) == (Problem.TOO_LARGE, f"announces {LIMIT + 1} bytes, more than {LIMIT}")


async def test_a_slow_drip_ends_at_the_total_time(site, make):
    site.answers["/pelan"] = Answer(chunks=lambda: (b"x" for _ in range(100)), pause_s=0.05)
    failure = await get(make(site, collector_request_total_s=0.4), f"{site.url}/pelan")
    assert (failure.problem, failure.temporary) == (Problem.TIMEOUT, True)


async def test_a_silent_server_ends_at_the_read_time(site, make):
    site.answers["/diam"] = Answer(b"x", pause_s=1.0)
    site.answers["/robots.txt"] = Answer(b"")
    assert (await get(make(site, collector_read_s=0.2), f"{site.url}/diam")).problem is Problem.TIMEOUT


def unless_known(headers):
    known = headers.get("if-none-match") == '"1"'
    return Answer(status=304, headers={"ETag": '"1"'}) if known else Answer(b"x")


async def test_a_304_is_told_and_validators_travel(site, make):
    site.answers["/a"] = lambda h: (
        Answer(status=304, headers={"ETag": '"1"'}) if h.get("if-none-match") == '"1"' else Answer(b"x")
    )
    fetcher = make(site)
    assert isinstance(await get(fetcher, f"{site.url}/a", validators=Validators('"1"')), NotModified)
    assert isinstance(await get(fetcher, f"{site.url}/a", validators=Validators('"2"')), Page)


async def test_requests_are_spaced_and_never_overlap(site, make):
    for n in range(4):
        site.answers[f"/{n}"] = Answer(b"x", pause_s=0.03)
    fetcher = make(site, collector_private_spacing_s=0.15)
    await asyncio.gather(*(get(fetcher, f"{site.url}/{n}") for n in range(4)))
    times = sorted((asked.at_s, asked.until_s) for asked in site.asked)
    assert len(times) == 5
    assert all(later[0] - earlier[0] >= 0.14 and later[0] >= earlier[1] for earlier, later in pairwise(times))


async def test_crawl_delay_of_robots_is_kept(site, make):
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.3\nDisallow: /rahasia")
    site.answers |= {"/1": Answer(b"x"), "/2": Answer(b"x")}
    fetcher = make(site)
    await get(fetcher, f"{site.url}/1")
    await get(fetcher, f"{site.url}/2")
    (first, second) = (asked.at_s for asked in site.asked if asked.path != "/robots.txt")
    assert second - first >= 0.29
    assert (await get(fetcher, f"{site.url}/rahasia")).problem is Problem.ROBOTS_DISALLOW
    assert "/rahasia" not in site.paths()


async def test_a_redirect_to_a_private_address_is_refused(site, make):
    with Site() as inner:
        inner.answers["/dalam"] = Answer(b"rahasia")
        fetcher = make(site)
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
            site.answers["/keluar"] = Answer(status=302, headers={"Location": f"http://{host}:{inner.port}/dalam"})
            failure = await get(fetcher, f"{site.url}/keluar")
            assert isinstance(failure, Failure)
            assert failure.problem in (Problem.ADDRESS_REFUSED, Problem.NETWORK, Problem.BAD_URL), failure
        assert inner.asked == []


async def test_a_public_name_that_leads_to_a_private_address_is_refused(site, make):
    async def resolver(host, port):
        return ["127.0.0.1"]

    fetcher = make(site, resolver=resolver)
    assert (await get(fetcher, f"http://ganti.id:{site.port}/a")).problem is Problem.ADDRESS_REFUSED
    assert site.asked == []


async def test_permanent_redirects_are_remembered_and_loops_end(site, make):
    site.answers |= {
        "/lama": Answer(status=301, headers={"Location": "/baru"}),
        "/baru": Answer(b"x"),
        "/putar": Answer(status=302, headers={"Location": "/putar"}),
    }
    fetcher = make(site)
    assert (await get(fetcher, f"{site.url}/lama")).moved_to == f"{site.url}/baru"
    assert (await get(fetcher, f"{site.url}/putar")).problem is Problem.TOO_MANY_REDIRECTS
    assert site.paths().count("/putar") == 6


async def test_retry_after_is_told_and_holds_the_host(site, make):
    site.answers["/sibuk"] = Answer(status=429, headers={"Retry-After": "300"})
    fetcher = make(site)
    failure = await get(fetcher, f"{site.url}/sibuk")
    assert (failure.status, failure.retry_after_s) == (429, 300)
    assert (await get(fetcher, f"{site.url}/lain")).status == 429
    assert site.paths() == ["/sibuk"]


@pytest.mark.parametrize(
    "headers",
    [{"Content-Encoding": "gzip"}, {"Content-Length": "99999"}, {"ETag": "\u00e9"}, {"Location": "http://[::1"}],
)
async def test_odd_answers_are_failures_or_pages_but_never_errors(site, make, headers):
    site.answers["/aneh"] = Answer(b"bukan gzip", 200 if "Location" not in headers else 302, headers)
    got = await get(make(site, collector_read_s=0.3), f"{site.url}/aneh")
    assert isinstance(got, Page | Failure)


async def test_a_server_that_is_not_there_is_a_network_failure(site, make):
    with Site() as gone:
        pass
    fetcher = make(gone)
    failure = await get(fetcher, f"{gone.url}/a")
    assert failure.problem is Problem.ROBOTS_WAIT
    assert failure.temporary
