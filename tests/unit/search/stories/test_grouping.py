"""Articles become stories: copies, first, origin, people's decisions, death and repetition. Without engines."""

import itertools
import random
from datetime import timedelta

import pytest
from contract.ids import article_id
from contract.values import Origin
from hypothesis import given
from hypothesis import strategies as st
from runtime.retry import BusyError
from search.stories.domain.decisions import Verb
from search.stories.domain.member import Piece
from search.stories.shelf import FencedError

from tests.builders.routed import NOON
from tests.fakes.memory_shelf import MemoryShelf
from tests.fakes.story_bench import CLINIC, FLOOD, Bench, piece

SHORTENED = "\n\n".join(FLOOD.split("\n\n")[:2])
RETITLED = "Ribuan Rumah Terendam, Warga Diungsikan"
SAME_STORY = """Sukardi, Kepala Pelaksana BPBD Gresik, meminta warga Benjeng waspada: banjir Kali Lamong belum surut.

Menurut dia rumah yang terendam di Benjeng bertambah, dan yang mendesak sekarang adalah air bersih serta obat kulit.

Bupati menjadwalkan peninjauan tanggul esok pagi bersama dinas terkait dan perwakilan kecamatan setempat."""


def test_a_lone_article_is_a_story_of_its_own() -> None:
    bench = Bench()
    assert bench.take(piece("a")) == 1
    told = bench.told("a")
    assert (told.story_id, told.copy_of, told.first, told.origin) == (article_id("a"), None, True, Origin.EARNED)
    assert bench.shelf.stories[told.story_id]["articles"] == 1


def test_a_shortened_copy_with_another_title_names_the_first_article() -> None:
    bench = Bench()
    bench.take(piece("a"), piece("b", "SURABAYA, MEDIA.COM – " + SHORTENED, title=RETITLED, outlet="warta", hours=1))
    told = bench.told("b")
    assert told.copy_of == article_id("a")
    assert told.copy_group == bench.told("a").copy_group == article_id("a")
    assert (bench.told("a").first, told.first) == (True, False)
    assert told.similarity > 0.9


def test_an_earlier_article_that_arrives_late_becomes_the_first_and_all_are_told() -> None:
    bench = Bench()
    bench.take(piece("b", outlet="warta", hours=1))
    bench.take(piece("c", SHORTENED, outlet="suara", hours=2))
    bench.take(piece("a", hours=0))
    assert [bench.told(slug).copy_of for slug in "abc"] == [None, article_id("a"), article_id("a")]
    assert bench.told("b").first is False
    assert len({bench.told(slug).story_id for slug in "abc"}) == 1
    assert bench.told("a").story_id == article_id("b")


def test_seconds_that_an_outlet_does_not_tell_make_nobody_the_first() -> None:
    bench = Bench()
    seen = NOON + timedelta(minutes=2)
    bench.take(
        piece("b", outlet="warta", seen=seen + timedelta(seconds=5)),
        piece("a", hours=8 / 3600, seen=seen),
    )
    assert (bench.told("a").copy_of, bench.told("b").copy_of) == (None, article_id("a"))


def test_a_date_without_a_time_is_no_head_start() -> None:
    bench = Bench()
    midnight = -12.0
    bench.take(
        piece("b", outlet="dinas", hours=midnight, seen=NOON + timedelta(hours=3)),
        piece("a", seen=NOON + timedelta(minutes=1)),
    )
    assert (bench.told("a").copy_of, bench.told("b").copy_of) == (None, article_id("a"))


def test_the_same_story_in_other_words_is_a_story_but_no_copy() -> None:
    bench = Bench()
    bench.take(
        piece("a"),
        piece("b", SAME_STORY, title="BPBD Gresik: Banjir Kali Lamong di Benjeng Belum Surut", outlet="warta", hours=5),
    )
    assert bench.stories("ab") == {frozenset("ab")}
    assert bench.told("b").copy_of is None
    assert bench.told("b").first is False


def test_other_news_is_another_story() -> None:
    bench = Bench()
    bench.take(piece("a"), piece("b", CLINIC, title="Antrean Poli Jantung RSUD Dr. Soetomo Mengular", outlet="warta"))
    assert bench.stories("ab") == {frozenset("a"), frozenset("b")}


def test_the_same_story_after_the_window_is_a_new_one() -> None:
    bench = Bench()
    late = piece(
        "b", SAME_STORY, title="BPBD Gresik: Banjir Kali Lamong di Benjeng Belum Surut", outlet="warta", hours=80
    )
    bench.take(piece("a"), late)
    assert bench.stories("ab") == {frozenset("a"), frozenset("b")}


