"""What the router sends for a message, and what its command line prints."""

from pathlib import Path

from contract.codec import encode
from contract.gazetteer import load_gazetteer
from contract.messages import AlertRaised, ArticleRouted, EntityKind, Sentiment
from contract.outcomes import Outcome
from router.__main__ import main
from router.agents import RouteHandler
from router.domain.rules import RoutingRules
from runtime.handling import Handled

from tests.builders.articles import SEEN, a_mention, classified

COMPLAINT = a_mention("dinkes", sentiment=Sentiment.NEGATIVE)


def handle(*messages):
    return RouteHandler(load_gazetteer(), RoutingRules())(messages, SEEN)


def test_the_article_goes_on_with_its_assignments_and_its_alerts_follow():
    (result,) = handle(classified(mentions=[COMPLAINT]))
    assert isinstance(result, Handled)
    routed, alert = (emit.message for emit in result.emits)
    assert isinstance(routed, ArticleRouted)
    assert isinstance(alert, AlertRaised)
    assert routed.alert_ids == (alert.alert_id,)
    assert [emit.topic for emit in result.emits] == ["articles.routed", "alerts.raised"]
    assert {emit.key for emit in result.emits} == {routed.article.article_id}
    assert (result.outcome, result.detail) == (
        Outcome.PASSED,
        "Ditujukan kepada Dinas Kesehatan Provinsi Jawa Timur; 1 peringatan dikirim.",
    )


def test_an_article_that_concerns_nobody_goes_on_all_the_same():
    (result,) = handle(classified())
    assert isinstance(result, Handled)
    assert (result.outcome, len(result.emits)) == (Outcome.PASSED, 1)
    assert result.detail == "Tidak menyebut OPD, unit, atau daerah di Jawa Timur."


def test_a_batch_has_one_result_per_message_in_order():
    results = handle(*(classified(number) for number in range(5)))
    assert [one.article.article_id for one in results if isinstance(one, Handled)] == [
        classified(number).article.article_id for number in range(5)
    ]


def test_explain_prints_who_sees_it_and_why(tmp_path: Path, capsys, monkeypatch, root: Path):
    monkeypatch.chdir(root)
    file = tmp_path / "in.jsonl"
    unit = a_mention("rsud-haji", EntityKind.UNIT, text="RSUD Haji Surabaya")
    file.write_bytes(encode(classified(mentions=[COMPLAINT, unit])) + b"\n\n" + encode(classified(2)))
    assert main(["explain", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "Disebut sebagai “RSUD Haji Surabaya”." in printed
    assert "ALERT    dinkes" in printed
    assert "nobody: no OPD, unit or region of East Java is named" in printed


def test_explain_says_what_is_wrong_with_its_input(tmp_path: Path, capsys, monkeypatch, root: Path):
    monkeypatch.chdir(root)
    file = tmp_path / "in.jsonl"
    file.write_text("\n{}")
    assert main(["explain", str(file)]) == 2
    assert "line 2: expected ArticleClassified" in capsys.readouterr().err


def test_a_missing_rules_file_is_told(capsys, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    assert main(["run"]) == 2
    assert "config/routing.yaml cannot be read" in capsys.readouterr().err


def test_the_routed_article_carries_the_reading_that_the_router_completed():
    unsure = a_mention("dinkes", sentiment=Sentiment.NEGATIVE, score=0.4, uncertain=True)
    (result,) = handle(classified(mentions=[unsure]))
    assert isinstance(result, Handled)
    (routed,) = (emit.message for emit in result.emits)
    assert isinstance(routed, ArticleRouted)
    assert routed.reading.needs_reading
