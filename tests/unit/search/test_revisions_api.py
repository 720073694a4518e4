"""What the gateway answers about an article's revisions and its page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.learnt import ArticleVanished
from contract.values import Vanishing
from runtime.health import Health
from search.api import revisions_described as described
from search.api.app import create_app
from search.api.gateway import Gateway
from search.api.revision_models import DifferenceOut, RevisionsOut
from search.domain.document import article_document
from search.domain.revisions import recorded, vanishing_write
from search.domain.vocabulary import vocabulary_of

from tests.builders.routed import NOON, assignment, routed
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
from tests.serving import serving

URL = "https://kabar.contoh/berita/1"
KEPT, LOST = "Pasien menunggu enam jam di poli jantung.", '"Kami datang sejak subuh," kata keluarga pasien dari Gresik.'
MARKUP = "<script>alert(1)</script> berjalan di judul"
SPOKEN = [assignment("rsud-soetomo", "unit", "negative")]
MESSAGES = [
    routed(
        URL, title="RSUD Telantarkan Pasien", text=f"{KEPT}\n\n{LOST}", revision=1, assignments=SPOKEN, archive="a#1"
    ),
    routed(URL, title="RSUD Benahi Antrean", text=KEPT, revision=2, first_seen_at=NOON + timedelta(minutes=9)),
    routed(URL, title=f"RSUD Benahi Antrean {MARKUP}", text=KEPT, revision=3, first_seen_at=NOON + timedelta(hours=1)),
]
ID = MESSAGES[0].article.article_id
ALONE = routed("https://kabar.contoh/berita/2")


def gone(how: str, minutes: int) -> ArticleVanished:
    at = NOON + timedelta(minutes=minutes)
    return ArticleVanished(
        article_id=ID, month="2026.11", revision=3, how=Vanishing(how), url=URL, at=at, checked_at=(at,),
        detail="Halamannya hilang.", last_page="a#1",
    )  # fmt: skip


@pytest.fixture(scope="module")
def api() -> Iterator[httpx.Client]:
    made = recorded([article_document(one, NOON) for one in MESSAGES], {})
    pages = [vanishing_write(gone("gone_410", 90)), vanishing_write(gone("restored", 200))]
    entries = [write.source for write in [*pages, *made.writes]]
    articles = [article_document(one, NOON) for one in (MESSAGES[-1], ALONE)]
    gazetteer = load_gazetteer()
    library = ScanLibrary(articles, entries=entries)
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    with serving(create_app(gateway, Health("search-api"))) as served:
        yield served


def history(api: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/v1/articles/{ID}/revisions").json()
    return found


def test_revisions_come_with_what_was_edited_and_how_they_were_read(api: httpx.Client) -> None:
    found = history(api)
    assert [one["revision"] for one in found["items"]] == [1, 2, 3]
    assert [one["kinds"] for one in found["items"]] == [
        [],
        ["title_softened", "paragraph_removed", "quote_removed"],
        ["title_changed"],
    ]
    assert found["items"][1]["kind_words"] == ["judul dilunakkan", "paragraf dihapus", "kutipan dihapus"]
    assert found["items"][0]["mentions"][0]["label"] == "RSUD Dr. Soetomo"
    assert found["items"][0]["archive"] == "a#1"
    assert (found["edited"], found["vanished"]) == (True, False)
    assert found["edit_kinds"] == ["title_softened", "title_changed", "paragraph_removed", "quote_removed"]


def test_the_timeline_has_edits_and_the_page_s_going_and_coming(api: httpx.Client) -> None:
    told = history(api)["timeline"]
    assert [one["event"] for one in told] == ["published", "edited", "edited", "vanished", "restored"]
    assert told[1]["text"] == "Media mengubah berita: judul dilunakkan, paragraf dihapus, kutipan dihapus."
    assert (told[3]["how"], told[3]["last_page"], told[3]["text"]) == ("gone_410", "a#1", "Halamannya hilang.")


def test_a_difference_is_told_in_steps(api: httpx.Client) -> None:
    found = api.get(f"/v1/articles/{ID}/revisions/1..2").json()
    assert (found["from"], found["to"]) == (1, 2)
    assert found["title"]["evidence_before"] == ["telantarkan"]
    assert [one["op"] for one in found["paragraphs"]] == ["same", "removed"]
    assert found["paragraphs"][1]["before"] == LOST
    assert found["quotes_removed"] == ["Kami datang sejak subuh,"]
    assert found["names"]["removed"] == ["Gresik"]


def test_revisions_that_do_not_follow_one_another_are_compared_too(api: httpx.Client) -> None:
    assert "title_softened" in api.get(f"/v1/articles/{ID}/revisions/1..3").json()["kinds"]
    assert "title_sharpened" in api.get(f"/v1/articles/{ID}/revisions/3..1").json()["kinds"]
    assert api.get(f"/v1/articles/{ID}/revisions/2..2").json()["kinds"] == []


def test_text_stays_plain_text(api: httpx.Client) -> None:
    answer = api.get(f"/v1/articles/{ID}/revisions/2..3")
    assert answer.headers["content-type"] == "application/json"
    assert MARKUP in answer.json()["title"]["after"]


def test_an_article_without_a_recorded_revision_has_an_empty_history(api: httpx.Client) -> None:
    found = api.get(f"/v1/articles/{ALONE.article.article_id}/revisions").json()
    assert (found["items"], found["timeline"], found["edited"]) == ([], [], False)


@pytest.mark.parametrize(
    "path", [f"{'0' * 32}/revisions", "x/revisions", f"{ID}/revisions/1..9", f"{'0' * 32}/revisions/1..2"]
)
def test_what_is_not_known_is_404_with_a_way_on(api: httpx.Client, path: str) -> None:
    answer = api.get(f"/v1/articles/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("span", ["1", "1-2", "a..b", "1..", "1..2..3", "1..99999999"])
def test_what_is_no_span_is_refused_with_an_example(api: httpx.Client, span: str) -> None:
    answer = api.get(f"/v1/articles/{ID}/revisions/{span}")
    assert answer.status_code == 422
    assert "1..2" in answer.text


def test_the_examples_have_the_promised_shapes() -> None:
    RevisionsOut.model_validate(described.HISTORY["responses"][200]["content"]["application/json"]["example"])
    DifferenceOut.model_validate(described.DIFFERENCE["responses"][200]["content"]["application/json"]["example"])
