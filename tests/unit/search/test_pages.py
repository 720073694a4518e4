"""The pages: what stands on them, and that nothing of an article becomes markup."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.values import Jurisdiction, Origin, Vanishing
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.domain.conditions import CLASSES
from search.domain.document import article_document
from search.domain.vocabulary import vocabulary_of
from search.web import words
from search.web.address import Address
from search.web.passages import paragraphs

from tests.builders.routed import NOON, assignment, many_routed, routed
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
from tests.serving import serving

HOSTILE = "<script>alert(1)</script>"


def test_the_first_page_shows_results_filters_and_counts(api: httpx.Client) -> None:
    page = api.get("/").text
    for wanted in ("1–25 dari 60 berita", "Nada terhadap OPD", "Bantuan penulisan", "Halaman berikutnya", "Saringan"):
        assert wanted in page
    assert "Berita contoh." in page


def test_a_filter_in_force_is_a_chip_that_takes_it_away(api: httpx.Client) -> None:
    page = api.get("/", params={"opd": "dinkes", "tone": "negative"}).text
    assert "Hapus saringan OPD: Dinas Kesehatan" in page
    assert 'href="/?tone=negative"' in page


def test_an_empty_result_says_which_filters_to_take_away(api: httpx.Client) -> None:
    page = api.get("/", params={"q": "zzzzz", "opd": "dinkes"}).text
    assert "Tidak ada berita yang cocok" in page
    assert "Hapus OPD: Dinas Kesehatan" in page


def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(api: httpx.Client) -> None:
    answer = api.get("/", params={"q": '"banjir'})
    assert answer.status_code == 422
    assert "tidak ditutup" in answer.text
    assert 'value="&#34;banjir"' in answer.text


def test_a_cursor_that_is_no_longer_good_leads_to_the_first_page(api: httpx.Client) -> None:
    answer = api.get("/", params={"cursor": "abc", "opd": "dinkes"})
    assert answer.status_code == 410
    assert 'href="/?opd=dinkes"' in answer.text


def test_while_the_search_is_away_the_page_says_so(api: httpx.Client, library: ScanLibrary) -> None:
    library.away = True
    answer = api.get("/")
    library.away = False
    assert answer.status_code == 503
    assert "Mesin pencari sedang tidak menjawab" in answer.text


def test_an_article_page_shows_text_agencies_and_reasons(api: httpx.Client) -> None:
    item = api.get("/v1/articles", params={"opd": "dinkes", "size": 1}).json()["items"][0]
    page = api.get(f"/berita/{item['id']}").text
    for wanted in (
        item["title"],
        "Siapa yang perlu melihat",
        "Mengapa ke sini?",
        "Kalimat tentang dinkes.",
        item["url"],
    ):
        assert wanted in page


def test_an_article_that_is_not_there_is_told_in_a_page(api: httpx.Client) -> None:
    answer = api.get("/berita/tidak-ada")
    assert answer.status_code == 404
    assert "Berita tidak ditemukan" in answer.text


def test_nothing_of_an_article_becomes_markup() -> None:
    message = routed(
        title=HOSTILE,
        text=f"{HOSTILE}\n\nx",
        outlet_name=HOSTILE,
        authors=(HOSTILE,),
        categories=(HOSTILE,),
        assignments=[assignment("dinkes", "opd", evidence=HOSTILE, reason=HOSTILE)],
    )
    gazetteer = load_gazetteer()
    library = ScanLibrary([article_document(message, NOON)])
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    with serving(create_app(gateway, Health("x"))) as client:
        for path in ("/", f"/berita/{message.article.article_id}", f"/?q={HOSTILE}"):
            assert "<script>alert" not in client.get(path).text


def test_an_address_that_is_a_script_is_not_linked() -> None:
    message = routed(url="javascript:alert(1)")
    gazetteer = load_gazetteer()
    gateway = Gateway(
        ScanLibrary([article_document(message, NOON)]),
        gazetteer,
        vocabulary_of(gazetteer),
        FixedClock(NOON),
        lambda: b"key",
    )
    with serving(create_app(gateway, Health("x"))) as client:
        assert 'href="javascript:' not in client.get(f"/berita/{message.article.article_id}").text


def test_static_files_never_change_under_one_address(api: httpx.Client) -> None:
    page = api.get("/").text
    href = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = api.get(href)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert api.get("/static/x/../../settings.py").status_code == 404


def test_dates_and_numbers_are_written_as_the_desk_writes_them() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert words.moment(at) == "24 Nov 2026 06.30 WIB"
    assert words.long_moment(at) == "Selasa, 24 November 2026 06.30 WIB"
    assert words.number(12345) == "12.345"
    assert words.ago(at.isoformat(), at + timedelta(hours=2)) == "2 jam yang lalu"
    assert words.ago(at.isoformat(), at + timedelta(seconds=20)) == "baru saja"


def test_every_closed_set_that_a_page_shows_has_its_words() -> None:
    assert set(words.VANISHINGS) == set(Vanishing)
    assert set(words.ORIGINS) == set(Origin)
    assert set(words.JURISDICTIONS) == set(Jurisdiction)
    assert set(words.TONES) == set(CLASSES)


def test_an_address_changes_one_thing_and_forgets_the_page() -> None:
    address = Address.of({"opd": ["dinkes,dindik"], "q": ["a, b"], "cursor": ["x"], "hal": ["2"], "tone": [""]})
    assert address.put(tone="negative").pairs == (
        ("opd", "dinkes"),
        ("opd", "dindik"),
        ("q", "a, b"),
        ("tone", "negative"),
    )
    assert address.drop("opd", "dinkes").values("opd") == ["dindik"]
    assert address.drop("q").put(opd="").href == "/"


@pytest.mark.parametrize("end", [5, 900])
def test_a_mark_that_does_not_fit_the_text_is_left_out(end: int) -> None:
    mention = {
        "start": 0,
        "end": end,
        "entity_id": "dinkes",
        "sentiment": "negative",
        "field": "text",
        "text": "Dinkes",
        "kind": "opd",
    }
    ((piece,),) = paragraphs("Dinkes Jatim", [mention], {"dinkes": 1})
    assert piece.number is None


def test_marks_stand_where_the_words_are_and_paragraphs_are_kept() -> None:
    text = "Kata Dinkes.\n\nLalu Dinkes lagi."
    mentions = [
        {
            "start": at,
            "end": at + 6,
            "entity_id": "dinkes",
            "sentiment": "negative",
            "field": "text",
            "text": "Dinkes",
            "kind": "opd",
        }
        for at in (5, 19)
    ]
    found = paragraphs(text, mentions, {"dinkes": 1})
    assert [[piece.text for piece in pieces] for pieces in found] == [
        ["Kata ", "Dinkes", "."],
        ["Lalu ", "Dinkes", " lagi."],
    ]
    assert found[1][1].number == 1


class CountedLibrary(ScanLibrary):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(article_document(message, NOON) for message in many_routed(30))
        self.asked: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if name in ("find", "get", "span", "counts"):
            self.asked.append(name)
        return super().__getattribute__(name)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/", ["find", "counts", "counts"]),
        ("/?opd=dinkes&q=pasien", ["find", "counts", "counts"]),
        ("/v1/articles?facets=opd,tone", ["find"]),
        ("/v1/stats?group_by=opd", ["span", "counts"]),
        ("/v1/opd", ["find"]),
        ("/berita/tidak-ada", ["get"]),
    ],
)
def test_no_answer_asks_the_cluster_more_often_than_it_must(path: str, asked: list[str]) -> None:
    gazetteer = load_gazetteer()
    library = CountedLibrary()
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    with serving(create_app(gateway, Health("x"))) as client:
        client.get(path)
    assert library.asked == asked
