"""The gateway's answers and its errors, without Elasticsearch."""

from collections.abc import Iterator

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.domain.document import article_document
from search.domain.vocabulary import vocabulary_of

from tests.builders.routed import NOON, routed
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
from tests.serving import serving


@pytest.fixture
def away(library: ScanLibrary) -> Iterator[None]:
    library.away = True
    yield
    library.away = False


def test_a_page_has_the_shape_that_was_promised(api: httpx.Client) -> None:
    answer = api.get("/v1/articles", params={"size": 3, "facets": "opd,tone"}).json()
    assert set(answer) == {"total", "items", "next", "facets"}
    assert answer["total"] == 60
    promised = {"id", "url", "title", "outlet", "published_at", "tone", "mentions", "opd", "unit", "region", "bakorwil"}
    assert promised | {"highlights"} <= set(answer["items"][0])
    mention = next(item["mentions"][0] for item in answer["items"] if item["mentions"])
    assert {"id", "kind", "sentiment", "score", "evidence"} <= set(mention)
    assert set(answer["facets"]["opd"][0]) == {"key", "label", "count"}


def test_following_the_cursor_gives_every_article_once(api: httpx.Client) -> None:
    for sort in ("-published_at", "published_at", "severity"):
        seen, cursor = [], ""
        while True:
            answer = api.get(
                "/v1/articles", params={"size": 7, "sort": sort} | ({"cursor": cursor} if cursor else {})
            ).json()
            seen += [item["id"] for item in answer["items"]]
            cursor = answer["next"]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 60


def test_one_article_carries_text_and_reading(api: httpx.Client) -> None:
    item = api.get("/v1/articles", params={"size": 1}).json()["items"][0]
    whole = api.get(f"/v1/articles/{item['id']}").json()
    assert whole["text"]
    assert whole["reading"]["model"] == "uji-1"


def test_counts_have_the_shape_that_was_promised(api: httpx.Client) -> None:
    answer = api.get("/v1/stats", params={"group_by": "opd", "interval": "day"}).json()
    assert {"group_by", "interval", "from", "to", "buckets"} <= set(answer)
    assert answer["measure"] == "sentiment"
    bucket = answer["buckets"][0]
    assert {"key", "label", "positive", "neutral", "negative", "needs_reading", "total", "series"} == set(bucket)
    assert bucket["total"] == sum(bucket[one] for one in ("positive", "neutral", "negative", "needs_reading"))
    assert bucket["series"][0]["at"].endswith("+07:00")
    assert api.get("/v1/stats", params={"group_by": "region"}).json()["measure"] == "tone"


def test_a_series_runs_over_the_whole_time_asked_for(api: httpx.Client) -> None:
    asked = {"interval": "day", "from": "2026-11-01", "to": "2026-11-30"}
    answer = api.get("/v1/stats", params=asked).json()
    assert len(answer["buckets"][0]["series"]) == 30
    assert (answer["from"], answer["to"]) == ("2026-11-01T00:00:00+07:00", "2026-11-30T23:59:59+07:00")


def test_a_trace_tells_the_stages_in_order(api: httpx.Client) -> None:
    for asked in ({"url": "https://kabar.id/a/?utm_medium=x#top"}, {"article_id": "a" * 32}):
        answer = api.get("/v1/trace", params=asked).json()
        assert [stage["service"] for stage in answer["stages"]] == ["collector", "router", "search"]
        assert answer["url"] == "https://kabar.id/a"


def test_the_directory_lists_who_there_is(api: httpx.Client) -> None:
    assert api.get("/v1/opd").json()["total"] == 51
    assert api.get("/v1/units", params={"level": "province", "opd": "dindik"}).json()["total"] >= 24
    assert api.get("/v1/regions").json()["total"] == 38
    assert sum(item["articles_7d"] for item in api.get("/v1/opd").json()["items"]) > 0


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/articles?opd=dinks", 422, "dinkes"),
        ("/v1/articles?q=%22a", 422, "tidak ditutup"),
        ("/v1/articles?size=999", 422, "1 sampai 200"),
        ("/v1/articles?warna=biru", 422, "tidak ada"),
        ("/v1/articles?cursor=abc", 400, "halaman pertama"),
        ("/v1/articles/xyz", 404, "id xyz"),
        ("/v1/articles/" + "a" * 32, 404, "Tidak ada berita"),
        ("/v1/stats?group_by=opd&interval=hour&from=2020-01-01", 422, "Persempit"),
        ("/v1/trace", 422, "salah satu"),
        ("/v1/trace?url=https://tidak.id/ada", 404, "belum pernah dilihat"),
        ("/v1/units?opd=x", 422, "tidak dikenal"),
        ("/v1/units?level=x", 422, "province"),
        ("/v1/regions?bakorwil=x", 422, "bakorwil-malang"),
        ("/tidak/ada", 404, "/tidak/ada"),
    ],
)
def test_every_error_is_a_problem_in_indonesian(api: httpx.Client, path: str, status: int, said: str) -> None:
    answer = api.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert said in str(body)


