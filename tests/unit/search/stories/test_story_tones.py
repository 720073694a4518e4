"""What stories are said to say: people's corrections applied, doubtful readings told as still to be read."""

import re

import pytest
from contract.messages import ArticleRouted, Label, Sentiment
from search.domain.filters import Filters
from search.domain.story_facts import facts_body, facts_of, ids_body
from search.stories.domain.incoming import piece_from, piece_of

from tests.builders.learnt import corrected
from tests.builders.routed import routed
from tests.builders.story_office import EVERY, A, B, C, D, Office, news
from tests.fakes.story_bench import FLOOD

DOUBT = {"tone": Label(label=Sentiment.NEGATIVE, score=0.5, uncertain=True)}


def listed(office: Office, **asked: str) -> dict[str, dict[str, int]]:
    """Return the counts of the stories that are found, by story."""
    items = office.siti.get("/v1/stories", params=asked).json()["items"]
    return {one["id"]: {label: count for label, count in one["tones"].items() if count} for one in items}


def say(office: Office, of: ArticleRouted, tone: str, number: int = 1) -> None:
    office.world.line.learn(corrected("tone", "neutral", tone, of=of, number=number))


def on_page(office: Office, story: str) -> dict[str, int]:
    box = re.search(r"<h2>Nada berita</h2><ul.*?</ul>", office.siti.get(f"/cerita/{story}").text, re.DOTALL)
    assert box is not None
    found = re.findall(r"<span>([^<]+)</span></span> <strong>(\d+)</strong>", box[0])
    return {label: int(count) for label, count in found}


def test_a_story_counts_what_a_person_said_of_an_article_and_what_its_copies_inherit(office: Office) -> None:
    assert listed(office) == {A: {"neutral": 3, "total": 3}, D: {"neutral": 1, "total": 1}}
    say(office, EVERY[0], "negative")
    assert listed(office)[A] == {"negative": 3, "total": 3}
    assert on_page(office, A) == {"Negatif": 3}
    story = office.siti.get(f"/v1/stories/{A}").json()
    assert story["tone"] == ["negative"]
    assert {one["id"]: one["tone"] for one in story["members"]} == dict.fromkeys((A, B, C), "negative")


def test_a_doubtful_reading_is_counted_as_to_be_read_until_a_person_answers(office: Office) -> None:
    doubtful = routed(
        "https://media5.contoh/5", title="Banjir Benjeng Surut", text=f"{FLOOD}\n\nAir surut.", read=DOUBT
    )
    office.take(doubtful)
    assert listed(office)[A] == {"neutral": 3, "needs_reading": 1, "total": 4}
    assert on_page(office, A) == {"Netral": 3, "Perlu dibaca": 1}
    assert list(listed(office, tone="needs_reading")) == [A]
    assert listed(office, tone="negative") == {}
    say(office, doubtful, "negative")
    assert listed(office)[A] == {"neutral": 3, "negative": 1, "total": 4}
    assert list(listed(office, tone="negative")) == [A]
    assert listed(office, tone="perlu-dibaca") == {}


def test_stories_are_found_by_what_people_said_and_no_more_by_what_the_machine_said(office: Office) -> None:
    say(office, EVERY[3], "positive")
    assert list(listed(office, tone="positive")) == [D]
    assert list(listed(office, tone="neutral")) == [A]
    office.world.line.learn(corrected("mention", "removed", "added", "dinkes", "opd", of=EVERY[0], number=2))
    assert list(listed(office, opd="dinkes")) == [A]
    assert listed(office, opd="dinkes", tone="positive") == {}
    assert office.siti.get("/v1/stories", params={"opd": "dinkes"}).json()["items"][0]["opd"] == ["dinkes"]


def test_a_story_whose_articles_are_not_searchable_yet_tells_what_they_said_when_grouped(office: Office) -> None:
    office.bench.take(piece_of(news(6, "Pasar Baru Dibuka", "Pasar baru dibuka wali kota pada Kamis pagi.")))
    items = office.siti.get("/v1/stories").json()["items"]
    (late,) = [one for one in items if one["title"] == "Pasar Baru Dibuka"]
    assert (late["tone"], late["tones"]) == (["neutral"], None)
    assert office.siti.get(f"/v1/stories/{late['id']}").json()["members"][0]["tone"] == "neutral"


@pytest.mark.parametrize("uncertain", [True, False])
def test_a_message_and_its_document_lead_to_the_same_class(office: Office, *, uncertain: bool) -> None:
    read = {"tone": Label(label=Sentiment.POSITIVE, score=0.5, uncertain=uncertain)}
    message = routed("https://kabar.contoh/kelas", read=read)
    office.world.line.route(message)
    source = office.world.library.get(message.article.article_id)
    assert source is not None
    assert piece_from(source).tone == piece_of(message).tone == ("needs_reading" if uncertain else "positive")


def test_a_request_asks_for_no_more_than_it_is_given() -> None:
    assert facts_body(["x", "y"])["aggs"]["stories"]["terms"]["include"] == ["x", "y"]
    assert facts_of({"stories": {"buckets": []}}) == {}
    assert ids_body(Filters(corrected=True))["size"] == 0
