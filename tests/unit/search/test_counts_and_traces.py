"""Slots of time, the shape of counts, and where an article is."""

from datetime import UTC, datetime, timedelta

import pytest
from search.domain.problems import InvalidRequestError
from search.domain.query.dates import WIB, moment
from search.domain.stats import MAX_SLOTS, MOST_GROUPS, Cell, GroupBy, Interval, buckets_of, choose_slots, floor, slots
from search.domain.trace import candidates, choose_article, stages_of, status_of

LATE = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
"""Half past one in the morning of the 25th, in WIB."""


@pytest.mark.parametrize(
    ("interval", "begins"),
    [
        (Interval.HOUR, datetime(2026, 11, 25, 1, tzinfo=WIB)),
        (Interval.DAY, datetime(2026, 11, 25, tzinfo=WIB)),
        (Interval.WEEK, datetime(2026, 11, 23, tzinfo=WIB)),
        (Interval.MONTH, datetime(2026, 11, 1, tzinfo=WIB)),
    ],
)
def test_slots_begin_in_wib_and_weeks_on_monday(interval: Interval, begins: datetime) -> None:
    assert floor(LATE, interval) == begins


def test_months_follow_one_another_over_the_turn_of_the_year() -> None:
    found = slots(datetime(2026, 11, 30, tzinfo=WIB), datetime(2027, 2, 1, tzinfo=WIB), Interval.MONTH, 10)
    assert found is not None
    assert [f"{one:%Y-%m}" for one in found] == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_the_finest_interval_that_fits_is_chosen_and_too_fine_a_wish_is_refused() -> None:
    year = (LATE - timedelta(days=365), LATE)
    assert choose_slots(GroupBy.NONE, None, *year)[0] is Interval.DAY
    assert choose_slots(GroupBy.UNIT, None, *year)[0] is Interval.WEEK
    assert choose_slots(GroupBy.UNIT, None, datetime(1970, 1, 2, tzinfo=UTC), LATE) == (None, [])
    with pytest.raises(InvalidRequestError, match="Terlalu banyak"):
        choose_slots(GroupBy.OPD, Interval.HOUR, *year)


def test_no_answer_has_more_slots_than_the_cluster_allows() -> None:
    for group, most in MOST_GROUPS.items():
        _, found = choose_slots(group, Interval.HOUR, LATE, LATE + timedelta(hours=MAX_SLOTS // most - 2))
        assert len(found) * most <= MAX_SLOTS


def test_empty_slots_are_filled_and_groups_are_ordered_by_how_much_they_have() -> None:
    starts = [datetime(2026, 11, day, tzinfo=WIB) for day in (23, 24, 25)]
    cells = [
        Cell("dindik", "positive", 1),
        Cell("dinkes", "negative", 2),
        Cell("dinkes", "neutral", 1),
        Cell("dinkes", "negative", 2, starts[1].astimezone(UTC)),
        Cell("dinkes", "neutral", 1, starts[2].astimezone(UTC)),
    ]
    first, second = buckets_of(GroupBy.OPD, cells, starts)
    assert (first.key, second.key) == ("dinkes", "dindik")
    assert first.counts == {"positive": 0, "neutral": 1, "negative": 2, "needs_reading": 0, "total": 3}
    assert [counts["total"] for _, counts in first.series] == [0, 2, 1]
    assert [counts["total"] for _, counts in second.series] == [0, 0, 0]


def test_without_groups_there_is_one_bucket_also_for_nothing() -> None:
    (bucket,) = buckets_of(GroupBy.NONE, [], [])
    assert (bucket.key, bucket.counts["total"]) == ("all", 0)


@pytest.mark.parametrize(
    "text", ["", "kemarin", "2026-13-01", "20261124", "0001-01-01", "9999-12-31", "2026-11-24T25:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        moment(text, end=False)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("1970-01-01", datetime(1969, 12, 31, 17, tzinfo=UTC)),
        ("1969-12-31T17:00:00Z", datetime(1969, 12, 31, 17, tzinfo=UTC)),
        ("2199-12-31", datetime(2199, 12, 30, 17, tzinfo=UTC)),
    ],
)
def test_the_years_that_are_taken_begin_and_end_in_wib(text: str, utc: datetime) -> None:
    assert moment(text, end=False) == utc


@pytest.mark.parametrize("text", ["1969-12-31", "2200-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00-12:00"])
def test_a_year_too_early_or_too_late_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        moment(text, end=False)


def test_an_address_is_tried_in_the_forms_it_may_be_known_by() -> None:
    found = candidates("http://Kabar.id/a/?utm_source=wa&id=3#komentar")
    assert found[0] == "http://Kabar.id/a/?utm_source=wa&id=3#komentar"
    assert "https://kabar.id/a?id=3" in found
    assert "https://kabar.id/a/?id=3" in found
    assert "https://x.id/a" in candidates("x.id/a")


def disposition(service: str, outcome: str, revision: int = 1, **changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "article_id": "a1",
        "service": service,
        "outcome": outcome,
        "revision": revision,
        "at": f"2026-11-24T05:0{revision}:00+00:00",
        "url": "https://kabar.id/a",
        "canonical_url": "https://kabar.id/a",
    }
    return fields | changes


def test_stages_stand_in_the_order_of_the_pipeline() -> None:
    found = stages_of([disposition(one, "passed") for one in ("search", "router", "collector", "classifier")])
    assert [one["service"] for one in found] == ["collector", "classifier", "router", "search"]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("indexed", "Sudah dapat dicari"), ("duplicate", "sama dengan"), ("rejected", "tidak terbaca"), ("dead", "Gagal")],
)
def test_the_furthest_stage_says_where_the_article_is(outcome: str, said: str) -> None:
    assert said in status_of(stages_of([disposition("collector", "passed"), disposition("search", outcome)]))


def test_an_article_under_way_says_what_it_has_passed() -> None:
    assert "classifier" in status_of(
        stages_of([disposition("collector", "passed"), disposition("classifier", "passed")])
    )


def test_of_several_articles_the_one_known_by_the_given_address_is_meant() -> None:
    urls = candidates("https://kabar.id/a?utm_source=wa")
    plain = disposition("search", "indexed", at="2026-11-25T00:00:00+00:00")
    exact = disposition("collector", "duplicate", article_id="a2", url="https://kabar.id/a?utm_source=wa")
    assert choose_article([plain, exact], urls) == "a2"
