"""Raw pages on disk, and articles made from them again."""

import gzip
import json
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from collector.adapters.archive import WarcArchive, read_archive
from collector.domain.compose import TextTerms
from collector.domain.fetching import Page
from collector.replay import replay
from contract.ids import article_id
from runtime.retry import BusyError
from warcio.archiveiterator import ArchiveIterator

from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html
from tests.fakes.fixed_clock import FixedClock

pytestmark = pytest.mark.asyncio
NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
URL = f"{SITE}/2026/11/25/puskesmas-tetap-buka"


def page(body=b"<html>isi \xc3\xa9</html>", url=URL):
    headers = (("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"), ("etag", '"1"'))
    return Page(url, url, 200, "OK", headers, body, NOW)


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def archive(tmp_path, clock):
    archive = WarcArchive(tmp_path, clock=clock)
    yield archive
    archive.close()


async def test_pages_come_back_byte_for_byte_with_what_was_known(archive, tmp_path):
    reference = await archive.store([page(), page(b"dua", f"{URL}?page=2")], {"article_id": "x", "judul": "é"})
    name, record_id = reference.split("#")
    (article,) = read_archive(tmp_path / name)
    assert article.reference == reference
    assert [p.body for p in article.pages] == [page().body, b"dua"]
    assert article.pages[0].record_id == record_id
    assert (article.pages[0].content_type, article.pages[0].fetched_at) == ("text/html; charset=utf-8", NOW)
    assert article.about == {"article_id": "x", "judul": "é"}


async def test_any_warc_reader_can_read_it(archive, tmp_path):
    await archive.store([page()], {})
    with next(tmp_path.glob("*.warc.gz")).open("rb") as source:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(source)]
    assert records == [("response", URL), ("metadata", URL)]


async def test_a_new_day_a_full_file_and_a_new_start_begin_a_new_file(tmp_path, clock):
    archive = WarcArchive(tmp_path, clock=clock, max_file_bytes=200)
    await archive.store([page()], {})
    await archive.store([page()], {})
    clock.advance(86_400)
    await archive.store([page()], {})
    archive.close()
    again = WarcArchive(tmp_path, clock=clock)
    await again.store([page()], {})
    again.close()
    assert len(list(tmp_path.glob("*.warc.gz"))) == 4


@pytest.mark.parametrize("cut", [30, 100, 200])
async def test_a_torn_end_is_passed_over_and_what_stands_before_it_is_read(archive, tmp_path, cut):
    await archive.store([page()], {"article_id": "satu"})
    await archive.store([page()], {"article_id": "dua"})
    archive.close()
    path = next(tmp_path.glob("*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-cut])
    assert [article.about["article_id"] for article in read_archive(path)] == ["satu"]


async def test_a_disk_that_does_not_take_it_is_busy_and_the_next_try_is_a_new_file(tmp_path, clock):
    folder = tmp_path / "arsip"
    archive = WarcArchive(folder, clock=clock)
    folder.rmdir()
    with pytest.raises(BusyError):
        await archive.store([page()], {})
    folder.mkdir()
    await archive.store([page()], {})
    archive.close()
    assert len(list(folder.glob("*.warc.gz"))) == 1


@pytest_asyncio.fixture
async def lived(tmp_path):
    """A world in which an article was published, edited and rejected, on a real archive."""
    world = World()
    world.archive = WarcArchive(tmp_path, clock=world.clock)
    short = world.serve(
        "/2026/11/25/berita-kilat-pendek", b"<html><head><title>Kilat</title></head><body>x</body></html>"
    )
    world.web.pages[FEED] = rss((URL, "Judul dari umpan"), (short, "Kilat"))
    world.web.pages[URL] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=URL, text="satu")
    await world.round(700)
    world.web.pages[URL] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=URL, text="dua")
    await world.round(700)
    world.archive.close()
    return world


async def test_replay_makes_the_same_articles_again_as_a_new_generation(lived, tmp_path):
    paths = sorted(tmp_path.glob("*.warc.gz"))
    again = [r for r in replay(paths, generation=3, terms=TextTerms()) if r.message is not None]
    published = {(m["article"]["article_id"], m["article"]["revision"]): m["article"]
                 for m in lived.outbox.of("articles.collected")}  # fmt: skip
    assert len(again) == len(published) == 2
    for one in again:
        made = json.loads(one.message.model_dump_json(exclude_none=True))["article"]
        assert made.pop("generation") == 3
        then = dict(published[(one.article_id, one.revision)])
        then.pop("generation")
        assert made == then


async def test_replay_tells_why_a_page_gives_no_article(lived, tmp_path):
    (nothing,) = [r for r in replay(sorted(tmp_path.glob("*")), generation=1, terms=TextTerms()) if r.message is None]
    assert nothing.outcome_then == "rejected"
    assert nothing.detail


async def test_replay_takes_the_last_record_of_a_revision_only(tmp_path, clock, lived):
    paths = sorted(tmp_path.glob("*.warc.gz"))
    doubled = tmp_path / "zz.warc.gz"
    doubled.write_bytes(b"".join(path.read_bytes() for path in paths))
    again = [r.reference.split("#")[0] for r in replay([*paths, doubled], generation=1, terms=TextTerms())]
    assert set(again) == {"zz.warc.gz"}
    assert len(again) == 3


async def test_replay_leaves_out_what_is_not_wanted(lived, tmp_path):
    paths = sorted(tmp_path.glob("*.warc.gz"))
    only = list(replay(paths, generation=1, terms=TextTerms(), wanted=lambda a, r: (a, r) == (article_id(URL), 2)))
    assert [(one.article_id, one.revision) for one in only] == [(article_id(URL), 2)]


async def test_a_file_that_is_no_archive_gives_nothing(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(b"bukan warc"))
    assert list(read_archive(path)) == []
