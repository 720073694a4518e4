"""How spans become one sentiment per entity."""

from dataclasses import replace

from classifier.domain.article import ArticleText
from classifier.domain.judging import combine, spans_to_judge, window_in
from classifier.domain.linking.records import Finding, Rule
from classifier.domain.ports import Judgement
from contract.messages import EntityKind, Jurisdiction, Sentiment


def a_finding(start: int, entity: str = "dinkes", kind: EntityKind = EntityKind.OPD) -> Finding:
    return Finding(entity, kind, start, start + 6, Jurisdiction.PROVINCE, Rule.PROVINCE_CUE)


def a_judgement(label: Sentiment, score: float) -> Judgement:
    rest = (1 - score) / 2
    return Judgement(label, {other: score if other is label else rest for other in Sentiment})


def test_one_sure_span_decides_against_neutral_ones() -> None:
    judged = [(a_finding(i * 10), a_judgement(Sentiment.NEUTRAL, 0.9)) for i in range(5)]
    judged.append((a_finding(90), a_judgement(Sentiment.NEGATIVE, 0.8)))
    verdict = combine(judged)["dinkes"]
    assert (verdict.sentiment, verdict.score, verdict.decided_at) == (Sentiment.NEGATIVE, 0.8, 90)


def test_one_unsure_span_among_many_does_not_decide() -> None:
    judged = [(a_finding(i * 10), a_judgement(Sentiment.NEUTRAL, 0.9)) for i in range(5)]
    judged.append((a_finding(90), a_judgement(Sentiment.NEGATIVE, 0.4)))
    assert combine(judged)["dinkes"].sentiment is Sentiment.NEUTRAL
    assert combine(judged)["dinkes"].uncertain


def test_a_verdict_is_as_uncertain_as_the_span_that_decided() -> None:
    unsure = replace(a_judgement(Sentiment.NEGATIVE, 0.6), uncertain=True)
    assert combine([(a_finding(0), unsure)])["dinkes"].uncertain
    assert not combine([(a_finding(0), a_judgement(Sentiment.NEUTRAL, 0.9))])["dinkes"].uncertain


def test_a_place_named_often_costs_two_windows() -> None:
    findings = [a_finding(i * 10, "kota-surabaya", EntityKind.REGION) for i in range(9)] + [a_finding(100)]
    assert [f.entity_id for f in spans_to_judge(findings)] == ["kota-surabaya", "kota-surabaya", "dinkes"]


def test_a_span_in_the_title_has_the_title_as_its_window() -> None:
    article = ArticleText("Dinkes Jatim sigap", "Isi berita.")
    window = window_in(article, 0, 12)
    assert (window.left, window.target, window.right) == ("", "Dinkes Jatim", " sigap")


def test_offsets_are_those_of_the_field() -> None:
    article = ArticleText("Judul", "Isi Dinkes.")
    start = article.joined.index("Dinkes")
    assert article.locate(start, start + 6) == ("text", 4, 10)
    assert article.locate(0, 5) == ("title", 0, 5)
