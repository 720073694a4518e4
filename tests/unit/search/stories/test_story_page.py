"""The page of a story with people at it: two at once, one who clicks twice, and the address of a story that is gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest
from contract.messages import ArticleRouted
from runtime.health import Health
from search.api.app import create_app
from search.domain.desk import Desk
from search.stories.desk import StoryDesk
from search.stories.domain.incoming import piece_of

from tests.builders.routed import NOON, routed
from tests.fakes.desk_world import DeskWorld
from tests.fakes.memory_archive import MemoryArchive
from tests.fakes.story_bench import CLINIC, FLOOD, Bench
from tests.serving import serving

SHORTENED = "\n\n".join(FLOOD.split("\n\n")[:2])
LONGER = f"{FLOOD}\n\nBantuan selimut tiba Senin pagi."


def news(place: int, title: str, text: str) -> ArticleRouted:
    return routed(
        f"https://media{place}.contoh/{place}",
        title=title,
        text=text,
        outlet=f"media{place}",
        published_at=NOON + timedelta(hours=place),
    )


EVERY = [
    news(0, "Banjir Kali Lamong Rendam Benjeng", FLOOD),
    news(1, "Ribuan Rumah Terendam", SHORTENED),
    news(2, "Warga Benjeng Mengungsi", LONGER),
    news(3, "Antrean Poli Jantung Soetomo", CLINIC),
]
A, B, C, D = (one.article.article_id for one in EVERY)


@dataclass
class Office:
    """Two officers at one desk; what they decide is done at once, unless `held`."""

    bench: Bench
    world: DeskWorld
    siti: httpx.Client
    budi: httpx.Client
    held: bool = False

    def settle(self) -> None:
        if not self.held:
            self.bench.now += timedelta(seconds=1)
            self.bench.grouper.apply(self.bench.now)
        events, self.bench.post.sent[:] = list(self.bench.post.sent), []
        self.world.line.learn(*events)

    def take(self, message: ArticleRouted) -> None:
        self.world.line.route(message)
        self.bench.take(piece_of(message))
        self.settle()

    def story_of(self, article_id: str) -> str:
        return str(self.siti.get(f"/v1/articles/{article_id}").json()["story_id"])

    @property
    def decided(self) -> list[tuple[str, str]]:
        return [(one.by, str(one.verb)) for one in self.bench.shelf.kept_decisions.values()]


@pytest.fixture
def office() -> Iterator[Office]:
    world, bench = DeskWorld(EVERY), Bench()
    texts = {one.article.article_id: {"title": one.article.title, "text": one.article.text} for one in EVERY}
    archive = MemoryArchive(bench.shelf, texts)
    stories = StoryDesk(archive, world.clock, world.clock.advance)
    app = create_app(replace(world.gateway, desk=Desk(world.corrections, stories)), Health("search-api", ready={}))
    with serving(app) as siti, httpx.Client(base_url=siti.base_url) as budi:
        for one, name in ((siti, "Siti"), (budi, "Budi")):
            one.headers["Origin"] = str(siti.base_url).rstrip("/")
            one.cookies.set("pantau_nama", name)
            one.follow_redirects = True
        made = Office(bench, world, siti, budi)
        archive.then = made.settle
        for message in EVERY:
            bench.take(piece_of(message))
        made.settle()
        yield made


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the page's forms, which both carry the same."""
    found = re.findall(r'type="hidden" name="(versi|putusan)" value="([^"]*)"', page)
    assert len(found) == 4
    return dict(found)


def test_of_two_who_split_at_once_the_second_is_told_who_did_what_and_keeps_what_was_filled_in(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    first = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    second = office.budi.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B, C], "alasan": "lain <kejadian>"})
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Cerita ini baru saja berubah" in second.text
    assert "Siti lebih dulu mengubah cerita ini: memisahkan 1 berita darinya." in second.text
    assert office.decided == [("Siti", "split")]
    assert (office.story_of(A), office.story_of(C)) == (A, A)
    back = re.search(r'class="tombol" href="([^"]+)"', second.text)
    assert back is not None
    page = office.budi.get(back[1].replace("&amp;", "&")).text
    assert f'value="{C}" checked' in page
    assert 'value="lain &lt;kejadian&gt;"' in page
    again = office.budi.post(f"/cerita/{A}/pisah", data={**fields(page), "berita": [C], "alasan": "lain <kejadian>"})
    assert again.status_code == 200
    assert office.decided == [("Siti", "split"), ("Budi", "split")]


def test_of_two_who_decide_before_anything_was_done_the_second_is_told(office: Office) -> None:
    office.held = True
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.siti.post(f"/cerita/{A}/gabung", data={**seen, "lain": D})
    second = office.budi.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    assert second.status_code == 409
    assert "Siti lebih dulu mengubah cerita ini: menggabungkannya." in second.text
    assert office.decided == [("Siti", "merge")]


def test_a_merge_of_what_somebody_split_meanwhile_is_not_done_and_keeps_the_address(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [C]})
    second = office.budi.post(f"/cerita/{A}/gabung", data={**seen, "lain": f"/berita/{D}", "alasan": "satu hal"})
    assert second.status_code == 409
    back = re.search(r'class="tombol" href="([^"]+)"', second.text)
    assert back is not None
    page = office.budi.get(back[1].replace("&amp;", "&")).text
    assert f'value="/berita/{D}"' in page
    assert 'value="satu hal"' in page
    assert office.decided == [("Siti", "split")]


@pytest.mark.parametrize("held", [False, True])
def test_who_presses_twice_decided_once(office: Office, *, held: bool) -> None:
    office.held = held
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    for _ in range(2):
        answer = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B, C]})
        assert "Tersimpan." in answer.text
    assert office.decided == [("Siti", "split")]


def test_a_merge_that_is_sent_twice_is_one(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    for _ in range(2):
        assert "Tersimpan." in office.siti.post(f"/cerita/{A}/gabung", data={**seen, "lain": D}).text
    assert office.decided == [("Siti", "merge")]


def test_an_article_that_came_meanwhile_is_told_as_the_reason(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{A}").text)
    office.take(news(4, "Banjir Benjeng Surut", f"{FLOOD}\n\nAir mulai surut pada malam hari."))
    answer = office.siti.post(f"/cerita/{A}/pisah", data={**seen, "berita": [B]})
    assert answer.status_code == 409
    assert "Ada berita yang masuk ke cerita ini" in answer.text
    assert office.decided == []


def test_the_old_address_of_a_merged_story_leads_to_the_new_one(office: Office) -> None:
    seen = fields(office.siti.get(f"/cerita/{D}").text)
    office.siti.post(f"/cerita/{D}/gabung", data={**seen, "lain": A})
    assert office.budi.get(f"/cerita/{D}").url.path == f"/cerita/{A}"
    late = office.budi.post(f"/cerita/{D}/gabung", data={**seen, "lain": B})
    assert late.status_code == 409
    assert "Siti lebih dulu" in late.text
