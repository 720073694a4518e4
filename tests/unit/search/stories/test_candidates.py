"""Which of the index's answers are read: whoever shares two bands, and a few of the others."""

from search.stories.adapters.elastic_shelf import SURE_SCORE, UNSURE_AT_MOST, _without_strangers


def hits(scores: list[float]) -> list[dict[str, object]]:
    return [{"_id": str(place), "_score": score} for place, score in enumerate(scores)]


def test_whoever_shares_two_bands_is_always_read() -> None:
    sure = hits([SURE_SCORE + 1] * 40)
    assert _without_strangers(sure) == sure


def test_of_those_that_share_one_band_the_likeliest_few_are_read() -> None:
    found = hits([30.0, 2.0, 1.9, *[1.0] * 40])
    assert [hit["_id"] for hit in _without_strangers(found)] == [str(place) for place in range(2 + UNSURE_AT_MOST)]


def test_nobody_is_no_trouble() -> None:
    assert _without_strangers([]) == []
