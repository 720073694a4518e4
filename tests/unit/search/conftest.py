"""The gateway on a plain scan instead of Elasticsearch."""

from collections.abc import Iterator

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleRouted
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.correcting import CorrectionDesk
from search.domain.document import article_document
from search.domain.vocabulary import vocabulary_of
from search.stories.desk import StoryDesk
from search.stories.domain.incoming import piece_of

from tests.builders.routed import NOON, many_routed
from tests.fakes.correction_line import CorrectionLine
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.memory_archive import MemoryArchive
from tests.fakes.scan_library import ScanLibrary
from tests.fakes.story_bench import Bench
from tests.serving import serving


@pytest.fixture(scope="module")
def library() -> ScanLibrary:
    dispositions = [
        {
            "article_id": "a" * 32,
            "service": service,
            "outcome": outcome,
            "revision": 1,
            "at": "2026-11-24T05:00:00.000+00:00",
            "detail": "",
            "reason": "",
            "url": "https://kabar.id/a?utm_source=wa",
            "canonical_url": "https://kabar.id/a",
        }
        for service, outcome in (("search", "indexed"), ("collector", "passed"), ("router", "passed"))
    ]
    return ScanLibrary((article_document(message, NOON) for message in many_routed(60)), dispositions)


def story_desk(messages: list[ArticleRouted]) -> StoryDesk:
    """Return a desk with the stories of these articles."""
    bench = Bench()
    bench.take(*(piece_of(message) for message in messages))
    texts = {one.article.article_id: {"title": one.article.title, "text": one.article.text} for one in messages}
    archive = MemoryArchive(bench.shelf, texts, lambda: bench.grouper.apply(NOON))
    return StoryDesk(archive, FixedClock(NOON))


@pytest.fixture(scope="module")
def api(library: ScanLibrary) -> Iterator[httpx.Client]:
    gazetteer = load_gazetteer()
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    health = Health("search-api", ready={"elasticsearch": library.problem})
    app = create_app(gateway, health)
    line = CorrectionLine()
    app.state.corrections = CorrectionDesk(library, line, line, gazetteer, FixedClock(NOON))
    app.state.stories = story_desk(many_routed(60))
    with serving(app) as made:
        yield made
