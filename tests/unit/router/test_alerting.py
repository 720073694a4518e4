"""Which negative mentions an agency must know of at once."""

from datetime import timedelta

import pytest
from contract.gazetteer import load_gazetteer
from contract.ids import alert_id
from contract.messages import EntityKind, Sentiment, Stamp
from router.domain.routing import Routing, route
from router.domain.rules import AlertRules, RoutingRules

from tests.builders.articles import SEEN, a_mention, a_reading, an_article

NEGATIVE = Sentiment.NEGATIVE
COMPLAINT = a_mention("rsud-soetomo", EntityKind.UNIT, NEGATIVE, score=0.8)


def routed(*mentions, rules: AlertRules | None = None, severity: int = 3, **article) -> Routing:
    reading = a_reading(mentions or [COMPLAINT], severity=severity, severity_reason="banyak pasien terdampak")
    rules = RoutingRules(alerts=rules or AlertRules())
    return route(reading, an_article(**article), load_gazetteer(), rules, SEEN)


def test_a_complaint_alerts_the_unit_with_its_evidence_reason_and_bakorwil():
    (alert,) = routed().alerts
    assert (alert.entity_id, alert.kind, alert.severity, alert.score) == ("rsud-soetomo", EntityKind.UNIT, 3, 0.8)
    assert alert.bakorwil == ("bakorwil-malang",)
    assert alert.evidence == COMPLAINT.evidence
    assert alert.reason == (
        "Kalimat negatif tentang RSUD Dr. Soetomo (keyakinan 80%), tingkat 3 dari 5: banyak pasien terdampak."
    )


def test_the_opd_above_is_not_alerted_for_what_it_is_not_named_in():
    assert [alert.entity_id for alert in routed().alerts] == ["rsud-soetomo"]


def test_a_revision_repeats_the_alert_instead_of_raising_another():
    first, second = routed(revision=1).alerts[0], routed(revision=2).alerts[0]
    assert first.alert_id == second.alert_id == alert_id(first.article_id, "rsud-soetomo")


def test_each_agency_has_an_alert_of_its_own():
    alerts = routed(COMPLAINT, a_mention("dinkes", sentiment=NEGATIVE)).alerts
    assert len({alert.alert_id for alert in alerts}) == 2


def test_a_region_is_never_alerted():
    assert routed(a_mention("kota-malang", EntityKind.REGION, NEGATIVE)).alerts == ()


@pytest.mark.parametrize("sentiment", [Sentiment.POSITIVE, Sentiment.NEUTRAL])
def test_what_is_not_negative_alerts_nobody(sentiment):
    assert routed(a_mention("dinkes", sentiment=sentiment)).alerts == ()


@pytest.mark.parametrize(
    ("rules", "article", "why"),
    [
        (AlertRules(min_score=0.81), {}, "keyakinan 0.80 di bawah batas 0.81"),
        (AlertRules(min_severity=4), {}, "tingkat 3 di bawah batas 4"),
        (AlertRules(muted_entities=frozenset({"rsud-soetomo"})), {}, "peringatan untuk badan ini dimatikan"),
        (AlertRules(muted_outlets=frozenset({"contoh"})), {}, "peringatan dari media ini dimatikan"),
        (AlertRules(), {"own_of": "rsud-soetomo"}, "terbit di situs resminya sendiri"),
    ],
)
def test_an_alert_that_stays_quiet_says_why(rules, article, why):
    routing = routed(rules=rules, **article)
    assert routing.alerts == ()
    assert [(one.entity_id, one.why) for one in routing.quiet] == [("rsud-soetomo", why)]


def published(hours_before: float) -> Stamp:
    return Stamp(at=SEEN - timedelta(hours=hours_before), zone="Asia/Jakarta", source="jsonld")


def test_news_that_was_old_when_first_seen_alerts_nobody():
    assert routed(published=published(49)).quiet[0].why == "sudah berumur 49 jam ketika pertama kali ditemukan"
    assert len(routed(published=published(47)).alerts) == 1


def test_news_that_was_fresh_when_first_seen_alerts_also_in_a_replay_much_later():
    later = SEEN + timedelta(days=90)
    routing = route(a_reading([COMPLAINT]), an_article(), load_gazetteer(), RoutingRules(), later)
    assert len(routing.alerts) == 1


def test_an_uncertain_complaint_below_the_least_score_is_quiet_and_goes_to_a_person():
    unsure = a_mention("dinkes", sentiment=NEGATIVE, score=0.42, uncertain=True)
    routing = routed(unsure)
    assert routing.alerts == ()
    assert [one.why for one in routing.quiet] == ["keyakinan 0.42 di bawah batas 0.50, masuk daftar perlu dibaca"]
    assert routing.reading.needs_reading


def test_an_uncertain_complaint_above_the_least_score_alerts_and_goes_to_a_person_too():
    routing = routed(a_mention("dinkes", sentiment=NEGATIVE, score=0.7, uncertain=True))
    assert [alert.entity_id for alert in routing.alerts] == ["dinkes"]
    assert routing.reading.needs_reading
