"""The gateway on a plain scan instead of Elasticsearch."""

from collections.abc import Iterator

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.correcting import CorrectionDesk
from search.domain.document import article_document
from search.domain.vocabulary import vocabulary_of

from tests.builders.routed import NOON, many_routed
from tests.fakes.correction_line import CorrectionLine
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
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


@pytest.fixture(scope="module")
def api(library: ScanLibrary) -> Iterator[httpx.Client]:
    gazetteer = load_gazetteer()
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    health = Health("search-api", ready={"elasticsearch": library.problem})
    app = create_app(gateway, health)
    line = CorrectionLine()
    app.state.corrections = CorrectionDesk(library, line, line, gazetteer, FixedClock(NOON))
    with serving(app) as made:
        yield made
