"""Reading one article: further pages, what breaks, what is too long."""

import asyncio
import threading
from dataclasses import replace

import pytest
from collector.adapters.workers import WorkThreads
from collector.domain.compose import TextTerms, fit
from collector.domain.fetching import Failure, Problem, Validators
from collector.domain.fingerprint import Hints
from collector.domain.ports import Urgency
from collector.extract import ExtractedArticle, extract_article
from collector.reader import ArticleReader, ReadArticle, ReaderTerms, ReadNothing
from contract.outcomes import Outcome

from tests.builders.collector_world import SITE, World
from tests.fakes.collector_web import article_html

pytestmark = pytest.mark.asyncio
URL = f"{SITE}/2026/11/25/berita-dua-halaman"
TITLE = "Berita Panjang dalam Dua Halaman"


def page_one():
    link = f'<div class="pagination"><a href="{URL}?page=2">Halaman 2</a></div></article>'
    return article_html(TITLE, canonical=URL, text="Satu").replace(b"</article>", link.encode())


@pytest.fixture
def world():
    world = World()
    world.web.pages[URL] = lambda _: world.web.page(URL, page_one(), etag='"1"')
    world.web.pages[f"{URL}?page=2"] = article_html(TITLE, canonical=URL, text="Dua")
    return world


def reader(world, *, terms=None, text_terms=None, workers=None, **more):
    return ArticleReader(
        world.web,
        workers=workers or WorkThreads(1),
        terms=terms or ReaderTerms(),
        text_terms=text_terms or TextTerms(),
        **more,
    )


async def read(reader, *, patient=True, whole=False):
    return await reader.read(
        URL,
        zone="Asia/Jakarta",
        hints=Hints(),
        urgency=Urgency.NEW,
        validators=Validators(),
        patient=patient,
        whole=whole,
    )


async def test_further_pages_are_joined_and_make_the_article_unconditional(world):
    result = await read(reader(world))
    assert isinstance(result, ReadArticle)
    assert "Satu bagian 1" in result.article.text
    assert "Dua bagian 1" in result.article.text
    assert len(result.pages) == 2
    assert result.validators == Validators()


async def test_an_article_on_one_page_keeps_its_validators(world):
    result = await read(reader(world, terms=ReaderTerms(max_pages=1)))
    assert result.validators.etag == '"1"'
    assert len(result.pages) == 1


async def test_a_further_page_that_fails_for_now_is_waited_for_and_then_left_out(world):
    world.web.pages[f"{URL}?page=2"] = Failure(Problem.TIMEOUT, URL, "lama")
    assert isinstance(await read(reader(world)), Failure)
    late = await read(reader(world), patient=False)
    assert isinstance(late, ReadArticle)
    assert len(late.pages) == 1


@pytest.mark.parametrize(
    "second",
    [Failure(Problem.HTTP, URL, "HTTP 404", 404), Failure(Problem.HTTP, URL, "HTTP 403", 403),
     b"<html><head><title>Just a moment...</title></head><body>x</body></html>"],
    ids=["404", "403", "no article"],
)  # fmt: skip
async def test_a_known_article_is_read_whole_or_not_at_all(world, second):
    world.web.pages[f"{URL}?page=2"] = second
    result = await read(reader(world), patient=False, whole=True)
    assert isinstance(result, Failure)
    assert result.further
    assert len(result.detail) < 500


async def test_an_extractor_that_breaks_on_a_page_makes_it_dead_with_the_traceback(world):
    def breaks(body, **_):
        raise AttributeError("rusak")

    result = await read(reader(world, extract=breaks))
    assert isinstance(result, ReadNothing)
    assert (result.outcome, result.reason) == (Outcome.DEAD, "extractor_broke")
    assert "rusak" in result.detail


async def test_a_text_that_is_too_long_is_rejected_with_its_length(world):
    result = await read(reader(world, text_terms=TextTerms(max_text_chars=500)))
    assert isinstance(result, ReadNothing)
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "too_large")
    assert "more than 500" in result.detail


async def test_title_authors_section_and_image_are_cut_to_the_contract():
    base = extract_article(page_one(), url=URL)
    assert isinstance(base, ExtractedArticle)
    wild = replace(
        base, title="j" * 5_000, authors=(" ", *("a" * 900,) * 50), section="s" * 900,
        image_url="https://x/" + "g" * 9_000,
        language="bahasa-indonesia",
    )  # fmt: skip
    fitted = fit(wild, TextTerms())
    assert len(fitted.title) == 1_000
    assert fitted.title.endswith("…")
    assert len(fitted.authors) == 20
    assert {len(author) for author in fitted.authors} == {200}
    assert (len(fitted.section), fitted.image_url, fitted.language) == (200, None, None)


async def test_a_page_that_takes_for_ever_is_dead_and_the_next_one_is_read(world):
    enough = threading.Event()
    workers = WorkThreads(1, limit_s=0.05, spare=1)

    def slow(body, **more):
        if b"Satu" in body:
            enough.wait(10)
        return extract_article(body, **more)

    result = await read(reader(world, workers=workers, extract=slow))
    assert (result.outcome, result.reason) == (Outcome.DEAD, "extractor_too_slow")
    assert "1 threads are stuck" in workers.problem()
    assert await workers.run(lambda: 7) == 7
    enough.set()
    await wait_until(lambda: workers.problem() is None)
    workers.close()


async def wait_until(true):
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - a thread says it, not a task
            await asyncio.sleep(0.01)
