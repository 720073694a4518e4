"""What an article is about and how grave it is: corrected on its page as the tone is, and counted as corrected."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from contract.messages import CategoryCues, Suggestion
from contract.values import Category

from tests.builders.routed import assignment, routed
from tests.fakes.desk_world import DeskWorld
from tests.serving import serving

FIRE = routed(
    "https://kabar.contoh/pasar",
    title="Pasar terbakar, pedagang mengungsi",
    severity=3,
    categories=("ekonomi", "bencana"),
    assignments=[assignment("bpbd", "opd", "neutral")],
    read={
        "severity_reason": "Ada korban atau kejadian berbahaya",
        "severity_cues": ("terbakar", "<b>mengungsi"),
        "category_cues": (
            CategoryCues(category="ekonomi", words=("pasar", "pedagang")),
            CategoryCues(category="bencana", words=("terbakar",)),
        ),
        "suggestions": (
            Suggestion(entity_id="disperindag", score=0.4, keywords=("pasar",), reason="Usulan karena “pasar”."),
            Suggestion(entity_id="dinsos", score=0.4, keywords=("mengungsi",)),
        ),
    },
)
DANCE = routed("https://kabar.contoh/tari", title="Tari tampil", severity=1, categories=("budaya_pariwisata",))
PAGE = f"/berita/{FIRE.article.article_id}"


@pytest.fixture
def world() -> DeskWorld:
    return DeskWorld([FIRE, DANCE])


@pytest.fixture
def desk(world: DeskWorld) -> Iterator[httpx.Client]:
    with serving(world.app) as made:
        made.headers["Origin"] = str(made.base_url).rstrip("/")
        made.follow_redirects = True
        made.cookies.set("pantau_nama", "Siti%20Rahmawati")
        yield made


def box_of(page: str, name: str) -> str:
    found = re.search(rf'<section class="kotak sebutan" id="{name}">.*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def form_in(page: str, name: str) -> dict[str, Any]:
    """Return the hidden fields of the form in one box of the article's page."""
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', box_of(page, name)))


def counts(desk: httpx.Client) -> dict[str, int]:
    return {
        one["key"]: one["total"] for one in desk.get("/v1/stats", params={"group_by": "category"}).json()["buckets"]
    }


def test_the_page_tells_severity_with_its_reason_and_the_categories_in_words(desk: httpx.Client) -> None:
    page = desk.get(PAGE).text
    assert "Keparahan 3 dari 5" in box_of(page, "keparahan")
    assert "Ada korban atau kejadian berbahaya" in box_of(page, "keparahan")
    assert "Kategori: Ekonomi, Bencana" in box_of(page, "kategori")
    assert "Kategori: Budaya dan pariwisata" in desk.get(f"/berita/{DANCE.article.article_id}").text


def test_the_severity_is_corrected_with_one_click_and_the_order_of_lists_follows(desk: httpx.Client) -> None:
    form = form_in(desk.get(PAGE).text, "keparahan")
    page = desk.post("/koreksi", data={**form, "jawab": "severity:5", "alasan": "Dua orang meninggal."}).text
    for wanted in ("Tersimpan.", "3 menjadi", "<em>5</em>, oleh Siti Rahmawati", "“Dua orang meninggal.”"):
        assert wanted in page
    assert "Ditetapkan orang; mesin: 3." in box_of(page, "keparahan")
    found = desk.get("/v1/articles", params={"q": "keparahan:>=5"}).json()["items"]
    assert [(one["id"], one["severity"]) for one in found] == [(FIRE.article.article_id, 5)]


def test_categories_are_ticked_and_the_statistics_count_what_the_person_says(desk: httpx.Client) -> None:
    assert counts(desk) == {"ekonomi": 1, "bencana": 1, "budaya_pariwisata": 1}
    form = form_in(desk.get(PAGE).text, "kategori")
    ticked = ["bencana", "budaya_pariwisata"]
    page = desk.post("/koreksi", data={**form, "kategori": ticked, "jawab": "category:set"}).text
    assert "ekonomi, bencana menjadi <em>bencana, budaya dan pariwisata</em>" in page
    assert "Ditetapkan orang; mesin: ekonomi, bencana." in box_of(page, "kategori")
    assert counts(desk) == {"bencana": 1, "budaya_pariwisata": 2}


def test_every_category_can_be_chosen_and_those_of_the_article_are_ticked(desk: httpx.Client) -> None:
    box = box_of(desk.get(PAGE).text, "kategori")
    boxes = dict(re.findall(r'name="kategori" value="([a-z_]+)"( checked|)', box))
    assert set(boxes) == set(Category)
    assert {key for key, ticked in boxes.items() if ticked} == {"ekonomi", "bencana"}


