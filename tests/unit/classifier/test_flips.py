"""What a new model would change is counted per agency before it goes live."""

import pytest
from classifier.adapters.packaged import build_reader
from classifier.domain.article import ArticleText
from classifier.training.flips import TONE, compare, describe
from contract.messages import EntityKind, Label, Mention, Reading, Sentiment

UNITS = {"rsud-soetomo": "dinkes"}
ROWS = [{"id": "a1", "title": "Antrean panjang", "text": "Pasien mengeluh."}]


def reading(tone: Sentiment, **sentiments: Sentiment) -> Reading:
    mentions = tuple(
        Mention(
            entity_id=entity.replace("_", "-"),
            kind=EntityKind.REGION if entity.startswith("kota") else EntityKind.UNIT,
            text=entity,
            start=0,
            end=3,
            field="text",
            rule="strong_alias",
            sentiment=sentiment,
            score=0.8,
        )
        for entity, sentiment in sentiments.items()
    )
    return Reading(language="id", tone=Label(label=tone, score=0.9), mentions=mentions, severity=1, model="test")


def report_of(before: Reading, after: Reading):
    return compare(ROWS, lambda _: [before], lambda _: [after], UNITS.get)


def test_a_changed_tone_and_a_changed_sentiment_are_flips_and_a_unit_counts_under_its_agency() -> None:
    report = report_of(
        reading(Sentiment.NEUTRAL, rsud_soetomo=Sentiment.NEUTRAL),
        reading(Sentiment.NEGATIVE, rsud_soetomo=Sentiment.NEGATIVE),
    )
    assert {heading: len(flips) for heading, flips in report.flips.items()} == {TONE: 1, "dinkes": 1}
    assert report.flips["dinkes"][0].entity_id == "rsud-soetomo"


def test_what_stays_the_same_is_counted_but_is_no_flip() -> None:
    same = reading(Sentiment.POSITIVE, rsud_soetomo=Sentiment.POSITIVE)
    report = report_of(same, same)
    assert report.n_flips == 0
    assert report.labels == {TONE: 1, "dinkes": 1}


@pytest.mark.parametrize("named_before", [True, False])
def test_an_agency_that_only_one_model_names_is_a_flip_from_or_to_not_named(named_before: bool) -> None:
    with_it = reading(Sentiment.NEUTRAL, rsud_soetomo=Sentiment.NEGATIVE)
    without = reading(Sentiment.NEUTRAL)
    report = report_of(with_it, without) if named_before else report_of(without, with_it)
    assert "not named" in describe(report)
    assert report.n_flips == 1


def test_regions_have_no_count_of_their_own() -> None:
    report = report_of(
        reading(Sentiment.NEUTRAL, kota_surabaya=Sentiment.NEUTRAL),
        reading(Sentiment.NEUTRAL, kota_surabaya=Sentiment.NEGATIVE),
    )
    assert report.n_flips == 0


def test_the_packaged_models_differ_from_themselves_in_nothing() -> None:
    reader, _ = build_reader()
    rows = [
        {"title": "RSUD Dr Soetomo dikeluhkan pasien", "text": "Pasien mengeluh antre di RSUD Dr Soetomo Surabaya."}
    ]
    assert next(iter(reader.read([ArticleText(rows[0]["title"], rows[0]["text"])]))).mentions
    report = compare(rows, reader.read, reader.read, UNITS.get)
    assert (report.n_flips, report.n_articles) == (0, 1)
    assert report.labels["dinkes"] == 1
