"""Stories that ended too long ago: their signatures go, what was told of them and what people decided stays."""

from datetime import timedelta

import pytest
from contract.ids import article_id
from search.domain.problems import InvalidRequestError
from search.settings import SearchSettings
from search.stories.desk import StoryDesk
from search.stories.domain.likeness import COPY_WINDOW
from search.stories.domain.member import Piece
from search.stories.domain.telling import DOCUMENT_FIELDS
from search.stories.grouper import Grouper

from tests.builders.routed import NOON
from tests.fakes.fixed_clock import FixedClock
from tests.fakes.memory_archive import MemoryArchive
from tests.fakes.story_bench import CLINIC, FLOOD, WEIGHTS, Bench, piece

KEEP = timedelta(days=60)
LATER = NOON + timedelta(days=61)
A, B, C = (article_id(slug) for slug in "abc")


def bench() -> Bench:
    made = Bench()
    made.grouper = Grouper(made.shelf, made.post, WEIGHTS, keep=KEEP)
    return made


def test_a_story_that_ended_is_forgotten_and_one_that_goes_on_stays_whole() -> None:
    made = bench()
    made.take(piece("a"), piece("b", outlet="warta", hours=29 * 24), piece("c", CLINIC, title="Antrean Poli"))
    assert made.stories("abc") == {frozenset("ab"), frozenset("c")}
    assert made.grouper.forget(LATER) == 1
    assert set(made.shelf.documents) == {A, B}
    assert made.grouper.forget(LATER) == 0
    assert {C, made.told("a").story_id} == set(made.shelf.stories)


def test_what_was_seen_late_is_kept_as_long_as_what_is_new() -> None:
    made = bench()
    made.take(piece("a", seen=NOON + timedelta(days=10)))
    assert (made.grouper.forget(LATER), made.grouper.forget(LATER + timedelta(days=10))) == (0, 1)


def test_a_new_revision_of_what_was_forgotten_stays_as_it_was_told() -> None:
    made = bench()
    made.take(piece("a"))
    made.grouper.forget(LATER)
    sent = len(made.post.sent)
    assert made.grouper.handle([piece("a", version=2_000_000)], LATER) == 0
    assert (len(made.post.sent), made.shelf.documents) == (sent, {})


def test_an_old_article_that_is_only_found_now_is_grouped() -> None:
    made = bench()
    found: Piece = piece("a", seen=LATER)
    assert made.grouper.handle([found], LATER) == 1


def test_without_a_bound_nothing_is_forgotten() -> None:
    made = Bench()
    made.take(piece("a"))
    assert made.grouper.forget(NOON + timedelta(days=4_000)) == 0


def test_nothing_that_a_copy_may_still_be_compared_with_can_be_forgotten() -> None:
    least = next(
        one.ge for one in SearchSettings.model_fields["search_stories_keep_days"].metadata if hasattr(one, "ge")
    )
    assert timedelta(days=least) > COPY_WINDOW


def desk_on(made: Bench, *pieces: Piece) -> StoryDesk:
    """Return the desk, with the articles' documents as the indexer keeps them."""
    documents = {}
    for one in pieces:
        told = made.told({article_id(slug): slug for slug in "abc"}[one.article_id])
        documents[one.article_id] = {
            **{
                name: getattr(one, name)
                for name in ("title", "text", "outlet", "outlet_name", "tier", "own_of", "tone")
            },
            **{name: getattr(told, name) for name in ("story_id", "copy_of", "copy_group", "first", "similarity")},
            "canonical_url": one.url,
            "origin": str(told.origin),
            **{name: getattr(one, name).isoformat() for name in ("published_at", "first_seen_at")},
        }
        assert documents[one.article_id].keys() <= set(DOCUMENT_FIELDS)
    return StoryDesk(MemoryArchive(made.shelf, documents), FixedClock(LATER))


def test_a_forgotten_story_is_still_told_found_and_counted_but_not_changed() -> None:
    made = bench()
    pieces = (piece("a"), piece("b", outlet="warta", hours=1), piece("c", CLINIC, title="Antrean Poli"))
    made.take(*pieces)
    made.grouper.forget(LATER)
    desk = desk_on(made, *pieces)
    story = desk.tell(B)
    assert (story["story_id"], story["articles"]) == (A, 2)
    assert [(one["id"], one["rank"], one["copy_of"], one["because"]["kind"]) for one in story["members"]] == [
        (A, 1, None, "past"),
        (B, 2, A, "past"),
    ]
    assert [one["representative"] for one in story["members"]].count(True) == 1
    for change in (
        lambda: desk.decide_split(A, [B], by="Rini", why=""),
        lambda: desk.decide_merge(A, C, by="Rini", why=""),
    ):
        with pytest.raises(InvalidRequestError, match="terlalu lama"):
            change()
    assert made.shelf.kept_decisions == {}


def test_a_forgotten_text_is_no_more_copied_from() -> None:
    made = bench()
    made.take(piece("a"))
    made.grouper.forget(LATER)
    made.now = LATER
    made.take(piece("b", FLOOD, outlet="warta", hours=61 * 24))
    assert made.told("b").copy_of is None