@pytest.mark.parametrize(
    ("box", "answers", "told"),
    [
        ("keparahan", ({"jawab": "severity:4"}, {"jawab": "severity:1"}), "<em>4</em> untuk Keparahan"),
        (
            "kategori",
            (
                {"jawab": "category:set", "kategori": ["bencana"]},
                {"jawab": "category:set", "kategori": ["sosial", "ekonomi"]},
            ),
            "<em>bencana</em> untuk Kategori",
        ),
    ],
)
def test_who_comes_second_is_told_and_the_first_answer_stays(
    desk: httpx.Client, world: DeskWorld, box: str, answers: tuple[dict[str, Any], ...], told: str
) -> None:
    form = form_in(desk.get(PAGE).text, box)
    desk.post("/koreksi", data={**form, **answers[0]})
    before = desk.get(f"/v1/articles/{FIRE.article.article_id}").json()
    desk.cookies.clear()
    page = desk.post("/koreksi", data={**form, **answers[1], "nama": "Budi"}).text
    assert "Jawaban Anda tidak dipakai." in page
    assert told in page
    assert "Siti Rahmawati sudah lebih dulu menjawab lain" in page
    after = desk.get(f"/v1/articles/{FIRE.article.article_id}").json()
    assert (before["severity"], before["category"]) == (after["severity"], after["category"])
    assert len(world.corrections.history(FIRE.article.article_id)) == 2


def test_what_was_corrected_is_withdrawn_from_the_history(desk: httpx.Client) -> None:
    form = form_in(desk.get(PAGE).text, "kategori")
    page = desk.post("/koreksi", data={**form, "kategori": ["sosial"], "jawab": "category:set"}).text
    given = re.search(r'name="koreksi" value="([0-9a-f]+)"', page)
    assert given is not None
    sent = {"artikel": FIRE.article.article_id, "koreksi": given[1], "kembali": PAGE}
    assert "Koreksi dibatalkan." in desk.post("/koreksi/batal", data=sent).text
    assert counts(desk) == {"ekonomi": 1, "bencana": 1, "budaya_pariwisata": 1}


@pytest.mark.parametrize(
    ("box", "sent", "said"),
    [
        ("kategori", {"jawab": "category:set"}, "Belum ada kategori yang dipilih"),
        ("kategori", {"jawab": "category:set", "kategori": ["lainnya", "sosial"]}, "Lainnya berarti"),
        ("kategori", {"jawab": "category:set", "kategori": ["<b>"]}, "Harus daftar kategori"),
        ("keparahan", {"jawab": "severity:9"}, "Harus angka bulat 1 sampai 5."),
        ("keparahan", {"jawab": "severity:"}, "Harus angka bulat 1 sampai 5."),
    ],
)
def test_what_is_no_value_is_refused_in_words(
    desk: httpx.Client, world: DeskWorld, box: str, sent: dict[str, Any], said: str
) -> None:
    form = form_in(desk.get(PAGE).text, box)
    answer = desk.post("/koreksi", data={**form, **sent})
    assert (answer.status_code, world.line.sent) == (422, [])
    assert said in answer.text


def test_the_name_is_asked_once_and_the_ticks_are_not_lost(desk: httpx.Client) -> None:
    desk.cookies.clear()
    form = form_in(desk.get(PAGE).text, "kategori")
    asked = desk.post("/koreksi", data={**form, "kategori": ["sosial", "bencana"], "jawab": "category:set"}).text
    kept = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked)
    assert [value for name, value in kept if name == "kategori"] == ["sosial", "bencana"]


def test_the_words_that_decided_stand_beside_severity_and_each_category(desk: httpx.Client) -> None:
    page = desk.get(PAGE).text
    severity, category = box_of(page, "keparahan"), box_of(page, "kategori")
    assert '<b class="penentu">terbakar</b>, <b class="penentu">&lt;b&gt;mengungsi</b>' in severity
    assert 'Kata penentu ekonomi: <b class="penentu">pasar</b>, <b class="penentu">pedagang</b>' in category
    assert 'Kata penentu bencana: <b class="penentu">terbakar</b>' in category
    told = desk.get(f"/v1/articles/{FIRE.article.article_id}").json()
    assert told["severity_cues"] == ["terbakar", "<b>mengungsi"]
    assert told["category_cues"] == {"ekonomi": ["pasar", "pedagang"], "bencana": ["terbakar"]}


def test_where_a_person_decided_the_machines_words_are_not_shown_as_the_reason(desk: httpx.Client) -> None:
    form = form_in(desk.get(PAGE).text, "keparahan")
    page = desk.post("/koreksi", data={**form, "jawab": "severity:1"}).text
    assert "Kata penentu" not in box_of(page, "keparahan")
    assert "Kata penentu" in box_of(page, "kategori")


def test_an_article_that_was_read_before_words_were_kept_has_its_page(desk: httpx.Client) -> None:
    path = f"/berita/{DANCE.article.article_id}"
    assert "Kata penentu" not in desk.get(path).text
    assert desk.get(f"/v1/articles/{DANCE.article.article_id}").json()["category_cues"] == {}


def test_a_suggestion_tells_the_routers_reason_and_without_one_the_words(desk: httpx.Client) -> None:
    page = desk.get(PAGE).text
    assert "Usulan karena “pasar”. <span" in page
    assert "urusannya mungkin miliknya (40%): mengungsi." in page