def test_a_revision_that_becomes_another_text_leaves_its_story() -> None:
    bench = Bench()
    bench.take(piece("a"), piece("b", outlet="warta", hours=1))
    bench.take(piece("b", CLINIC, title="Antrean Poli Jantung", outlet="warta", hours=1, version=2_000_000))
    assert bench.stories("ab") == {frozenset("a"), frozenset("b")}
    assert bench.told("a").copy_group is None
    bench.take(piece("b", outlet="warta", hours=1, version=1_000_000))
    assert bench.stories("ab") == {frozenset("a"), frozenset("b")}


def test_a_pick_up_of_an_own_release_is_no_earned_coverage() -> None:
    bench = Bench()
    bench.take(
        piece("rilis", outlet="bpbd-jatim", own_of="bpbd"),
        piece("b", SHORTENED, outlet="warta", hours=20),
        piece("c", SAME_STORY, title="BPBD Gresik: Banjir Kali Lamong di Benjeng Belum Surut", outlet="suara", hours=5),
        piece("d", outlet="kabar", hours=24 * 9),
    )
    assert [bench.told(slug).origin for slug in ("rilis", "b", "c", "d")] == ["own", "pickup", "earned", "earned"]
    assert bench.told("b").release_of == article_id("rilis")


def test_an_agencys_own_site_is_no_outlet_beside_the_press_and_the_only_one_alone() -> None:
    bench = Bench()
    bench.take(piece("rilis", outlet="bpbd-jatim", own_of="bpbd"))
    assert bench.told("rilis").story_outlets == 1
    bench.take(piece("b", SHORTENED, outlet="warta", hours=1), piece("c", SHORTENED, outlet="kabar", hours=2))
    assert bench.told("c").story_outlets == 2
    assert bench.shelf.stories[article_id("rilis")]["outlets"] == ["warta", "kabar"]


def test_a_repeated_batch_changes_and_sends_nothing() -> None:
    bench = Bench()
    batch = [piece("a"), piece("b", SHORTENED, outlet="warta", hours=1)]
    bench.take(*batch)
    documents, sent = dict(bench.shelf.documents), len(bench.post.sent)
    assert bench.take(*batch) == 0
    assert (bench.shelf.documents, len(bench.post.sent)) == (documents, sent)


@pytest.mark.parametrize("fatal", range(14))
def test_death_at_any_step_is_healed_by_the_repetition(fatal: int) -> None:
    steps = itertools.count()
    shelf = MemoryShelf(lambda _step: next(steps) == fatal)
    bench = Bench(shelf)
    batches = [[piece("a")], [piece("c", outlet="suara", hours=2), piece("b", SHORTENED, outlet="warta", hours=1)]]
    for batch in batches:
        try:
            bench.take(*batch)
        except BusyError:
            bench.take(*batch)
    assert [bench.told(slug).copy_of for slug in "abc"] == [None, article_id("a"), article_id("a")]
    assert all(source["settled"] for source, _ in shelf.documents.values())
    assert {source["story_id"] for source, _ in shelf.documents.values()} == {article_id("a")}
    assert shelf.stories[article_id("a")]["articles"] == 3


def test_events_that_the_broker_refused_are_sent_by_the_repetition() -> None:
    bench = Bench()
    bench.post.away = True
    with pytest.raises(BusyError):
        bench.take(piece("a"))
    bench.post.away = False
    assert bench.take(piece("a")) == 1


def test_what_was_said_while_another_process_wrote_is_said_again() -> None:
    bench = Bench()
    bench.take(piece("a"))
    stale = Bench(bench.shelf)
    stale.post = stale.grouper._events = bench.post
    write = bench.shelf.write

    def overtaken(members, fences):
        if all(one.settled for one in members):
            bench.shelf.write = write
            bench.take(piece("b", outlet="warta", hours=1))
        return write(members, fences)

    bench.shelf.write = overtaken
    with pytest.raises(FencedError):
        stale.take(piece("b", outlet="warta", hours=1))
    said = len(bench.post.sent)
    assert stale.take(piece("b", outlet="warta", hours=1)) > 0
    assert len(bench.post.sent) > said
    assert bench.told("b").copy_of == article_id("a")


def test_a_big_story_does_not_tell_everybody_of_every_article() -> None:
    bench = Bench()
    for number in range(12):
        bench.take(piece(f"a{number}", outlet=f"media{number}", hours=number / 10))
    assert len(bench.post.sent) <= 12 + 2 + 6
    assert bench.told("a0").story_outlets == 6