def test_a_method_that_is_not_there_is_a_problem_too(api: httpx.Client) -> None:
    answer = api.post("/v1/articles")
    assert answer.status_code == 405
    assert answer.json()["title"] == "Metode tidak tersedia di alamat ini"
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/stats", "/v1/opd"])
def test_while_elasticsearch_is_away_it_says_when_to_come_back(api: httpx.Client, away: None, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["content-type"] == "application/problem+json"


def test_health_is_live_and_not_ready_while_elasticsearch_is_away(api: httpx.Client, away: None) -> None:
    assert api.get("/health/live").status_code == 200
    answer = api.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"elasticsearch": "connection refused"}


def test_health_and_metrics_answer(api: httpx.Client) -> None:
    assert api.get("/health/ready").json()["status"] == "ok"
    api.get("/v1/opd")
    api.get("/tidak/ada/1")
    metrics = api.get("/metrics").text
    assert "pantau_ready" in metrics
    assert 'pantau_http_seconds_count{path="/v1/opd",status="200"}' in metrics
    assert 'path="other",status="404"' in metrics
    assert "/tidak/ada" not in metrics


@pytest.mark.parametrize("path", ["/", "/v1/articles", "/static/x/pantau.css", "/v1/articles?opd=x", "/tidak-ada"])
def test_every_answer_forbids_what_comes_from_elsewhere(api: httpx.Client, path: str) -> None:
    headers = api.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_long_answers_are_compressed(api: httpx.Client) -> None:
    assert api.get("/v1/opd").headers["content-encoding"] == "gzip"


def test_the_description_names_every_endpoint_and_filter(api: httpx.Client) -> None:
    found = api.get("/openapi.json").json()
    wanted = {
        "/v1/articles",
        "/v1/articles/{article_id}",
        "/v1/articles/{article_id}/revisions",
        "/v1/articles/{article_id}/revisions/{span}",
        "/v1/needs-reading",
        "/v1/opd",
        "/v1/units",
        "/v1/regions",
        "/v1/stats",
        "/v1/trace",
    }
    assert wanted <= set(found["paths"])
    names = {one["name"] for one in found["paths"]["/v1/articles"]["get"]["parameters"]}
    assert names == {
        *("q", "opd", "unit", "bakorwil", "region", "tone", "sentiment", "outlet", "category", "from", "to"),
        *("suggested", "origin", "jurisdiction", "story", "copies"),
        *("needs_reading", "corrected", "edited", "vanished"),
        *("sort", "size", "cursor", "facets"),
    }
    assert "examples" in str(found)


@pytest.mark.parametrize("path", ["/", "/v1/articles?opd=dinkes", "/v1/opd", "/health/live", "/openapi.json", "/v1/x"])
def test_head_answers_as_get_does_without_the_body(api: httpx.Client, path: str) -> None:
    get, head = api.get(path), api.head(path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""


def test_an_article_is_linked_by_its_canonical_address() -> None:
    message = routed("https://kabar.id/a?utm_source=rss", canonical_url="https://kabar.id/a")
    gazetteer = load_gazetteer()
    library = ScanLibrary([article_document(message, NOON)])
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    with serving(create_app(gateway, Health("x"))) as client:
        (item,) = client.get("/v1/articles").json()["items"]
        whole = client.get(f"/v1/articles/{item['id']}").json()
        page = client.get(f"/berita/{item['id']}").text
    for one in (item, whole):
        assert (one["url"], one["canonical_url"]) == ("https://kabar.id/a", "https://kabar.id/a")
        assert one["fetched_url"] == "https://kabar.id/a?utm_source=rss"
    assert 'href="https://kabar.id/a"' in page
    assert "utm_source" not in page
