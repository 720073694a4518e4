"""`python -m collector run` on a real broker and node: publishes, survives kill -9, says how it is, ends cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections import Counter

import pytest
import yaml
from contract.ids import article_id
from elasticsearch import Elasticsearch
from embedded.ports import free_tcp_ports
from runtime.settings import ServiceSettings

from tests.builders.collector_world import rss
from tests.fakes.collector_web import article_html
from tests.integration.collector.site import Answer, Site
from tests.topics import everything
from tests.waiting import until, until_equal

pytestmark = [pytest.mark.stack, pytest.mark.timeout(240)]
ARTICLES = 12
WAIT_S = 90.0


class Collector:
    """The process. `variables` are its settings."""

    def __init__(self, folder, variables):
        (self.port,) = free_tcp_ports(1)
        self.log = folder / "collector.log"
        self._variables = {**os.environ, **variables, "PANTAU_COLLECTOR_HEALTH_PORT": str(self.port)}
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "collector", "run"], env=self._variables, stdout=log, stderr=log
            )
        return self

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(30)

    def health(self, name):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/{name}", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError as error:
            return 0, str(error)


@pytest.fixture
def site():
    with Site() as site:
        urls = [f"{site.url}/berita/{n}/judul-berita-layanan-nomor" for n in range(ARTICLES)]
        site.answers["/feed"] = Answer(rss(*((url, f"Layanan nomor {n}") for n, url in enumerate(urls))))
        for n, url in enumerate(urls):
            page = article_html(f"Layanan Nomor {n} di Surabaya", canonical=url, text=f"nomor {n // 2 if n < 2 else n}")
            site.answers[url.removeprefix(site.url)] = Answer(page, headers={"Content-Type": "text/html"}, pause_s=0.05)
        # The second page is a copy of the first one in title and text.
        site.answers[urls[1].removeprefix(site.url)] = Answer(
            article_html("Layanan Nomor 0 di Surabaya", canonical=urls[1], text="nomor 0"),
            headers={"Content-Type": "text/html"},
        )
        yield site


@pytest.fixture
def collector(tmp_path, site, kafka_bootstrap, elastic_url, namespace):
    registry = tmp_path / "sources.yaml"
    source = {"id": "uji", "outlet": "uji", "outlet_name": "Uji", "kind": "feed", "url": f"{site.url}/feed",
              "interval_s": 2, "min_interval_s": 2, "max_interval_s": 2, "enabled": True}  # fmt: skip
    registry.write_text(yaml.safe_dump({"version": 1, "sources": [source]}))
    made = Collector(
        tmp_path,
        {
            "PANTAU_NAMESPACE": namespace,
            "PANTAU_KAFKA_BOOTSTRAP_SERVERS": kafka_bootstrap,
            "PANTAU_ELASTIC_URLS": elastic_url,
            "PANTAU_COLLECTOR_REGISTRY": str(registry),
            "PANTAU_COLLECTOR_ARCHIVE_DIR": str(tmp_path / "arsip"),
            "PANTAU_COLLECTOR_ALLOWED_PRIVATE": site.host,
        },
    )
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end(signal.SIGKILL)
    with Elasticsearch(elastic_url) as es:
        es.indices.delete(index=f"{namespace}fetch-state,{namespace}fingerprints", ignore_unavailable=True)


@pytest.fixture
def settings(kafka_bootstrap, namespace):
    return ServiceSettings(kafka_bootstrap_servers=kafka_bootstrap, namespace=namespace)


@pytest.fixture
def topics(settings):
    """Everything that the two topics hold at the moment of the call."""

    def read():
        return {
            "collected": [json.loads(one.value) for one in everything(settings, "articles.collected")],
            "disposed": [json.loads(one.value) for one in everything(settings, "articles.disposed")],
        }

    return read


def outcomes(found):
    return {(m["article_id"], m["revision"]): m["outcome"] for m in found["disposed"]}


def test_kill_9_in_the_middle_loses_nothing_and_doubles_nothing(collector, site, topics):
    collector.start()
    until(lambda: len(site.paths()) >= 5, what="the first pages", within_s=WAIT_S)
    collector.end(signal.SIGKILL)
    # The feed forgets its items while nobody looks: what was seen once must come all the same.
    site.answers["/feed"] = Answer(rss())
    collector.start()
    until(
        lambda: len(outcomes(topics())) >= ARTICLES, what="an outcome for every article", within_s=WAIT_S, state=topics
    )
    assert collector.health("ready")[0] == 200
    assert collector.end(signal.SIGTERM) == 0
    found = topics()
    assert Counter(outcomes(found).values()) == {"passed": ARTICLES - 1, "duplicate": 1}
    articles = [m["article"] for m in found["collected"]]
    assert len({(a["article_id"], a["revision"], a["content_hash"]) for a in articles}) == ARTICLES - 1
    assert {a["revision"] for a in articles} == {1}
    assert article_id(f"{site.url}/berita/5/judul-berita-layanan-nomor") in {a["article_id"] for a in articles}


def test_health_tells_what_is_wrong(tmp_path, collector):
    collector._variables["PANTAU_KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:9"
    collector.start()
    until_equal(lambda: collector.health("live")[0], 200, what="the health port", within_s=WAIT_S)
    status, body = collector.health("ready")
    assert status == 503
    assert "no" in body["checks"]["kafka"]
    assert body["checks"]["elasticsearch"] == "ok"
    assert body["checks"]["registry"] == "ok"
    assert collector.end(signal.SIGTERM) == 0


def test_a_wrong_registry_ends_it_at_the_start_with_the_reason(collector, tmp_path):
    (tmp_path / "sources.yaml").write_text("version: 1\nsources: [{id: x}]\n")
    collector.start()
    assert collector.process.wait(30) == 2
    assert "source x, outlet" in collector.log.read_text()


def test_a_taken_health_port_ends_it_with_the_name_of_the_setting(collector):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", collector.port))
        taken.listen()
        collector.start()
        assert collector.process.wait(30) == 2
    assert "PANTAU_COLLECTOR_HEALTH_PORT" in collector.log.read_text()


@pytest.fixture
def vanished(settings):
    """What `articles.vanished` holds at the moment of the call."""
    return lambda: [json.loads(one.value) for one in everything(settings, "articles.vanished")]


def test_a_page_that_goes_and_comes_back_is_told_once_each_across_kill_9(collector, site, topics, vanished):
    path = "/berita/7/judul-berita-layanan-nomor"
    page = site.answers[path]
    collector._variables |= {
        "PANTAU_COLLECTOR_PRIVATE_REVISIT_MIN_S": "2",
        "PANTAU_COLLECTOR_PRIVATE_REVISIT_GROWTH": "0.01",
        "PANTAU_COLLECTOR_PRIVATE_GONE_WAIT_S": "1",
    }
    collector.start()
    until(
        lambda: len(outcomes(topics())) >= ARTICLES, what="an outcome for every article", within_s=WAIT_S, state=topics
    )
    site.answers[path] = Answer(b"dihapus", 410)
    asked = len(site.paths())
    until(lambda: path in site.paths()[asked:], what="the first sign", within_s=WAIT_S)
    collector.end(signal.SIGKILL)
    collector.start()
    until(vanished, what="the word that it is gone", within_s=WAIT_S)
    collector.end(signal.SIGKILL)
    collector.start()
    site.answers[path] = page
    until_equal(
        lambda: {m["how"] for m in vanished()},
        {"gone_410", "restored"},
        what="the word that it is back",
        within_s=WAIT_S,
    )
    assert collector.end(signal.SIGTERM) == 0
    told = {json.dumps(m, sort_keys=True) for m in vanished()}
    gone, back = sorted((json.loads(one) for one in told), key=lambda m: m["at"])
    assert (gone["how"], back["how"]) == ("gone_410", "restored")
    assert gone["article_id"] == article_id(site.url + path)
    assert gone["last_page"].split("#")[0].endswith(".warc.gz")
    assert outcomes(topics())[gone["article_id"], 1] == "passed"
    assert (gone["article_id"], 2) not in outcomes(topics())
