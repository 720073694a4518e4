"""An outlet's edits reach the article: whatever the order, however often, and also when the first revision is late."""

import itertools

import pytest
from contract.codec import encode
from contract.topics import ARTICLES_ROUTED, ARTICLES_VANISHED
from search.domain.batch import Received
from search.domain.document import Target
from search.domain.template import ANNOTATION_PROPERTIES, ARTICLE_PROPERTIES, REVISION_PROPERTIES
from search.domain.verdicts import Answer

from tests.builders.learnt import vanished
from tests.builders.routed import routed
from tests.fakes.indexer_bench import Bench, Shelf

URL = "https://kabar.contoh/berita/1"
PARAGRAPHS = (
    "Pasien mengeluhkan antrean hingga enam jam di poli jantung, Senin pagi.",
    "Keluarga pasien menunggu di lorong karena kursi tidak cukup sejak subuh.",
    "Direktur rumah sakit berjanji menambah loket pekan depan.",
)
FIRST = routed(URL, title="RSUD Telantarkan Pasien", text="\n\n".join(PARAGRAPHS), revision=1, tone="negative")
SECOND = routed(URL, title="RSUD Benahi Antrean", text="\n\n".join(PARAGRAPHS), revision=2, tone="negative")
THIRD = routed(URL, title="RSUD Benahi Antrean", text="\n\n".join(PARAGRAPHS[::2]), revision=3, tone="negative")
COSMETIC = routed(URL, title="RSUD Telantarkan Pasien.", text="\n\n".join(PARAGRAPHS), revision=2, tone="negative")
ID = FIRST.article.article_id


def bench():
    made = Bench(Shelf())
    made.shelf.write = made.annotations.take
    return made


def handle(bench, *messages):
    cards = [ARTICLES_ROUTED if hasattr(one, "article") else ARTICLES_VANISHED for one in messages]
    received = [
        Received(card, card.topic, 0, place, ID.encode(), encode(one))
        for place, (card, one) in enumerate(zip(cards, messages, strict=True))
    ]
    bench.indexer.handle(received)


def article(bench):
    return bench.annotations.articles[ID][0]


@pytest.mark.parametrize("order", list(itertools.permutations((FIRST, SECOND, THIRD))))
@pytest.mark.parametrize("together", [True, False])
def test_every_order_ends_in_the_same_article(order, together):
    made = bench()
    for batch in [order] if together else [[one] for one in order]:
        handle(made, *batch)
    found = article(made)
    assert (found["revision"], found["edited"]) == (3, True)
    assert found["edit_kinds"] == ["title_softened", "paragraph_removed"]
    assert set(made.annotations.revised) == {f"{ID}.{n}" for n in (1, 2, 3)}


def test_a_late_first_revision_writes_the_article_again_with_what_was_edited():
    made = bench()
    handle(made, SECOND)
    assert (article(made)["edited"], article(made)["edit_kinds"]) == (False, [])
    handle(made, FIRST)
    assert (article(made)["revision"], article(made)["edit_kinds"]) == (2, ["title_softened"])


def test_the_same_batch_again_changes_nothing():
    made = bench()
    handle(made, FIRST, SECOND)
    before = (dict(made.annotations.revised), dict(made.annotations.kept))
    handle(made, FIRST, SECOND)
    assert (made.annotations.revised, made.annotations.kept) == before


def test_a_cosmetic_change_is_no_edit():
    made = bench()
    handle(made, FIRST, COSMETIC)
    assert (article(made)["edited"], article(made)["edit_kinds"]) == (False, [])


def test_a_vanishing_stands_on_the_article_and_beside_its_revisions():
    made = bench()
    gone = vanished(of=FIRST)
    handle(made, FIRST, gone)
    handle(made, gone)
    assert article(made)["vanished_how"] == str(gone.how)
    entries = [one for one, _ in made.annotations.revised.values() if one["entry"] == "vanished"]
    assert len(entries) == 1


def test_a_refused_revision_stops_no_article():
    made = bench()
    taken = made.annotations.take

    def write(writes):
        return [Answer(400, "too odd") if one.target is Target.REVISIONS else taken([one])[0] for one in writes]

    made.shelf.write = write
    handle(made, FIRST)
    assert article(made)["title"] == FIRST.article.title
    assert made.post.sent == []


def test_every_field_that_is_written_is_in_the_templates():
    made = bench()
    handle(made, FIRST, SECOND, vanished(of=FIRST))
    for source, _ in made.annotations.revised.values():
        assert source.keys() <= REVISION_PROPERTIES.keys()
    assert article(made).keys() <= ARTICLE_PROPERTIES.keys()
    assert all(one.keys() <= ANNOTATION_PROPERTIES.keys() for one, _ in made.annotations.kept.values())
