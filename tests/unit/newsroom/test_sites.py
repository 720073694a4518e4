"""The outlets as a client sees them."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml
from collector.adapters.listing import read_listing
from collector.domain.sources import Registry
from lxml import etree, html
from newsroom.app import build_app
from newsroom.edition import Edition
from newsroom.outlets import NOTICE, Outlet
from newsroom.schedule import Pace

from tests.unit.newsroom.samples import SENTENCE, START, Browser, article_source, load

PORTS = {Outlet.KABAR: 18080, Outlet.WARTA: 18081, Outlet.SUARA: 18082, Outlet.DINKES: 18083}
EDIT = '[[edits]]\nafter = 120\ntitle = "Judul Baru yang Lebih Lunak"'


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def clients(tmp_path: Path, clock: Hands) -> dict[Outlet, Browser]:
    pages = "\n\n".join(["Halaman satu. " + SENTENCE * 4, "===", "Halaman dua. " + SENTENCE * 4])
    sources = {
        "kabar_satu": article_source(extra=EDIT),
        "kabar_dua": article_source(when="minutes = -120"),
        "warta_satu": article_source(outlet="warta-contoh", title="Posyandu & Puskesmas Berbagi Tugas di Kota"),
        "warta_dua": article_source(outlet="warta-contoh", when="minutes = -120"),
        "suara_satu": article_source(outlet="suara-contoh", text=pages),
        "suara_lama": article_source(outlet="suara-contoh", when="minutes = -9000"),
        "suara_baru": article_source(outlet="suara-contoh", when="drip = true"),
        "rilis_satu": article_source(outlet="dinkes-contoh", title="Imbauan Kesehatan bagi Warga di Musim Hujan"),
    }
    edition = Edition(load(tmp_path, **sources).values(), Pace(START))
    app = build_app(edition, host="127.0.0.1", ports=PORTS, clock=clock)
    return {outlet: Browser(app, base_url=f"http://127.0.0.1:{port}") for outlet, port in PORTS.items()}


def listed(clients: dict[Outlet, Browser]) -> dict[str, dict[str, object]]:
    answer = clients[Outlet.KABAR].get("/_newsroom/published.json").json()
    return {item["slug"]: item for item in answer["items"]}


def test_every_published_url_answers_and_what_is_not_out_is_404(clients: dict[Outlet, Browser], clock: Hands) -> None:
    assert "suara-baru" not in listed(clients)
    clock.now += timedelta(seconds=15)
    url = str(listed(clients)["suara-baru"]["url"])
    assert {clients[Outlet.KABAR].get(str(item["url"])).status_code for item in listed(clients).values()} == {200}
    clock.now = START
    assert clients[Outlet.SUARA].get(url).status_code == 404


def test_the_rss_feed_carries_creator_zone_and_encoded_summary(clients: dict[Outlet, Browser]) -> None:
    feed = feedparser.parse(clients[Outlet.KABAR].get("/feed/").content)
    assert not feed.bozo
    entry = feed.entries[0]
    assert entry.published == "Tue, 24 Nov 2026 08:15:00 +0700"
    assert entry.author == "Redaksi Contoh"
    assert entry.content[0].value.startswith("<p>Alinea 1.")
    assert entry.link == listed(clients)["kabar-satu"]["url"]


def test_the_short_link_leads_to_the_permalink(clients: dict[Outlet, Browser]) -> None:
    entry = feedparser.parse(clients[Outlet.KABAR].get("/feed/").content).entries[0]
    answer = clients[Outlet.KABAR].get(entry.id)
    assert answer.status_code == 301
    assert entry.link.endswith(answer.headers["location"])


def test_the_atom_feed_has_tracking_links_and_the_page_says_what_is_canonical(
    clients: dict[Outlet, Browser],
) -> None:
    feed = feedparser.parse(clients[Outlet.WARTA].get("/atom.xml").content)
    assert not feed.bozo
    entry = next(each for each in feed.entries if "Posyandu" in each.title)
    assert entry.title == "Posyandu & Puskesmas Berbagi Tugas di Kota"
    assert "utm_source=atom" in entry.link
    page = html.fromstring(clients[Outlet.WARTA].get(entry.link).text)
    assert page.xpath("//link[@rel='canonical']/@href") == [listed(clients)["warta-satu"]["url"]]
    record = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    assert record["@type"] == "NewsArticle"
    assert record["datePublished"] == "2026-11-24T08:15:00+07:00"
    amp = html.fromstring(clients[Outlet.WARTA].get(page.xpath("//link[@rel='amphtml']/@href")[0]).text)
    assert amp.xpath("//link[@rel='canonical']/@href") == [listed(clients)["warta-satu"]["url"]]


def test_the_sitemap_index_leads_to_all_articles_with_their_dates(clients: dict[Outlet, Browser]) -> None:
    client = clients[Outlet.SUARA]
    index = etree.fromstring(client.get("/sitemap.xml").content)
    urls = [
        (loc.text, loc.xpath("string(..//*[local-name()='publication_date'])"))
        for part in index.xpath("//*[local-name()='loc']")
        for loc in etree.fromstring(client.get(part.text).content).xpath(
            "//*[local-name()='url']/*[local-name()='loc']"
        )
    ]
    assert {url for url, _ in urls} == {listed(clients)[slug]["url"] for slug in ("suara-satu", "suara-lama")}
    assert dict(urls)[listed(clients)["suara-satu"]["url"]] == "2026-11-24T08:15:00+07:00"


def test_a_long_article_continues_on_its_second_page(clients: dict[Outlet, Browser]) -> None:
    client, url = clients[Outlet.SUARA], str(listed(clients)["suara-satu"]["url"])
    first, second = client.get(url).text, client.get(url + "?page=2").text
    assert "Selasa, 24 November 2026 08:15 WIB" in first
    assert "Halaman satu." in first
    assert "Halaman dua. Kepala" not in html.fromstring(first).xpath("string(//div[@class='naskah'])")
    assert "Halaman dua. Kepala" in second
    assert client.get(url + "?page=3").status_code == 404
    mobile = client.get(url.replace("/berita/", "/m/berita/")).text
    assert "Halaman satu." in mobile
    assert "Halaman dua." in mobile


def test_the_source_registry_finds_an_agencys_releases_on_its_index_page(
    clients: dict[Outlet, Browser], root: Path
) -> None:
    registry = Registry.model_validate(yaml.safe_load((root / "config" / "sources.contoh.yaml").read_text("utf-8")))
    source = registry.by_id()["dinkes-contoh"]
    page = clients[Outlet.DINKES].get(source.url)
    assert source.listing is not None
    reading = read_listing(page.content, source.listing, url=source.url, zone=source.zone, content_type="text/html")
    (entry,) = reading.entries
    release = listed(clients)["rilis-satu"]
    assert (entry.url, entry.title) == (release["url"], release["title"])
    assert entry.published == datetime.fromisoformat(str(release["published_at"]))


def test_what_is_published_tells_whose_words_it_is(clients: dict[Outlet, Browser]) -> None:
    release, article = listed(clients)["rilis-satu"], listed(clients)["kabar-satu"]
    assert (release["own_of"], release["origin"], release["release_of"]) == ("dinkes", "own", None)
    assert (article["own_of"], article["origin"], article["release_of"]) == (None, "earned", None)


def test_validators_spare_the_second_fetch_until_the_article_is_edited(
    clients: dict[Outlet, Browser], clock: Hands
) -> None:
    client, url = clients[Outlet.KABAR], str(listed(clients)["kabar-satu"]["url"])
    for address in (url, "/feed/"):
        clock.now = START
        first = client.get(address)
        by_tag = {"If-None-Match": first.headers["etag"]}
        by_date = {"If-Modified-Since": first.headers["last-modified"]}
        assert client.get(address, headers=by_tag).status_code == 304
        assert client.get(address, headers=by_date).status_code == 304
        clock.now = START + timedelta(minutes=60)
        assert client.get(address, headers=by_tag).status_code == 200
        assert client.get(address, headers=by_date).status_code == 200
    assert "Judul Baru yang Lebih Lunak" in client.get(url).text


@pytest.mark.parametrize("outlet", list(Outlet))
def test_every_page_says_that_it_is_a_sample(clients: dict[Outlet, Browser], outlet: Outlet) -> None:
    pages = ["/", *(str(item["url"]) for item in listed(clients).values() if item["outlet"] == outlet)]
    assert all(NOTICE in clients[outlet].get(page).text for page in pages)


@pytest.mark.parametrize("outlet", list(Outlet))
def test_robots_txt_asks_for_a_small_delay(clients: dict[Outlet, Browser], outlet: Outlet) -> None:
    assert "Crawl-delay: 0.2" in clients[outlet].get("/robots.txt").text


def test_health_answers_on_every_port(clients: dict[Outlet, Browser]) -> None:
    for client in clients.values():
        assert client.get("/health/live").json() == {"status": "live"}
        assert client.get("/health/ready").json() == {"status": "ready", "published": 7, "planned": 8}


def test_pictures_and_style_sheets_exist(clients: dict[Outlet, Browser]) -> None:
    for client in clients.values():
        page = html.fromstring(client.get("/").text)
        for address in {*page.xpath("//img/@src"), *page.xpath("//link[@rel='stylesheet']/@href")}:
            assert client.get(address).status_code == 200, address
        assert client.get("/gambar/unicorn-1.svg").status_code == 404


@pytest.mark.parametrize(("how", "status"), [("gone", 410), ("not_found", 404), ("home", 302)])
@pytest.mark.parametrize("outlet", list(Outlet))
def test_what_was_taken_away_answers_as_its_file_says_and_is_listed_no_longer(
    tmp_path: Path, clock: Hands, outlet: Outlet, how: str, status: int
) -> None:
    vanish = f'[vanish]\nafter = 1\nhow = "{how}"'
    sources = {
        "hilang": article_source(outlet=outlet.value, extra=vanish),
        "tetap": article_source(outlet=outlet.value, when="minutes = -120"),
    }
    edition = Edition(load(tmp_path, **sources).values(), Pace(START))
    client = Browser(
        build_app(edition, host="127.0.0.1", ports=PORTS, clock=clock), f"http://127.0.0.1:{PORTS[outlet]}"
    )
    feeds = {
        Outlet.KABAR: "/feed/",
        Outlet.WARTA: "/atom.xml",
        Outlet.SUARA: "/news-sitemap-terbaru.xml",
        Outlet.DINKES: "/siaran-pers",
    }
    items = {item["slug"]: item for item in client.get("/_newsroom/published.json").json()["items"]}
    url = items["hilang"]["url"]
    assert client.get(url).status_code == 200
    path = urlsplit(url).path
    assert path in client.get(feeds[outlet]).text
    clock.now += timedelta(seconds=60)
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.headers.get("location") == ("/" if how == "home" else None)
    assert path not in client.get(feeds[outlet]).text
    assert urlsplit(items["tetap"]["url"]).path in client.get(feeds[outlet]).text
    assert items["hilang"]["vanishes_at"] == clock.now.isoformat()
