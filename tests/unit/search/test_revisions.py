"""What is kept of every revision, in whatever order and however often they come."""

import itertools
from datetime import timedelta

from contract.learnt import ArticleVanished
from contract.values import Vanishing
from search.domain.document import Target, article_document
from search.domain.revisions import (
    RevisionEdited,
    edit_kinds_of,
    neighbours,
    recorded,
    revision_document,
    revision_id,
    vanishing_write,
)

from tests.builders.routed import NOON, assignment, routed

URL = "https://kabar.contoh/berita/1"
HARD, SOFT = "RSUD Telantarkan Pasien, Antrean Enam Jam", "RSUD Benahi Antrean Pasien"
PARAGRAPHS = (
    "Pasien mengeluhkan antrean hingga enam jam di poli jantung, Senin pagi.",
    "Keluarga pasien menunggu di lorong karena kursi tidak cukup sejak subuh.",
    "Direktur rumah sakit berjanji menambah loket pekan depan.",
)
FIRST = routed(URL, title=HARD, text="\n\n".join(PARAGRAPHS), revision=1, tone="negative")
SECOND = routed(URL, title=SOFT, text="\n\n".join(PARAGRAPHS), revision=2, tone="negative")
THIRD = routed(URL, title=SOFT, text="\n\n".join(PARAGRAPHS[::2]), revision=3, tone="negative")
ALL = (FIRST, SECOND, THIRD)
ID = FIRST.article.article_id


class Shelf:
    """The index of revisions: what is written is known."""

    def __init__(self):
        self.documents = {}
        self.edits = {}

    def take(self, *messages):
        routed_documents = [article_document(message, NOON) for message in messages]
        known = {one: self.documents[one] for one in neighbours(routed_documents) if one in self.documents}
        made = recorded(routed_documents, known)
        for write in made.writes:
            assert write.target is Target.REVISIONS
            self.documents[write.id] = write.source
        self.edits |= {(one.article_id, one.revision): one.kinds for one in made.edits}
        return made


def test_a_revision_is_kept_with_its_text_and_its_reading():
    spoken = assignment("rsud-soetomo", "unit", "negative")
    message = routed(URL, assignments=[spoken], tone="negative", archive="a.warc.gz#1")
    (write,) = Shelf().take(message).writes
    assert write.id == f"{ID}.1"
    assert (write.source["text"], write.source["archive"]) == (message.article.text, "a.warc.gz#1")
    assert write.source["mentions"] == [{"id": "rsud-soetomo", "kind": "unit", "sentiment": "negative", "score": 0.9}]
    assert (write.source["tone"], write.source["severity"]) == ("negative", 2)
    assert "edit_kinds" not in write.source


def test_edits_follow_from_the_revision_before():
    shelf = Shelf()
    for message in ALL:
        shelf.take(message)
    assert shelf.edits == {(ID, 2): ("title_softened",), (ID, 3): ("paragraph_removed",)}
    assert [shelf.documents[revision_id(ID, n)].get("previous") for n in (1, 2, 3)] == [None, 1, 2]


def test_every_order_and_every_batch_comes_to_the_same():
    straight = Shelf()
    straight.take(*ALL)
    for order in itertools.permutations(ALL):
        for cut in range(4):
            shelf = Shelf()
            shelf.take(*order[:cut])
            shelf.take(*order[cut:])
            assert shelf.documents == straight.documents
            assert shelf.edits == straight.edits


def test_the_same_message_again_writes_nothing():
    shelf = Shelf()
    shelf.take(*ALL)
    assert shelf.take(*ALL).writes == ()


def test_a_revision_that_is_lost_is_bridged():
    shelf = Shelf()
    shelf.take(FIRST, THIRD)
    assert set(shelf.edits[ID, 3]) == {"title_softened", "paragraph_removed"}
    assert shelf.documents[revision_id(ID, 3)]["previous"] == 1


def test_without_any_revision_before_nothing_is_said():
    shelf = Shelf()
    assert shelf.take(routed(URL, revision=7)).edits == ()
    assert "edit_kinds" not in shelf.documents[revision_id(ID, 7)]


def again(message, generation, text=None, **reading):
    article = message.article.model_copy(
        update={"generation": generation, "archive": "lain#2"} | ({"text": text} if text else {})
    )
    return message.model_copy(update={"article": article, "reading": message.reading.model_copy(update=reading)})


def test_a_replay_brings_a_new_reading_and_keeps_the_text():
    shelf = Shelf()
    shelf.take(FIRST)
    (write,) = shelf.take(again(FIRST, 3, text="Teks dari pembaca halaman yang baru.", severity=5)).writes
    assert (write.source["text"], write.source["severity"]) == (FIRST.article.text, 5)
    assert (write.source["generation"], write.version) == (3, 4)


def test_an_older_generation_changes_nothing():
    shelf = Shelf()
    shelf.take(again(FIRST, 3, severity=5))
    assert shelf.take(FIRST).writes == ()


def test_a_replay_of_the_revision_before_looks_at_the_next_one_again():
    shelf = Shelf()
    shelf.take(FIRST, SECOND)
    made = shelf.take(again(FIRST, 1, model="uji-2"))
    assert [(one.revision, one.kinds) for one in made.edits] == [(2, ("title_softened",))]


def test_two_articles_in_one_batch_do_not_mix():
    shelf = Shelf()
    other = routed("https://kabar.contoh/berita/2", title=HARD, revision=2)
    shelf.take(FIRST, other, SECOND)
    assert shelf.edits == {(ID, 2): ("title_softened",)}


def test_the_neighbours_of_a_first_revision_begin_with_itself():
    first, *rest = (article_document(message, NOON) for message in ALL)
    assert neighbours([first]) == [f"{ID}.{n}" for n in (1, 2, 3)]
    assert len(neighbours([first, *rest, first, *rest])) == 5


def test_kinds_add_up_over_the_revisions_and_cosmetic_ones_do_not_count():
    edits = [(2, ("text_changed", "title_softened")), (3, ("cosmetic",)), (4, ("title_softened",))]
    assert edit_kinds_of(edits) == ["title_softened", "text_changed"]
    assert edit_kinds_of([(2, ("cosmetic",))]) == []


def test_the_document_carries_the_moment_it_stands_for():
    document = revision_document(article_document(FIRST, NOON))
    assert document["at"] == document["fetched_at"] == "2026-11-24T05:00:00.000+00:00"
    assert RevisionEdited(ID, "2026.11", 2, ()) == RevisionEdited(ID, "2026.11", 2, ())


def test_a_vanishing_stands_beside_the_revisions_and_is_written_once():
    event = ArticleVanished(
        article_id=ID, month="2026.11", revision=2, how=Vanishing.GONE_410, url=URL, at=NOON,
        checked_at=(NOON - timedelta(seconds=30), NOON), detail="Dihapus.", last_page="a#1",
    )  # fmt: skip
    write = vanishing_write(event)
    assert (write.target, write.version) == (Target.REVISIONS, None)
    assert (write.source["entry"], write.source["how"], write.source["last_page"]) == ("vanished", "gone_410", "a#1")
    assert vanishing_write(event) == write
    back = vanishing_write(event.model_copy(update={"how": Vanishing.RESTORED}))
    assert back.source["entry"] == "restored"
    assert back.id != write.id
