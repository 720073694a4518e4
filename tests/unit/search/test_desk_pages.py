"""What people read and answer: the queue, the article with its forms, the story; and that a form is only ours."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from contract.messages import ArticleRouted, Jurisdiction, Label, OtherBody, Sentiment, Suggestion
from search.api.reading_queue import waiting_per_opd
from search.domain.filters import Filters

from tests.builders.learnt import grouped, vanished
from tests.builders.routed import assignment, many_routed, routed
from tests.fakes.desk_world import DeskWorld
from tests.serving import serving

HOSTILE = "<script>alert(1)</script>"
UNSURE = routed(
    "https://kabar.contoh/ragu",
    title="Antrean RSUD Dr. Soetomo dipersoalkan",
    severity=4,
    assignments=[
        assignment(
            "rsud-soetomo",
            "unit",
            "negative",
            score=0.52,
            uncertain=True,
            evidence="Pasien mengeluh antrean terlalu panjang.",
            cues=("mengeluh",),
            speaker="seorang pasien",
        ),
        assignment("dinkes", "opd", "negative", score=0.52, uncertain=True, derived=True, via=("rsud-soetomo",)),
    ],
)
TONE = routed(
    "https://kabar.contoh/nada",
    title="Jalan diperbaiki setelah lama rusak",
    assignments=[assignment("dpu-bina-marga", "opd", "positive")],
    read={
        "needs_reading": True,
        "needs_reading_reason": "Nada positif dan negatif hampir sama kuat.",
        "tone": Label(
            label=Sentiment.NEUTRAL, score=0.5, evidence="Jalan diperbaiki setelah lama rusak", uncertain=True
        ),
        "suggestions": (Suggestion(entity_id="bpbd", score=0.61, keywords=("longsor",), evidence="Ada longsor."),),
        "others": (OtherBody(name="Polres Jember", jurisdiction=Jurisdiction.VERTICAL, start=0, end=4, field="text"),),
    },
)
SURE = routed("https://kabar.contoh/yakin", title="Vaksinasi lancar", assignments=[assignment("dinkes", "opd")])
EVERY = (UNSURE, TONE, SURE)


@pytest.fixture
def world() -> DeskWorld:
    return DeskWorld(EVERY)


@pytest.fixture
def desk(world: DeskWorld) -> Iterator[httpx.Client]:
    with serving(world.app) as made:
        made.headers["Origin"] = str(made.base_url).rstrip("/")
        made.follow_redirects = True
        made.cookies.set("pantau_nama", "Siti%20Rahmawati")
        yield made


def path_of(message: ArticleRouted) -> str:
    return f"/berita/{message.article.article_id}"


def form_of(page: str, *, label: str) -> dict[str, str]:
    """Return the hidden fields of the form whose first button is about `label`, and the values of its buttons."""
    for body in re.findall(r"<form[^>]*action=\"/koreksi\">(.*?)</form>", page, re.DOTALL):
        if re.search(rf'aria-label="[^"]*: {re.escape(label)}"', body):
            return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', body))
    raise AssertionError(f"no form about {label}")


def test_the_queue_shows_what_is_unsure_the_gravest_first_and_asks_once(desk: httpx.Client) -> None:
    page = desk.get("/perlu-dibaca").text
    assert "2 berita menunggu" in page
    assert page.index(UNSURE.article.title) < page.index(TONE.article.title)
    assert SURE.article.title not in page
    assert 'Pasien <b class="penentu">mengeluh</b> antrean' in page
    assert "menurut seorang pasien" in page
    assert "berbicara tentang <strong>RSUD Dr. Soetomo</strong>" in page
    assert "berbicara tentang <strong>Dinas Kesehatan</strong>" not in page


def test_the_queue_of_an_agency_asks_about_its_units_too(desk: httpx.Client) -> None:
    page = desk.get("/perlu-dibaca", params={"opd": "dinkes"}).text
    assert "1 berita menunggu" in page
    assert "RSUD Dr. Soetomo</strong>?" in page
    assert "Tidak ada yang menunggu" in desk.get("/perlu-dibaca", params={"opd": "dindik"}).text


def test_the_number_beside_an_agency_is_the_length_of_its_own_queue() -> None:
    world = DeskWorld(many_routed(80))
    numbers = waiting_per_opd(Filters(), world.gateway)
    assert len(numbers) > 4
    with serving(world.app) as client:
        for opd, number in numbers:
            assert client.get("/v1/needs-reading", params={"opd": opd, "size": 1}).json()["total"] == number


def test_systems_get_the_same_questions(desk: httpx.Client) -> None:
    answer = desk.get("/v1/needs-reading").json()
    assert answer["total"] == 2
    (question,) = answer["items"][0]["questions"]
    assert (question["about"], question["id"], question["guess"]) == ("sentiment", "rsud-soetomo", "negative")
    assert desk.get("/v1/needs-reading", params={"opd": "dinks"}).status_code == 422


def test_one_click_answers_and_the_count_follows(desk: httpx.Client) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    before = desk.get("/v1/stats", params={"group_by": "unit"}).json()["buckets"][0]
    assert (before["needs_reading"], before["negative"]) == (1, 0)
    page = desk.post("/koreksi", data={**form, "jawab": "sentiment:neutral"}).text
    assert "Tersimpan." in page
    assert "oleh Siti Rahmawati" in page
    assert "1 berita menunggu" in page
    after = desk.get("/v1/stats", params={"group_by": "unit"}).json()["buckets"][0]
    assert (after["needs_reading"], after["neutral"], after["total"]) == (0, 1, 1)


def test_the_same_click_twice_is_one_answer(desk: httpx.Client, world: DeskWorld) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    for _ in range(2):
        desk.post("/koreksi", data={**form, "jawab": "sentiment:neutral"})
    assert len(world.corrections.history(UNSURE.article.article_id)) == 1


def test_not_about_us_takes_the_unit_and_its_agency_away(desk: httpx.Client) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    desk.post("/koreksi", data={**form, "jawab": "mention:removed"})
    article = desk.get(f"/v1/articles/{UNSURE.article.article_id}").json()
    assert (article["unit"], article["opd"]) == ([], [])
    assert "Dibaca mesin, lalu dihapus orang: RSUD Dr. Soetomo" in desk.get(path_of(UNSURE)).text


def test_who_comes_second_is_told_that_somebody_answered(desk: httpx.Client) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    desk.post("/koreksi", data={**form, "jawab": "sentiment:neutral"})
    desk.cookies.clear()
    page = desk.post("/koreksi", data={**form, "jawab": "sentiment:negative", "nama": "Budi"}).text
    assert "Jawaban Anda tidak dipakai." in page
    assert "Siti Rahmawati sudah lebih dulu menjawab lain" in page
    assert desk.get(f"/v1/articles/{UNSURE.article.article_id}").json()["mentions"][0]["sentiment"] == "neutral"


def test_who_is_against_a_guess_that_somebody_just_confirmed_is_told_so(desk: httpx.Client) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    desk.post("/koreksi", data={**form, "jawab": "sentiment:negative"})
    desk.cookies.clear()
    answer = desk.post("/koreksi", data={**form, "jawab": "sentiment:positive", "nama": "Budi"})
    assert answer.status_code == 409
    assert "Siti Rahmawati baru saja menjawab negatif." in answer.text


def test_the_name_is_asked_once_and_the_answer_is_not_lost(desk: httpx.Client) -> None:
    desk.cookies.clear()
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    asked = desk.post("/koreksi", data={**form, "jawab": "sentiment:positive"}).text
    assert "Siapa yang menjawab?" in asked
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked))
    assert kept["jawab"] == "sentiment:positive"
    page = desk.post("/koreksi", data={**kept, "nama": "Budi Santoso"}).text
    assert "oleh Budi Santoso" in page
    assert "Anda menjawab sebagai <strong>Budi Santoso</strong>" in desk.get("/perlu-dibaca").text


def test_an_answer_to_a_text_that_changed_since_is_not_taken(desk: httpx.Client) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    answer = desk.post("/koreksi", data={**form, "revisi": "7", "jawab": "sentiment:neutral"})
    assert answer.status_code == 409
    assert "Medianya mengubah berita ini" in answer.text


def test_while_corrections_cannot_be_taken_the_page_says_so(desk: httpx.Client, world: DeskWorld) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    world.line.away = True
    answer = desk.post("/koreksi", data={**form, "jawab": "sentiment:neutral"})
    assert answer.status_code == 503
    assert "belum tersimpan" in answer.text


def test_an_answer_that_is_still_on_its_way_is_told_as_that(desk: httpx.Client, world: DeskWorld) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    world.line.held = True
    assert "sedang dipasang" in desk.post("/koreksi", data={**form, "jawab": "sentiment:neutral"}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://jahat.contoh"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(desk: httpx.Client, world: DeskWorld, headers: dict[str, str]) -> None:
    form = form_of(desk.get("/perlu-dibaca").text, label="RSUD Dr. Soetomo")
    for path in ("/koreksi", "/koreksi/batal", "/nama", "/cerita/x/gabung", "/cerita/x/pisah"):
        answer = desk.post(path, data={**form, "jawab": "sentiment:neutral"}, headers=headers)
        assert answer.status_code == 403, path
        assert "tidak dikirim dari halaman Pantau" in answer.text
    assert world.line.sent == []


@pytest.mark.parametrize("target", ["https://jahat.contoh", "//jahat.contoh", "/\\jahat.contoh", "javascript:alert(1)"])
def test_coming_back_never_leads_elsewhere(desk: httpx.Client, target: str) -> None:
    answer = desk.post("/nama", data={"nama": "Budi", "kembali": target}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_address_of_a_form_leads_to_the_queue(desk: httpx.Client) -> None:
    assert desk.get("/koreksi").url.path == "/perlu-dibaca"


def test_a_form_that_is_none_or_too_long_is_refused(desk: httpx.Client) -> None:
    assert desk.post("/koreksi", json={"artikel": "x"}).status_code == 415
    assert desk.post("/koreksi", data={"alasan": "a" * 30_000}).status_code == 413
    assert desk.post("/koreksi", data={"artikel": "x"}).status_code == 404


def test_an_article_tells_evidence_speaker_score_suggestion_and_whose_matter_it_is_not(desk: httpx.Client) -> None:
    page = desk.get(path_of(UNSURE)).text
    for wanted in ("menurut seorang pasien", "mesin menduga negatif, 52%", '<b class="penentu">mengeluh</b>'):
        assert wanted in page
    page = desk.get(path_of(TONE)).text
    for wanted in ("mesin menduga netral, 50%", "Bukan wewenang provinsi", "instansi vertikal"):
        assert wanted in page
    assert "Usulan, tidak dihitung" in page
    assert "(61%): longsor" in page


def test_a_correction_stands_beside_what_the_machine_said_and_in_the_history(desk: httpx.Client) -> None:
    form = form_of(desk.get(path_of(TONE)).text, label="Dinas Pekerjaan Umum Bina Marga")
    page = desk.post("/koreksi", data={**form, "jawab": "sentiment:negative", "alasan": "Warga mengeluh."}).text
    for wanted in ("ditetapkan orang (mesin: positif, 90%)", "“Warga mengeluh.”", "<s>positif</s>", "berlaku"):
        assert wanted in page
    withdrawal = re.search(r'name="koreksi" value="([0-9a-f]+)"', page)
    assert withdrawal is not None
    given = {"artikel": TONE.article.article_id, "koreksi": withdrawal[1], "kembali": path_of(TONE)}
    page = desk.post("/koreksi/batal", data=given).text
    assert "Koreksi dibatalkan." in page
    assert "dibatalkan oleh Siti Rahmawati" in page


def test_what_is_suggested_to_an_agency_is_one_click_away(desk: httpx.Client) -> None:
    assert "Usulan untuk Dinas Kesehatan" in desk.get("/", params={"opd": "dinkes"}).text
    page = desk.get("/", params={"suggested": "bpbd"}).text
    assert TONE.article.title in page
    assert "Usulan: Badan Penanggulangan Bencana Daerah" in page


def test_a_second_agency_is_added_beside_the_first(desk: httpx.Client) -> None:
    page = desk.get("/", params={"opd": "dinkes"}).text
    assert 'id="f-opd-lagi" name="opd"' in page
    both = desk.get("/", params={"opd": ["dinkes", "dpu-bina-marga"]}).text
    assert "2 dipilih, tambah lagi" in both
    assert "3 berita" in both


def test_counting_earned_coverage_alone_is_one_click_and_back(desk: httpx.Client) -> None:
    assert 'href="/?origin=earned"' in desk.get("/").text
    assert "Hanya liputan media." in desk.get("/", params={"origin": "earned"}).text


def test_a_correction_of_a_text_that_changed_since_is_to_be_looked_at_again(
    desk: httpx.Client, world: DeskWorld
) -> None:
    form = form_of(desk.get(path_of(SURE)).text, label="Nada berita")
    desk.post("/koreksi", data={**form, "jawab": "tone:positive"})
    world.line.route(routed("https://kabar.contoh/yakin", title="Vaksinasi lancar", text="Isi baru.", revision=2))
    answer = desk.get(path_of(SURE))
    assert "media mengubah isinya sesudah itu, lihat lagi" in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_suggestion_is_taken_up_and_a_missed_agency_added(desk: httpx.Client) -> None:
    page = desk.get(path_of(TONE)).text
    form = form_of(page, label="Badan Penanggulangan Bencana Daerah")
    page = desk.post("/koreksi", data={**form, "jawab": "assignment:added"}).text
    assert "Usulan, tidak dihitung" not in page
    fields = {key: form[key] for key in ("artikel", "revisi", "kunci", "kembali")}
    added = {**fields, "pihak": "unit:rsud-soetomo", "sikap": "negative", "jawab": "mention:added"}
    desk.post("/koreksi", data=added)
    article = desk.get(f"/v1/articles/{TONE.article.article_id}").json()
    assert {"bpbd", "dinkes"} <= set(article["opd"])
    (unit,) = [one for one in article["mentions"] if one["kind"] == "unit"]
    assert (unit["sentiment"], unit["corrected"]) == ("negative", True)


def _story(*, hostile: bool = False) -> DeskWorld:
    title = HOSTILE if hostile else "Antrean dipersoalkan"
    first = routed("https://a.contoh/1", title=title, outlet="antara", tone="negative", outlet_name=title)
    copy = routed("https://b.contoh/1", title=f"{title} juga", outlet="detik")
    one = first.article.article_id
    told = {"story_id": one, "story_articles": 2, "story_outlets": 2, "copy_group": one}
    events = [
        grouped(of=first, first=True, **told),
        grouped(of=copy, first=False, copy_of=one, similarity=0.97, **told),
        vanished(of=copy),
    ]
    world = DeskWorld([first, copy, routed("https://c.contoh/1", title="Lain")], events)
    why = "media tingkat 1"
    world.stories.told[one] = {
        "story_id": one,
        "representative": copy.article.article_id,
        "first": one,
        "reason": why,
        "decided": (),
    }
    return world


def _serve(world: DeskWorld) -> Any:
    return serving(world.app)


def test_a_story_shows_who_was_first_who_copied_and_who_stands_for_it() -> None:
    world = _story()
    first = next(iter(world.stories.told))
    with _serve(world) as client:
        page = client.get(f"/cerita/{first}").text
        for wanted in (
            "2 berita di 2 media",
            "pertama menulis",
            "mewakili cerita",
            "97% sama dengan",
            "halaman hilang",
        ):
            assert wanted in page
        assert f'href="/cerita/{first}"' in client.get(f"/berita/{first}").text
        assert client.get("/cerita/tidak-ada").status_code == 404
        assert client.get("/cerita/..%2Fx").status_code == 404


def test_a_person_merges_by_the_address_of_an_article_and_splits_what_is_ticked() -> None:
    world = _story()
    first = next(iter(world.stories.told))
    copy = next(one["article_id"] for one in world.library.sources if one.get("copy_of"))
    with _serve(world) as client:
        headers = {"Origin": str(client.base_url).rstrip("/"), "Cookie": "pantau_nama=Siti"}
        for path, data in (
            ("gabung", {"lain": f"http://pantau.contoh/berita/{copy}", "alasan": "sama"}),
            ("pisah", {"berita": copy, "alasan": "lain"}),
        ):
            answer = client.post(f"/cerita/{first}/{path}", data=data, headers=headers)
            assert answer.status_code in (303, 422), answer.text
        empty = client.post(f"/cerita/{first}/pisah", data={"alasan": ""}, headers=headers)
        unknown = client.post(f"/cerita/{first}/gabung", data={"lain": "tidak-ada"}, headers=headers)
    assert world.stories.split_off == [(first, (copy,), "Siti", "lain")]
    assert (empty.status_code, unknown.status_code) == (422, 422)
    assert "Beri centang" in empty.text


def test_nothing_of_a_story_or_of_an_answer_becomes_markup() -> None:
    world = _story(hostile=True)
    first = next(iter(world.stories.told))
    world.stories.told[first]["decided"] = [
        {"verb": "merge", "by": HOSTILE, "at": "2026-11-24T05:00:00Z", "why": HOSTILE}
    ]
    with _serve(world) as client:
        headers = {"Origin": str(client.base_url).rstrip("/")}
        form = form_of(client.get(f"/berita/{first}").text, label="Nada berita")
        sent = {**form, "jawab": "tone:positive", "alasan": HOSTILE}
        asked = client.post("/koreksi", data=sent, headers=headers)
        client.post("/koreksi", data={**sent, "nama": HOSTILE}, headers=headers)
        for text in (asked.text, *(client.get(path).text for path in (f"/berita/{first}", f"/cerita/{first}"))):
            assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/berita/{first}").text
