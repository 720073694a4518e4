"""The commands as an operator runs them: probe and extract over the web, sources and replay on the stack."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import yaml
from collector.adapters.archive import WarcArchive
from collector.adapters.indices import ensure_indices
from collector.adapters.registry_file import parse_registry
from collector.adapters.state import ElasticFetchStates, ElasticFingerprints, Threads
from contract.ids import article_id
from contract.names import Names
from elasticsearch import Elasticsearch
from runtime.kafka import create_topics
from runtime.settings import ServiceSettings

from tests.builders.collector_suites import fetch_state
from tests.builders.collector_world import FEED, SITE, World, rss
from tests.fakes.collector_web import article_html
from tests.integration.collector.site import Answer, Site
from tests.topics import everything

URL = f"{SITE}/2026/11/25/puskesmas-tetap-buka"


def run(*arguments, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PANTAU_")}
    environment["PANTAU_COLLECTOR_CONTACT"] = "humas@contoh.go.id"
    return subprocess.run(
        [sys.executable, "-m", "collector", *arguments],
        env={**environment, **variables}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def site():
    with Site() as site:
        page = f"{site.url}/berita/1/judul-berita-layanan-nomor"
        home = b'<html><head><link rel="alternate" type="application/rss+xml" href="/kabar.xml"></head></html>'
        now = f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT"
        feed = rss((page, "Layanan")).replace(b"</item>", f"<pubDate>{now}</pubDate></item>".encode())
        site.answers |= {
            "/": Answer(home, headers={"Content-Type": "text/html"}),
            "/kabar.xml": Answer(feed),
            "/robots.txt": Answer(f"User-agent: *\nDisallow: /rahasia\nSitemap: {site.url}/peta.xml".encode()),
            "/peta.xml": Answer(b"<html>bukan peta</html>"),
            "/berita/1/judul-berita-layanan-nomor": Answer(article_html("Layanan di Surabaya Timur", canonical=page)),
        }
        yield site


def test_probe_asks_no_stranger_without_a_contact():
    done = run("probe", "https://media.contoh/", PANTAU_COLLECTOR_CONTACT="")
    assert done.returncode == 2
    assert "PANTAU_COLLECTOR_CONTACT is not set: media.contoh" in done.stderr


def test_extract_asks_no_stranger_without_a_contact_and_goes_on_with_the_rest(tmp_path):
    saved = tmp_path / "halaman.html"
    saved.write_bytes(article_html("Layanan di Surabaya Timur", canonical="https://media.contoh/berita/1/layanan-baru"))
    done = run("extract", "HTTPS://media.contoh/", str(saved), PANTAU_COLLECTOR_CONTACT="")
    assert done.returncode == 1
    refused, read = (json.loads(line) for line in done.stdout.splitlines())
    assert refused["error"]["reason"] == "no_contact"
    assert "PANTAU_COLLECTOR_CONTACT is not set: media.contoh" in refused["error"]["detail"]
    assert read["title"]


def test_probe_finds_judges_and_prints_an_entry_that_the_registry_takes(site):
    done = run("probe", site.url, PANTAU_COLLECTOR_ALLOWED_PRIVATE=site.host)
    assert done.returncode == 0, done.stderr
    assert f"good     feed         1 items  {site.url}/kabar.xml" in done.stdout
    assert f"unusable sitemap      0 items  {site.url}/peta.xml" in done.stdout
    made = yaml.safe_load(done.stdout.split("# For the registry", 1)[1].split("\n", 1)[1])
    registry = parse_registry(yaml.safe_dump({"version": 1, "sources": made}), name="x")
    assert registry.sources[0].url == f"{site.url}/kabar.xml"


def test_probe_of_a_private_address_is_refused(site):
    done = run("probe", site.url)
    assert done.returncode == 1
    assert "refused address" in done.stdout
    assert site.asked == []


def test_extract_fetches_addresses_politely(site):
    good, forbidden = f"{site.url}/berita/1/judul-berita-layanan-nomor", f"{site.url}/rahasia/x"
    done = run("extract", good, forbidden, PANTAU_COLLECTOR_ALLOWED_PRIVATE=site.host)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["title"], first["url"]) == ("Layanan di Surabaya Timur", good)
    assert second["error"]["reason"] == "robots"
    assert done.returncode == 1
    assert "/rahasia/x" not in site.paths()


def test_a_wrong_setting_is_named_and_ends_the_command():
    done = run("sources", PANTAU_COLLECTOR_PAGE_BYTES="banyak")
    assert done.returncode == 2
    assert "collector_page_bytes" in done.stderr


@pytest.fixture
def stack_settings(tmp_path, kafka_bootstrap, elastic_url, namespace):
    registry = tmp_path / "sources.yaml"
    registry.write_text(
        f"version: 1\nsources: [{{id: kabar-uji, outlet: kabar-uji, outlet_name: Uji, kind: feed, url: '{FEED}'}}]\n"
    )
    yield {
        "PANTAU_NAMESPACE": namespace,
        "PANTAU_KAFKA_BOOTSTRAP_SERVERS": kafka_bootstrap,
        "PANTAU_ELASTIC_URLS": elastic_url,
        "PANTAU_COLLECTOR_REGISTRY": str(registry),
        "PANTAU_COLLECTOR_ARCHIVE_DIR": str(tmp_path),
    }
    with Elasticsearch(elastic_url) as es:
        es.indices.delete(index=f"{namespace}fetch-state,{namespace}fingerprints", ignore_unavailable=True)


@pytest.mark.stack
def test_sources_tells_the_state_that_is_stored(stack_settings, elastic_url, namespace):
    threads = Threads(1)
    with Elasticsearch(elastic_url) as es:
        ensure_indices(es, Names(namespace))
        asyncio.run(ElasticFetchStates(es, Names(namespace), threads).put(fetch_state("kabar-uji"), None))
    threads.close()
    done = run("sources", **stack_settings)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].split()[:3] == ["kabar-uji", "off", "moved"]


@pytest.mark.stack
def test_a_store_that_is_away_ends_the_command_with_its_own_code(stack_settings):
    done = run("sources", **{**stack_settings, "PANTAU_ELASTIC_URLS": "http://127.0.0.1:9"})
    assert done.returncode == 3
    assert "Elasticsearch" in done.stderr


@pytest.mark.stack
def test_replay_publishes_what_is_known_as_a_newer_generation(stack_settings, tmp_path, elastic_url, namespace):
    world = World()
    world.archive = WarcArchive(tmp_path, clock=world.clock)
    other = world.serve(
        "/2026/11/25/artikel-yang-tidak-dikenal", article_html("Artikel Lain", canonical=f"{SITE}/x-y-z")
    )
    world.web.pages[FEED] = rss((URL, "a"), (other, "b"))
    world.web.pages[URL] = article_html("Puskesmas Tetap Buka di Surabaya", canonical=URL)
    asyncio.run(world.round())
    world.archive.close()
    known = world.store.documents[article_id(URL)][0]
    threads = Threads(1)
    with Elasticsearch(elastic_url) as es:
        ensure_indices(es, Names(namespace))
        asyncio.run(ElasticFingerprints(es, Names(namespace), threads).put(known, None))
    threads.close()
    bootstrap = stack_settings["PANTAU_KAFKA_BOOTSTRAP_SERVERS"]
    settings = ServiceSettings(namespace=namespace, kafka_bootstrap_servers=bootstrap)
    create_topics(settings)

    assert run("replay", "--out", "kafka", **stack_settings).returncode == 2
    done = run("replay", "--out", "kafka", **stack_settings, PANTAU_COLLECTOR_GENERATION="4")
    assert done.returncode == 0, done.stderr
    assert "1 articles published again as generation 4, 1 left out" in done.stderr
    (record,) = everything(settings, "articles.collected")
    article = json.loads(record.value)["article"]
    assert (record.key.decode(), article["article_id"], article["generation"]) == (article_id(URL), article_id(URL), 4)
    lines = run("replay", **stack_settings).stdout.splitlines()
    assert {json.loads(line)["type"] for line in lines} == {"ArticleCollected"}
    assert len(lines) == 2


def test_replay_of_a_file_that_is_not_there_is_told_in_one_line():
    done = run("replay", "--from", "/tidak/ada.warc.gz")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "python -m collector replay: there is no archive file /tidak/ada.warc.gz\n"


def test_a_reader_who_has_seen_enough_causes_no_traceback(tmp_path):
    page = tmp_path / "kosong.html"
    page.write_bytes(b"")
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "collector", "extract", str(page)],
            stdout=write, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
