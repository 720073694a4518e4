"""The documentation at `/docs`: everything that is there, and every example runs."""

import html
import re
from typing import Any

import httpx
import pytest
from search.api import described, models
from search.web.manual import endpoints

from tests.fakes.scan_library import ScanLibrary


def links(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/[^"]*)"', page)]


def test_every_endpoint_and_parameter_is_told_in_words(api: httpx.Client) -> None:
    page = api.get("/docs").text
    for path, methods in api.get("/openapi.json").json()["paths"].items():
        assert path in page
        for parameter in [one for told in methods.values() for one in told.get("parameters", [])]:
            assert f"<code>{parameter['name']}</code>" in page
            assert parameter.get("description") or parameter["in"] == "path", (path, parameter["name"])


def test_every_example_runs(api: httpx.Client) -> None:
    asked = [link for link in links(api.get("/docs").text) if link.startswith("/v1/")]
    assert len(asked) > 25
    for link in asked:
        expected = {"/v1/articles?opd=dinks": {422}}.get(link, {200})
        if link.startswith("/v1/trace"):
            expected = {200, 404}  # These articles came without a trace.
        assert api.get(link).status_code in expected, link


def test_the_question_per_hospital_is_an_example(api: httpx.Client) -> None:
    assert "/v1/stats?group_by=unit&opd=dinkes" in links(api.get("/docs").text)
    stats = api.get("/openapi.json").json()["paths"]["/v1/stats"]["get"]
    assert "/v1/stats?group_by=unit&opd=dinkes" in stats["x-try"]


def test_the_page_is_there_while_the_search_is_away(api: httpx.Client, library: ScanLibrary) -> None:
    library.away = True
    answer = api.get("/docs")
    library.away = False
    assert answer.status_code == 200
    assert "/v1/trace?url={url}" in answer.text


def test_nothing_on_the_page_comes_from_elsewhere(api: httpx.Client) -> None:
    page = api.get("/docs").text
    assert re.findall(r'(?:src|href)="(?!/|#)[^"]*"', page) == []
    assert "<style" not in page
    assert " style=" not in page


@pytest.mark.parametrize(
    ("about", "shape"),
    [
        (described.ARTICLES, models.ArticlesOut),
        (described.ONE_ARTICLE, models.ArticleOut),
        (described.STATS, models.StatsOut),
        (described.TRACE, models.TraceOut),
        (described.OPD, models.OpdOut),
        (described.UNITS, models.UnitsOut),
        (described.REGIONS, models.RegionsOut),
    ],
)
def test_every_answer_shown_has_the_shape_of_the_real_one(
    about: dict[str, Any], shape: type[models.ArticlesOut]
) -> None:
    example = about["responses"][200]["content"]["application/json"]["example"]
    assert shape.model_validate(example).model_dump(mode="json", by_alias=True) == example


def test_the_problem_shown_is_the_real_one(api: httpx.Client) -> None:
    assert api.get("/v1/articles?opd=dinks").json() == described.PROBLEM


@pytest.mark.parametrize(
    ("path", "refusals"),
    [
        ("/v1/articles", {"400", "410", "422", "503"}),
        ("/v1/articles/{article_id}", {"404", "422", "503"}),
        ("/v1/trace", {"404", "422", "503"}),
        ("/v1/stats", {"422", "503"}),
    ],
)
def test_every_refusal_is_described_with_an_example_of_its_own(
    api: httpx.Client, path: str, refusals: set[str]
) -> None:
    answers = api.get("/openapi.json").json()["paths"][path]["get"]["responses"]
    assert set(answers) == {"200", *refusals}
    for status in refusals:
        example = answers[status]["content"]["application/problem+json"]["example"]
        assert example["status"] == int(status)


def test_the_refusals_shown_are_the_real_ones(api: httpx.Client) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    cursor = paths["/v1/articles"]["get"]["responses"]["400"]["content"]["application/problem+json"]["example"]
    missing = paths["/v1/articles/{article_id}"]["get"]["responses"]["404"]["content"]["application/problem+json"]
    assert api.get("/v1/articles?cursor=abc").json() == cursor
    assert api.get(f"/v1/articles/{'0' * 32}").json() == missing["example"]


def test_an_address_with_a_place_for_an_article_is_filled(api: httpx.Client) -> None:
    found = endpoints(api.get("/openapi.json").json(), {"article_id": "a" * 32, "url": "https://x.id/a?b=1&c=2"})
    trace = next(one for one in found if one.path == "/v1/trace")
    assert trace.tries[0].href == "/v1/trace?url=https://x.id/a%3Fb%3D1%26c%3D2"
