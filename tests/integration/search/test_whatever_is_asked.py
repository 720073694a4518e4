"""Whatever stands in `q` or in a filter, a real node is never asked something it refuses."""

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.stack

WORDS = [
    "banjir",
    "dinas kesehatan",
    "rsud",
    "di",
    "yang",
    "dprkpck",
    "satpol pp",
    "𝔘",
    "é",
    "\x00",
    "\u200f",
    "a" * 300,
    "--",
]
SYNTAX = [
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    '"',
    '"a b"~5',
    '"--"',
    "ab*",
    "judul:",
    "isi:ba*",
    "opd:dinkes",
    "nada:negatif",
    "keparahan:>4",
]
DATES = [
    "tanggal:2026-11-24",
    "tanggal:[* TO *]",
    "tanggal:>=1970-01-01",
    "tanggal:2199-12-31",
    "penulis:x*",
    'penulis:"a"',
]
PIECES = st.lists(st.sampled_from([*WORDS, *SYNTAX, *DATES]), min_size=1, max_size=8).map(" ".join)
LIMITS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LIMITS
@given(st.one_of(PIECES, st.text(min_size=1, max_size=60)), st.sampled_from(["-published_at", "relevance", "severity"]))
def test_a_query_is_answered_or_refused_with_a_reason(filled_api: httpx.Client, query: str, sort: str) -> None:
    answer = filled_api.get("/v1/articles", params={"q": query, "sort": sort, "facets": "opd,day", "size": 2})
    assert answer.status_code in (200, 422), (query, answer.text)
    stats = filled_api.get("/v1/stats", params={"q": query, "group_by": "opd"})
    assert stats.status_code in (200, 422), (query, stats.text)


@LIMITS
@given(
    st.sampled_from(["outlet", "category", "from", "to", "opd", "size", "cursor", "facets", "group_by", "url"]),
    st.text(max_size=40),
)
def test_a_parameter_is_answered_or_refused_with_a_reason(filled_api: httpx.Client, name: str, value: str) -> None:
    for path in ("/v1/articles", "/v1/stats", "/v1/trace", "/"):
        answer = filled_api.get(path, params={name: value})
        assert answer.status_code < 500, (path, name, value, answer.text)
