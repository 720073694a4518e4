"""The API of stories on a shelf in memory: list, tell, merge, split, and what is refused."""

from collections.abc import Iterator

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.ids import article_id
from runtime.health import Health
from search.api import stories_described as described
from search.api.app import create_app
from search.api.gateway import Gateway
from search.api.story_models import DecisionTaken, StoriesOut, StoryOut
from search.domain.vocabulary import vocabulary_of
from search.stories.desk import StoryDesk

from tests.builders.routed import NOON
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.memory_archive import MemoryArchive
from tests.fakes.scan_library import ScanLibrary
from tests.fakes.story_bench import CLINIC, FLOOD, Bench, piece
from tests.serving import serving

SHORTENED = "\n\n".join(FLOOD.split("\n\n")[:2])
A, B, C = (article_id(slug) for slug in "abc")
PIECES = (
    piece("a"),
    piece("b", SHORTENED, title="Ribuan Rumah Terendam", outlet="warta", hours=1),
    piece("c", CLINIC, title="Antrean Poli Jantung RSUD Dr. Soetomo Mengular", outlet="suara", hours=2),
)


@pytest.fixture
def desk() -> StoryDesk:
    bench = Bench()
    bench.take(*PIECES)
    texts = {one.article_id: {"title": one.title, "text": one.text} for one in PIECES}
    clock = FixedClock(NOON)
    archive = MemoryArchive(bench.shelf, texts, lambda: bench.grouper.apply(NOON))
    return StoryDesk(archive, clock, clock.advance)


@pytest.fixture
def api(desk: StoryDesk) -> Iterator[httpx.Client]:
    gazetteer = load_gazetteer()
    gateway = Gateway(ScanLibrary(()), gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    app = create_app(gateway, Health("search-api"))
    app.state.stories = desk
    with serving(app) as made:
        yield made


def test_stories_are_listed_the_newest_first(api: httpx.Client) -> None:
    found = api.get("/v1/stories?opd=bpbd").json()
    assert [one["id"] for one in found["items"]] == [C, A]
    assert (found["items"][1]["articles"], found["items"][1]["copies"]) == (2, 1)
    assert api.get("/v1/stories?min_articles=2").json()["total"] == 1
    assert api.get("/v1/stories?tone=positive").json()["total"] == 0


def test_a_story_tells_who_was_first_who_copied_and_what_was_changed(api: httpx.Client) -> None:
    story = api.get(f"/v1/stories/{A}").json()
    first, copy = story["members"]
    assert (first["id"], first["rank"], first["because"]["kind"]) == (A, 1, "first")
    assert (copy["copy_of"], copy["because"]["kind"], copy["because"]["to"]) == (A, "copy", A)
    assert "sama kata demi kata dengan berita Kabar" in copy["because"]["reason"]
    assert copy["changes"]["summary"] == "judul diganti, 2 paragraf dibuang"
    assert story["reason"] == "semua media tingkat 3, teks terlengkap (61 kata)"


def test_the_id_of_an_article_finds_its_story(api: httpx.Client) -> None:
    assert api.get(f"/v1/stories/{B}").json()["id"] == A


def test_a_merge_holds_and_is_told_with_who_and_why(api: httpx.Client) -> None:
    version = api.get(f"/v1/stories/{A}").json()["version"]
    sent = {"other": C, "by": "Rini", "why": "satu kejadian", "version": version}
    answer = api.post(f"/v1/stories/{A}/merge", json=sent)
    assert answer.status_code == 200, answer.text
    assert answer.json()["stories"] == [{"id": A, "articles": 3}]
    story = api.get(f"/v1/stories/{C}").json()
    assert story["id"] == A
    assert story["members"][2]["because"]["reason"] == "digabung oleh Rini: “satu kejadian”"
    assert story["decided"][0]["by"] == "Rini"


def test_a_split_sets_an_article_apart(api: httpx.Client) -> None:
    version = api.get(f"/v1/stories/{A}").json()["version"]
    sent = {"articles": [B], "by": "Rini", "version": version}
    assert api.post(f"/v1/stories/{A}/split", json=sent).json()["stories"] == [
        {"id": B, "articles": 1},
        {"id": A, "articles": 1},
    ]


def test_whoever_saw_another_version_is_refused_and_told(api: httpx.Client) -> None:
    sent = {"articles": [B], "by": "Rini", "version": "1-1"}
    answer = api.post(f"/v1/stories/{A}/split", json=sent)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:pantau:problem:story-changed")
    assert api.get(f"/v1/stories/{A}").json()["articles"] == 2


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        (f"{A}/split", {"articles": [C], "by": "Rini", "version": "2000-1"}, "tidak ada dalam cerita ini"),
        (f"{A}/split", {"articles": [A, B], "by": "Rini", "version": "2000-1"}, "Semua berita dipilih"),
        (f"{A}/split", {"articles": [], "by": "Rini", "version": "2000-1"}, "Belum ada berita"),
        (f"{A}/split", {"articles": [B], "by": " ", "version": "2000-1"}, "nama petugas"),
        (f"{A}/merge", {"other": B, "by": "Rini", "version": "2000-1"}, "sudah berada dalam satu cerita"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(
    api: httpx.Client, path: str, sent: dict[str, object], words: str
) -> None:
    answer = api.post(f"/v1/stories/{path}", json=sent)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("path", ["0" * 32, "tidak-ada", "%2e%2e"])
def test_a_story_that_there_is_not_is_404(api: httpx.Client, path: str) -> None:
    assert api.get(f"/v1/stories/{path}").status_code == 404
    sent = {"articles": [A], "by": "Rini", "version": "1-1"}
    assert api.post(f"/v1/stories/{path}/split", json=sent).status_code == 404


def test_a_wrong_parameter_is_named(api: httpx.Client) -> None:
    assert "size" in api.get("/v1/stories?size=0").json()["detail"]
    assert "dinkes" in api.get("/v1/stories?opd=dinks").json()["detail"]
    assert api.get("/v1/stories?ukuran=3").status_code == 422


def test_the_examples_have_the_shapes_of_the_answers() -> None:
    StoriesOut.model_validate({"total": 1, "items": [described.ITEM]})
    assert StoryOut.model_validate(described.STORY).model_dump() == described.STORY
    DecisionTaken.model_validate(described.TAKEN)


def test_a_decision_that_is_not_done_yet_is_kept_and_said_to_be(desk: StoryDesk) -> None:
    desk._archive.then = lambda: None
    decided = desk.decide_split(A, [B], by="Rini", why="")
    assert decided.applied is False
    assert desk._archive.decisions_about([B])
