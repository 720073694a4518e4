"""`/v1/articles/{id}/corrections`: taken, refused, conflicting, pending, away; each told in Indonesian."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from runtime.health import Health
from search.api import correction_models, corrections_described
from search.api.app import create_app
from search.api.gateway import Gateway
from search.correcting import CorrectionDesk
from search.domain.annotation import MAX_CORRECTIONS
from search.domain.desk import Answer, Desk
from search.domain.document import article_document
from search.domain.problems import InvalidRequestError
from search.domain.vocabulary import vocabulary_of

from tests.builders.learnt import corrected
from tests.builders.routed import NOON, assignment, routed
from tests.fakes.correction_line import CorrectionLine
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
from tests.serving import serving

MESSAGE = routed(assignments=[assignment("rsud-soetomo", "unit", "negative")])
ONE = MESSAGE.article.article_id
PATH = f"/v1/articles/{ONE}/corrections"
TONE = {"id": "koreksi-nada-1", "what": "tone", "expected": "neutral", "after": "negative", "by": "Siti Rahmawati"}
Json = dict[str, Any]


@pytest.fixture
def line() -> CorrectionLine:
    made = CorrectionLine()
    made.route(MESSAGE)
    return made


@pytest.fixture
def desk(line: CorrectionLine) -> CorrectionDesk:
    clock = FixedClock(NOON)
    library = ScanLibrary([article_document(MESSAGE, NOON)], [])
    return CorrectionDesk(library, line, line, load_gazetteer(), clock, pause=clock.advance)


@pytest.fixture
def api(desk: CorrectionDesk) -> Iterator[httpx.Client]:
    gazetteer = load_gazetteer()
    gateway = Gateway(
        desk.library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key", Desk(corrections=desk)
    )
    app = create_app(gateway, Health("search-api", ready={}))
    app.state.corrections = desk
    with serving(app) as made:
        yield made


def test_a_correction_is_applied_and_told(api: httpx.Client) -> None:
    answer = api.post(PATH, json={**TONE, "role": "humas-opd", "note": "Isinya keluhan."})
    assert answer.status_code == 200
    body = answer.json()
    assert body["current"] == "negative"
    told = body["correction"]
    assert (told["before"], told["machine_before"], told["outcome"], told["in_force"]) == (
        "neutral",
        "neutral",
        "applied",
        True,
    )
    (row,) = api.get(PATH).json()["items"]
    assert row == told
    assert (row["by"], row["note"], row["at"]) == ("Siti Rahmawati", "Isinya keluhan.", "2026-11-24T05:00:00.000+00:00")
    assert api.get(f"{PATH}/koreksi-nada-1").json() == told


def test_the_same_correction_sent_again_is_one(api: httpx.Client, line: CorrectionLine) -> None:
    answers = [api.post(PATH, json=TONE) for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert len(line.sent) == 1
    assert api.get(PATH).json()["total"] == 1


def test_an_id_that_says_something_else_the_second_time_is_refused(api: httpx.Client) -> None:
    api.post(PATH, json=TONE)
    answer = api.post(PATH, json={**TONE, "after": "positive"})
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.json()["detail"]


def test_without_an_id_each_sending_is_a_correction_of_its_own(api: httpx.Client) -> None:
    unnamed = {key: value for key, value in TONE.items() if key != "id"}
    assert api.post(PATH, json=unnamed).json()["correction"]["correction_id"]
    api.post(PATH, json=unnamed)
    assert api.get(PATH).json()["total"] == 2


def test_of_two_officers_one_wins_and_the_other_is_told_who(api: httpx.Client) -> None:
    api.post(PATH, json=TONE)
    answer = api.post(PATH, json={**TONE, "id": "koreksi-nada-2", "after": "positive", "by": "Agus"})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["current"], body["set_by"], body["title"]) == (
        "negative",
        "Siti Rahmawati",
        "Sudah ditetapkan orang lain",
    )
    assert "Siti Rahmawati sudah lebih dulu menetapkan: negative." in body["detail"]
    assert [(row["by"], row["outcome"]) for row in api.get(PATH).json()["items"]] == [
        ("Agus", "conflict"),
        ("Siti Rahmawati", "applied"),
    ]


def test_many_at_once_give_one_winner(desk: CorrectionDesk, line: CorrectionLine, api: httpx.Client) -> None:
    gate = threading.Barrier(6)
    statuses: list[int] = []

    def click(number: int) -> None:
        gate.wait()
        after = ["negative", "positive"][number % 2]
        sent = {**TONE, "id": f"serentak-{number}", "after": after, "by": f"Petugas {number}"}
        statuses.append(httpx.post(f"{api.base_url}{PATH}", json=sent).status_code)

    line.held = True
    threads = [threading.Thread(target=click, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    line.settle()
    rows = api.get(PATH).json()["items"]
    assert len(rows) == 6
    winner = rows[-1]["after"]
    assert {row["outcome"] for row in rows if row["after"] == winner} == {"applied"}
    assert {row["outcome"] for row in rows if row["after"] != winner} == {"conflict"}


def test_while_the_indexer_is_behind_it_says_so_and_where_to_ask(api: httpx.Client, line: CorrectionLine) -> None:
    line.held = True
    answer = api.post(PATH, json=TONE)
    assert (answer.status_code, answer.headers["location"]) == (202, f"{PATH}/koreksi-nada-1")
    assert answer.json()["link"] == f"{PATH}/koreksi-nada-1"
    assert api.get(answer.json()["link"]).status_code == 404
    line.settle()
    assert api.get(answer.json()["link"]).json()["outcome"] == "applied"


def test_without_a_broker_nothing_is_half_done(api: httpx.Client, line: CorrectionLine) -> None:
    line.away = True
    answer = api.post(PATH, json=TONE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["type"] == "urn:pantau:problem:corrections-away"
    assert "tidak ada yang berubah" in answer.json()["detail"]
    line.away = False
    assert api.get(PATH).json()["total"] == 0
    assert api.post(PATH, json=TONE).status_code == 200


def test_a_withdrawal_brings_the_machines_value_back(api: httpx.Client) -> None:
    api.post(PATH, json=TONE)
    answer = api.post(PATH, json={"withdraws": "koreksi-nada-1", "by": "Agus", "note": "Salah baca."})
    assert (answer.status_code, answer.json()["current"]) == (200, "neutral")
    first = api.get(f"{PATH}/koreksi-nada-1").json()
    assert (first["withdrawn"], first["withdrawn_by"], first["in_force"]) == (True, "Agus", False)


def test_a_second_withdrawal_is_told_who_came_first(api: httpx.Client) -> None:
    api.post(PATH, json=TONE)
    api.post(PATH, json={"withdraws": "koreksi-nada-1", "by": "Agus"})
    answer = api.post(PATH, json={"withdraws": "koreksi-nada-1", "by": "Siti"})
    assert answer.status_code == 409
    assert "Agus sudah lebih dulu membatalkan" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "parameter", "said"),
    [
        ({"by": " "}, "by", "Wajib diisi."),
        ({"by": "x" * 121}, "by", "Terlalu panjang"),
        ({"by": "a\x00b"}, "by", "tidak dapat ditampilkan"),
        ({"note": "x" * 1001}, "note", "Terlalu panjang"),
        ({"what": "nada"}, "what", "Nilai tidak dikenal."),
        ({"what": None}, "what", "Nilai tidak dikenal."),
        ({"after": "buruk"}, "after", "Nilai tidak dikenal."),
        ({"after": None}, "after", "Nilai tidak dikenal."),
        ({"expected": None}, "expected", "Nilai tidak dikenal."),
        ({"expected": 3}, "expected", "Nilai tidak dikenal."),
        ({"id": "x"}, "id", "Harus 8 sampai 64"),
        ({"entity": "dinkes"}, "entity", "Tidak dipakai untuk tone"),
        ({"what": "sentiment"}, "entity", "Wajib diisi."),
        ({"what": "sentiment", "entity": "dinas-entah"}, "entity", "Tidak ada OPD"),
        ({"what": "sentiment", "entity": "dinkes", "kind": "unit"}, "kind", "Nilai tidak dikenal."),
        ({"what": "severity", "expected": 2, "after": 6}, "after", "1 sampai 5"),
        ({"what": "severity", "expected": True, "after": 3}, "expected", "1 sampai 5"),
        ({"what": "category", "expected": [], "after": "kesehatan"}, "after", "Harus daftar kategori"),
        ({"what": "category", "expected": [], "after": ["Kesehatan!"]}, "after", "Harus daftar kategori"),
        ({"what": "category", "expected": [], "after": ["kesehatn"]}, "after", "Kategori kesehatn tidak dikenal."),
        ({"what": "category", "expected": [], "after": ["lainnya", "sosial"]}, "after", "Lainnya berarti"),
        ({"sentiment": "negative"}, "sentiment", "Hanya untuk pihak yang ditambahkan."),
        ({"span": {"field": "text", "start": 5, "end": 9_999}}, "span", "Tidak menunjuk"),
        ({"span": {"field": "text", "start": 5, "end": 5}}, "span", "Tidak menunjuk"),
        ({"span": {"field": "judul", "start": 1, "end": 5}}, "field", "Nilai tidak dikenal"),
        ({"tambahan": 1}, "tambahan", "Tidak dikenal."),
        ({"withdraws": "koreksi-nada-1"}, "what", "Tidak dipakai pada pembatalan."),
    ],
)
def test_a_mistake_is_named_with_its_field(
    api: httpx.Client, line: CorrectionLine, sent: Json, parameter: str, said: str
) -> None:
    answer = api.post(PATH, json={**TONE, **sent})
    assert answer.status_code == 422, answer.text
    flaws = {one["parameter"]: one["message"] for one in answer.json()["errors"]}
    assert said in flaws[parameter]
    assert line.sent == []


def test_every_mistake_is_told_at_once(api: httpx.Client) -> None:
    answer = api.post(PATH, json={"what": "sentiment", "expected": 1, "after": "x"})
    assert {one["parameter"] for one in answer.json()["errors"]} == {"by", "entity", "expected", "after"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"by": 3}'])
def test_what_is_no_correction_is_a_problem_in_words(api: httpx.Client, body: bytes) -> None:
    answer = api.post(PATH, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_hospital_of_a_kabupaten_is_no_matter_of_the_province(api: httpx.Client) -> None:
    other = next(unit.id for unit in load_gazetteer().units if not unit.is_provincial)
    sent = {**TONE, "what": "mention", "entity": other, "expected": "removed", "after": "added"}
    assert "Tidak ada OPD, unit provinsi" in api.post(PATH, json=sent).json()["detail"]


@pytest.mark.parametrize("path", [f"/v1/articles/{'0' * 32}/corrections", "/v1/articles/x/corrections"])
def test_an_article_that_is_not_there_is_said_to_be_missing(api: httpx.Client, path: str) -> None:
    assert api.post(path, json=TONE).status_code == api.get(path).status_code == 404


def test_a_correction_that_is_not_there_cannot_be_withdrawn(api: httpx.Client) -> None:
    for _ in range(2):
        answer = api.post(PATH, json={"withdraws": "koreksi-entah", "by": "Siti"})
        assert answer.status_code == 404
        assert "koreksi-entah" in answer.json()["detail"]
        api.post(PATH, json=TONE)


def test_there_is_an_end_to_the_corrections_of_one_article(api: httpx.Client, line: CorrectionLine) -> None:
    for number in range(MAX_CORRECTIONS):
        line.learn(corrected("tone", "neutral", "negative", number=number, of=MESSAGE))
    assert "lebih dari itu tidak diterima" in api.post(PATH, json=TONE).json()["detail"]
    assert api.post(PATH, json={**TONE, "id": "koreksi-0007"}).status_code == 200


def test_a_correction_of_a_changed_text_asks_to_look_again(api: httpx.Client, line: CorrectionLine) -> None:
    api.post(PATH, json=TONE)
    line.route(routed(revision=2, text="Isi yang baru sama sekali."))
    (row,) = api.get(PATH).json()["items"]
    assert (row["in_force"], row["stale"]) == (True, True)


def test_a_page_corrects_and_withdraws_through_the_same_desk(desk: CorrectionDesk, line: CorrectionLine) -> None:
    answer = Answer("a" * 32, ONE, "sentiment", "negative", "neutral", "Siti", 1, "d" * 64, "unit", "rsud-soetomo")
    desk.correct(answer)
    desk.correct(answer)
    desk.withdraw(ONE, "a" * 32, "Agus")
    desk.withdraw(ONE, "a" * 32, "Agus")
    assert [(row["by"], row["withdrawn"]) for row in desk.history(ONE)] == [("Agus", False), ("Siti", True)]
    assert len(line.sent) == 2
    with pytest.raises(InvalidRequestError, match="Koreksi ini tidak ada"):
        desk.withdraw(ONE, "b" * 32, "Agus")
    with pytest.raises(InvalidRequestError, match="Berita ini tidak ada"):
        desk.correct(Answer("a" * 32, "0" * 32, "tone", "neutral", "negative", "Siti", 1, "d" * 64))


def test_the_answers_shown_have_the_shape_of_the_real_ones(api: httpx.Client) -> None:
    correction_models.CorrectionOut.model_validate(corrections_described.CORRECTION)
    described = api.get("/openapi.json").json()["paths"]["/v1/articles/{article_id}/corrections"]
    assert set(described["post"]["responses"]) == {"200", "202", "404", "409", "422", "503"}
    assert set(described["get"]["responses"]) == {"200", "404", "422", "503"}
