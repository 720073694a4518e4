"""One disposition per article per service: counted, logged and sent from one call."""

import logging

from contract.outcomes import Outcome, Service
from prometheus_client import REGISTRY
from runtime.disposition import dispose, disposition

from tests.builders.articles import SEEN, an_article

ROUTER_PASSED = {"service": "router", "outcome": "passed", "reason": "uji"}


def counted() -> float:
    return REGISTRY.get_sample_value("pantau_articles_total", ROUTER_PASSED) or 0.0


def test_dispose_counts_once_and_logs_with_the_articles_fields(caplog):
    before = counted()
    with caplog.at_level(logging.INFO):
        said = dispose(an_article(), service=Service.ROUTER, outcome=Outcome.PASSED, now=SEEN, reason="uji")
    assert counted() == before + 1
    assert said.canonical_url == an_article().canonical_url
    assert caplog.records[0].__dict__["article.id"] == an_article().article_id


def test_a_disposition_alone_counts_nothing():
    before = counted()
    disposition(an_article(), service=Service.ROUTER, outcome=Outcome.PASSED, now=SEEN, reason="uji")
    assert counted() == before


def test_a_long_detail_is_cut_to_what_the_message_carries():
    said = disposition(an_article(), service=Service.ROUTER, outcome=Outcome.DEAD, now=SEEN, detail="x" * 9000)
    assert len(said.detail) == 2000