def test_what_a_person_split_stays_apart_also_when_it_is_rebuilt() -> None:
    bench = Bench()
    batch = [piece("a"), piece("b", outlet="warta", hours=1), piece("c", SHORTENED, outlet="suara", hours=2)]
    bench.take(*batch)
    bench.decide(Verb.SPLIT, "b", "ac")
    assert bench.stories("abc") == {frozenset("ac"), frozenset("b")}
    bench.take(piece("d", outlet="detik", hours=3))
    assert bench.told("b").story_id != bench.told("a").story_id
    bench.grouper.handle(batch, bench.now, again=True)
    assert bench.told("b").story_id != bench.told("a").story_id
    assert bench.told("c").story_id == bench.told("a").story_id


def test_what_a_person_merged_stays_together_until_somebody_splits_it() -> None:
    bench = Bench()
    batch = [piece("a"), piece("b", CLINIC, title="Antrean Poli Jantung RSUD Dr. Soetomo Mengular", outlet="warta")]
    bench.take(*batch)
    bench.decide(Verb.MERGE, "a", "b")
    assert bench.stories("ab") == {frozenset("ab")}
    bench.grouper.handle(batch, bench.now, again=True)
    assert bench.stories("ab") == {frozenset("ab")}
    bench.decide(Verb.SPLIT, "b", "a")
    assert bench.stories("ab") == {frozenset("a"), frozenset("b")}


def test_a_story_keeps_its_name_when_an_article_leaves_and_the_other_gets_a_new_one() -> None:
    bench = Bench()
    bench.take(piece("a"))
    bench.take(piece("b", outlet="warta", hours=1), piece("c", outlet="suara", hours=2))
    bench.decide(Verb.SPLIT, "a", "bc")
    assert bench.told("b").story_id == bench.told("c").story_id == article_id("a")
    assert bench.told("a").story_id == f"{article_id('a')}-b"
    assert set(bench.shelf.stories) == {article_id("a"), f"{article_id('a')}-b"}


def test_a_rebuild_from_an_older_revision_leaves_the_newer_one() -> None:
    bench = Bench()
    bench.take(piece("a", CLINIC, title="Antrean", version=2_000_000))
    assert bench.grouper.handle([piece("a")], bench.now, again=True) == 0
    assert bench.shelf.documents[article_id("a")][0]["version"] == 2_000_000


def test_a_full_story_takes_no_more_articles() -> None:
    bench = Bench(full_at=4)
    for number in range(7):
        bench.take(piece(f"a{number}", outlet=f"media{number}", hours=number / 10))
    sizes = sorted(one["articles"] for one in bench.shelf.stories.values())
    assert sizes == [3, 4]
    assert sum(bench.shelf.documents[article_id(f"a{n}")][0]["grouping"]["story_articles"] == 4 for n in range(7)) == 4


def _newsday() -> list[Piece]:
    rng = random.Random(3)
    found = []
    for number, text in enumerate([FLOOD, CLINIC, SAME_STORY]):
        title = text.split(".", 1)[0][:90]
        for copy in range(3):
            parts = text.split("\n\n")
            kept = parts if copy == 0 else rng.sample(parts, max(2, len(parts) - copy))
            slug = f"n{number}{copy}"
            found.append(piece(slug, "\n\n".join(kept), title=title, outlet=f"m{copy}", hours=number * 5 + copy))
    return found


@given(st.permutations(_newsday()), st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_any_order_of_arrival_leads_to_the_same_groups(order: list[Piece], sizes: list[int]) -> None:
    def outcome(pieces: list[Piece], steps: list[int]) -> object:
        bench = Bench()
        rest, left = iter(steps), list(pieces)
        while left:
            size = next(rest)
            bench.take(*left[:size])
            left = left[size:]
        members = {one: source["grouping"] for one, (source, _) in bench.shelf.documents.items()}
        stories: dict[object, set[str]] = {}
        for one, grouping in members.items():
            stories.setdefault(grouping["story_id"], set()).add(one)  # type: ignore[index] # a document
        facts = ("copy_group", "copy_of", "first", "origin", "release_of")
        return (
            {frozenset(group) for group in stories.values()},
            {one: [grouping[fact] for fact in facts] for one, grouping in members.items()},  # type: ignore[index] # same
            {one["representative"] for one in bench.shelf.stories.values()},
        )

    assert outcome(order, sizes) == outcome(_newsday(), [9])
