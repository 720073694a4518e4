"""Whose words an article is, as an officer sees it: in lists, beside its story, and in what is counted."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from contract.values import Origin

from tests.builders.learnt import grouped
from tests.builders.routed import assignment, routed
from tests.fakes.desk_world import DeskWorld
from tests.serving import serving

PRAISED = (assignment("dinkes", "opd", "positive"),)
RELEASE = routed(
    "https://dinkes.contoh/1", title="Rilis dinas", outlet="dinkes-contoh", own_of="dinkes", assignments=PRAISED
)
PICKUP = routed("https://warta.contoh/1", title="Dinas memuji diri", outlet="warta-contoh", assignments=PRAISED)
EARNED = routed(
    "https://suara.contoh/1",
    title="Warga mengeluh",
    outlet="suara-contoh",
    assignments=(assignment("dinkes", "opd", "negative"),),
)
STORY = RELEASE.article.article_id


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    told: dict[str, Any] = {"story_id": STORY, "story_articles": 3, "story_outlets": 2}
    picked: dict[str, Any] = {"copy_group": STORY, "copy_of": STORY, "similarity": 0.96, "release_of": STORY}
    events = [
        grouped(of=RELEASE, copy_group=STORY, origin=Origin.OWN, **told),
        grouped(of=PICKUP, first=False, origin=Origin.PICKUP, **picked, **told),
        grouped(of=EARNED, first=False, origin=Origin.EARNED, **told),
    ]
    with serving(DeskWorld([RELEASE, PICKUP, EARNED], events).app) as made:
        yield made


def test_a_list_marks_releases_and_pick_ups_and_leaves_what_the_press_wrote_unmarked(client: httpx.Client) -> None:
    for origin, marks in (("own", (1, 0)), ("pickup", (0, 1)), ("earned", (0, 0))):
        page = client.get("/", params={"origin": origin}).text
        assert tuple(page.count(f'class="ciri">{mark}<') for mark in ("rilis sendiri", "kutipan rilis")) == marks


def test_a_pick_up_names_its_release_once_and_its_story_says_whose_words_each_is(client: httpx.Client) -> None:
    page = client.get(f"/berita/{PICKUP.article.article_id}").text
    assert f'Mengutip rilis <a href="/berita/{STORY}">Rilis dinas</a> (96% sama).' in page
    assert "Hampir sama dengan" not in page
    story = page[page.index('<ol class="urutan">') :]
    assert [story[: story.index("</ol>")].count(f">{mark}<") for mark in ("rilis sendiri", "kutipan rilis")] == [1, 1]


def test_an_agencys_own_site_is_no_outlet_of_its_story(client: httpx.Client) -> None:
    assert "3 berita di 2 media" in client.get(f"/cerita/{STORY}").text
    assert client.get("/", params={"opd": "dinkes"}).text.count("3 berita di 2 media") == 3


def test_the_recap_offers_the_count_without_the_agencys_own_words_and_back(client: httpx.Client) -> None:
    every = client.get("/", params={"opd": "dinkes"}).text
    assert 'aria-label="2 positif terhadap Dinas Kesehatan"' in every
    assert 'href="/?opd=dinkes&amp;origin=earned">Hitung liputan media saja</a>' in every
    earned = client.get("/", params={"opd": "dinkes", "origin": "earned"}).text
    assert "positif terhadap Dinas Kesehatan" not in earned
    assert 'aria-label="1 negatif terhadap Dinas Kesehatan"' in earned
    assert 'href="/?opd=dinkes">Hitung semua</a>' in earned
