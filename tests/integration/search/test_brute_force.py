"""Every filter against a plain scan of the same documents: the answers must be equal, not alike."""

import itertools
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleRouted
from runtime.health import Health
from search.api.app import create_app
from search.api.gateway import Gateway
from search.domain.vocabulary import vocabulary_of

from tests.builders.overlaid import learnt_document
from tests.builders.routed import NOON
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.scan_library import ScanLibrary
from tests.serving import serving

pytestmark = pytest.mark.stack

FLAGS = ("needs_reading", "corrected", "edited", "vanished")
SENTIMENTS = ("positive", "neutral", "negative")
OPD = ("dinkes", "dindik", "dpu-bina-marga", "bpbd", "satpol-pp")
UNITS = ("rsud-soetomo", "rsud-saiful-anwar", "cabdin-jember", "rsj-menur")
SINGLE = [
    {},
    *({"opd": one} for one in OPD),
    *({"unit": one} for one in UNITS),
    *({"bakorwil": f"bakorwil-{one}"} for one in ("madiun", "bojonegoro", "malang", "pamekasan", "jember")),
    *({"region": one} for one in ("kab-jember", "kota-surabaya", "kab-kediri", "kab-pacitan")),
    *({"tone": one} for one in SENTIMENTS),
    *({"sentiment": one} for one in SENTIMENTS),
    *({"outlet": one} for one in ("antara", "kabar-contoh", "tidak-ada")),
    *({"category": one} for one in ("kesehatan", "bencana")),
    *({name: one} for name in FLAGS for one in ("true", "false")),
    *({"origin": one} for one in ("own", "pickup", "earned")),
    *({"tone": "needs_reading"}, {"sentiment": "needs_reading"}, {"copies": "hide"}, {"story": "cerita-3"}),
    *({"suggested": "dindik"}, {"jurisdiction": "vertical"}),
    {"from": "2026-11-20"},
    {"to": "2026-11-15"},
    {"from": "2026-11-15", "to": "2026-11-20"},
    {"from": "2026-11-18T00:00:00Z", "to": "2026-11-22T10:30+07:00"},
]
MIXED = [
    *({"opd": opd, "sentiment": one} for opd, one in itertools.product(OPD, SENTIMENTS)),
    *({"unit": unit, "sentiment": one} for unit, one in itertools.product(UNITS, SENTIMENTS)),
    *({"bakorwil": "bakorwil-jember", "sentiment": one} for one in SENTIMENTS),
    {"opd": "dinkes,dindik", "sentiment": "negative"},
    {"opd": "dinkes", "sentiment": "needs_reading"},
    {"opd": "dinkes", "needs_reading": "true"},
    {"opd": "dinkes", "unit": "rsud-soetomo", "needs_reading": "false"},
    {"bakorwil": "bakorwil-jember", "needs_reading": "true"},
    {"opd": "dindik", "origin": "earned", "copies": "hide", "vanished": "false"},
    {"origin": "own,pickup", "tone": "negative,needs_reading"},
    {"opd": ["dinkes", "bpbd"], "tone": ["positive", "neutral"]},
    {"opd": "dinkes", "unit": "rsud-soetomo", "sentiment": "negative"},
    {"opd": "dinkes", "sentiment": "negative,neutral", "region": "kota-surabaya", "outlet": "antara,detik"},
    {"opd": "dindik", "category": "pendidikan", "from": "2026-11-14", "to": "2026-11-22", "tone": "negative"},
]
QUERIES = [
    "pasien",
    "Kediri",
    "banjir sungai",
    "banjir AND Kediri",
    "banjir DAN sungai ATAU vaksinasi",
    "pasien NOT Kediri",
    "BUKAN pasien",
    "(banjir OR beasiswa) -Surabaya",
    '"jalan berlubang"',
    '"antrean Kediri"~5',
    "vaksin*",
    "judul:banjir",
    "isi:Menganti isi:warga",
    "opd:dinkes nada:negatif",
    "media:(antara OR detik) daerah:kab-jember",
    "keparahan:>=4 tanggal:[2026-11-14 TO 2026-11-20]",
    "penulis:redaksi NOT (tanggal:2026-11-18 OR keparahan:1)",
    "unit:rsud-soetomo,cabdin-jember",
    '"warga nomor 7"',
    "sentimen:negatif NOT nada:negatif",
    "nada:perlu-dibaca ATAU sentimen:ragu",
    "perlu_dibaca:ya asal:liputan",
    "salinan:tanpa cerita:(cerita-1 ATAU cerita-2)",
    "hilang:ya ATAU disunting:ya TANPA dikoreksi:ya",
    "usulan:dindik wewenang:vertikal",
]
COUNTED = ("positive", "neutral", "negative", "needs_reading")
CASES = [*SINGLE, *MIXED, *({"q": one} for one in QUERIES), {"q": "pasien", "opd": "dinkes", "sentiment": "negative"}]
FACETS = "opd,unit,region,bakorwil,outlet,category,tone,sentiment,origin,suggested,day"


