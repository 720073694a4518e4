"""What the encoder is taught: nothing of a held-out article, each text once, doubt shared between labels."""

from dataclasses import replace

from classifier.adapters.subwords import Subwords
from classifier.domain.sentiment.features import Features, Window, target_features
from classifier.training.data import Extra
from classifier.training.lessons import MOST_WEIGHT, N_PARTS, Lessons, held_out, part_of

SUBWORDS = Subwords(["<s>", "<pad>", "</s>", "<unk>", *"\u2581abcdefghij"], [0.0] * 4 + [-1.0] * 11)


def rows(*items: tuple[Features, int, float]) -> Extra:
    features, labels, weights = zip(*items, strict=True)
    return Extra(list(features), list(labels), list(weights), [-1] * len(items))


def toned(title: str) -> Features:
    return Features((title, "", ""), {})


def titles_of_each_part() -> list[str]:
    found: dict[int, str] = {}
    for letter in "abcdefghij":
        found.setdefault(part_of(letter * 3), letter * 3)
    return [found[part] for part in range(N_PARTS)]


def test_tone_and_target_of_an_article_are_held_out_together() -> None:
    lessons = Lessons(SUBWORDS)
    titles = titles_of_each_part()
    lessons.add(rows(*((toned(title), 0, 1.0) for title in titles)))
    lessons.add(rows(*((target_features(Window(title.upper(), "", "a", "b", "c")), 1, 1.0) for title in titles)))
    assert len(lessons.without(None)) == 2 * N_PARTS
    for part in range(N_PARTS):
        assert len(lessons.without(part)) == 2 * (N_PARTS - 1)
    assert held_out([toned(title) for title in titles], 1).tolist() == [1]


def test_invented_texts_are_held_out_of_nothing() -> None:
    lessons = Lessons(SUBWORDS)
    lessons.add(rows((toned("a"), 2, 1.0)), invented=True)
    assert all(len(lessons.without(part)) == 1 for part in range(N_PARTS))


def test_a_passage_is_held_out_with_its_article() -> None:
    first, second, _ = titles_of_each_part()
    lessons = Lessons(SUBWORDS)
    lessons.add(replace(rows((toned(second), 0, 1.0)), titles=[first]))
    assert not lessons.without(part_of(first))
    assert len(lessons.without(part_of(second))) == 1


def test_two_readers_share_one_lesson() -> None:
    lessons = Lessons(SUBWORDS)
    lessons.add(rows((toned("a"), 0, 0.4), (toned("b"), 1, 1.3)))
    lessons.add(rows((toned("a"), 1, 1.2), (toned("b"), 1, 1.3)))
    first, second = lessons.without(None)
    assert [round(share, 2) for share in first.shares] == [0.25, 0.75, 0.0]
    assert second.shares == (0.0, 1.0, 0.0)
    assert (first.weight, second.weight) == (MOST_WEIGHT, MOST_WEIGHT)