@pytest.fixture
def scan(filled: list[ArticleRouted]) -> Iterator[httpx.Client]:
    """The same gateway on a plain scan instead of Elasticsearch."""
    gazetteer = load_gazetteer()
    library = ScanLibrary(learnt_document(message) for message in filled)
    gateway = Gateway(library, gazetteer, vocabulary_of(gazetteer), FixedClock(NOON), lambda: b"key")
    with serving(create_app(gateway, Health("scan"))) as made:
        yield made


def test_every_filter_finds_what_a_scan_finds(filled_api: httpx.Client, scan: httpx.Client) -> None:
    seen = 0
    for case in CASES:
        found = [
            client.get("/v1/articles", params={**case, "size": 200, "facets": FACETS}).json()
            for client in (filled_api, scan)
        ]
        for answer in found:
            for item in answer["items"]:
                item.pop("highlights")
        assert found[0] == found[1], case
        seen += found[0]["total"] > 0
    assert seen > len(CASES) * 0.8, "most of these cases must find something, or they prove nothing"


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "severity"])
def test_every_order_is_that_of_a_scan(filled_api: httpx.Client, scan: httpx.Client, sort: str) -> None:
    ids = [
        [item["id"] for item in client.get("/v1/articles", params={"sort": sort, "size": 200}).json()["items"]]
        for client in (filled_api, scan)
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 150


@pytest.mark.parametrize("group", ["none", "opd", "unit", "region", "bakorwil", "outlet", "category"])
@pytest.mark.parametrize("interval", [None, "day", "week", "month"])
def test_counts_are_those_of_a_scan(
    filled_api: httpx.Client, scan: httpx.Client, group: str, interval: str | None
) -> None:
    for case in [*SINGLE[::3], *MIXED[::3], {"q": "pasien"}]:
        asked = {**case, "group_by": group} | ({"interval": interval} if interval else {})
        found = [client.get("/v1/stats", params=asked) for client in (filled_api, scan)]
        assert found[0].status_code == 200, found[0].text
        assert found[0].json() == found[1].json(), asked


def test_counts_by_the_hour_are_those_of_a_scan(filled_api: httpx.Client, scan: httpx.Client) -> None:
    asked = {"group_by": "opd", "interval": "hour", "from": "2026-11-18", "to": "2026-11-19"}
    found = [client.get("/v1/stats", params=asked).json() for client in (filled_api, scan)]
    assert found[0] == found[1]
    assert len(found[0]["buckets"][0]["series"]) == 48


def test_the_counts_of_a_series_add_up_to_its_bucket(filled_api: httpx.Client, filled: list[ArticleRouted]) -> None:
    answer = filled_api.get("/v1/stats", params={"group_by": "opd", "interval": "day"}).json()
    for bucket in answer["buckets"]:
        assert bucket["total"] == sum(bucket[label] for label in COUNTED)
        for label in (*COUNTED, "total"):
            assert sum(slot[label] for slot in bucket["series"]) == bucket[label]


GROUPED = [
    ("opd", {"opd": "dinkes"}),
    ("opd", {"opd": "dinkes,bpbd", "tone": "negative"}),
    ("unit", {"unit": "rsud-soetomo"}),
    ("unit", {"opd": "dinkes"}),
    ("unit", {"opd": "dindik", "from": "2026-11-18"}),
    ("unit", {"opd": "dinkes", "sentiment": "negative"}),
    ("unit", {"opd": "bpbd"}),
    ("region", {"bakorwil": "bakorwil-jember"}),
    ("region", {"region": "kab-jember,kab-kediri"}),
    ("bakorwil", {"bakorwil": "bakorwil-jember"}),
    ("outlet", {"outlet": "antara,detik", "opd": "dinkes"}),
    ("category", {"category": "bencana"}),
]


@pytest.mark.parametrize(("group", "case"), GROUPED)
@pytest.mark.parametrize("interval", [None, "day"])
def test_a_filter_on_the_groups_leaves_only_its_own(
    filled_api: httpx.Client, filled: list[ArticleRouted], group: str, case: dict[str, str], interval: str | None
) -> None:
    """Counted here by hand from the messages of all articles that the filters find."""
    ids = {one["id"] for one in filled_api.get("/v1/articles", params={**case, "size": 200}).json()["items"]}
    expected: Counter[tuple[str, str]] = Counter()
    for message in filled:
        if message.article.article_id in ids:
            expected.update(pair for pair in labelled(group, message) if belongs(group, pair[0], case))
    asked = {**case, "group_by": group} | ({"interval": interval} if interval else {})
    buckets = filled_api.get("/v1/stats", params=asked).json()["buckets"]
    found = {(one["key"], label): one[label] for one in buckets for label in COUNTED if one[label]}
    assert found == dict(expected)
    for one in buckets if interval else []:
        assert sum(slot["total"] for slot in one["series"]) == one["total"]
    assert bool(buckets) == (case != {"opd": "bpbd"}), "each of these must count something, or it proves nothing"


@pytest.mark.parametrize("group", ["opd", "unit"])
def test_every_count_of_an_agency_is_the_number_of_articles_that_its_filter_finds(
    filled_api: httpx.Client, group: str
) -> None:
    for origin in ({}, {"origin": "earned"}):
        for bucket in filled_api.get("/v1/stats", params={"group_by": group, **origin}).json()["buckets"]:
            for label in COUNTED:
                asked = {group: bucket["key"], "sentiment": label, "size": 1, **origin}
                assert filled_api.get("/v1/articles", params=asked).json()["total"] == bucket[label], asked


def labelled(group: str, message: ArticleRouted) -> list[tuple[str, str]]:
    if group in ("opd", "unit"):
        return [
            (one.entity_id, "needs_reading" if one.uncertain else str(one.sentiment))
            for one in message.assignments
            if one.kind == group
        ]
    tone = "needs_reading" if message.reading.needs_reading else str(message.reading.tone.label)
    if group in ("region", "bakorwil"):
        return [(one.entity_id, tone) for one in message.assignments if one.kind == group]
    keys = (message.article.outlet,) if group == "outlet" else message.reading.categories
    return [(key, tone) for key in keys]


def belongs(group: str, key: str, case: dict[str, str]) -> bool:
    gazetteer = load_gazetteer()
    if group == "unit" and "opd" in case and gazetteer.opd_of_unit(key) not in case["opd"].split(","):
        return False
    if group == "region" and "bakorwil" in case and gazetteer.bakorwil_of_region(key) != case["bakorwil"]:
        return False
    return group not in case or key in case[group].split(",")
