"""Decides which negative mentions an agency must know of at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contract.gazetteer import Gazetteer
from contract.ids import alert_id
from contract.messages import AlertRaised, Article, Assignment, EntityKind, Reading, Sentiment

from router.domain import reasons
from router.domain.assigning import own_kind
from router.domain.mentioned import Mentioned
from router.domain.rules import AlertRules, SentimentRules
from router.domain.verdict import judge


@dataclass(frozen=True)
class Quiet:
    """A negative assignment that raises no alert, and why."""

    entity_id: str
    why: str


def alerts_for(
    article: Article,
    reading: Reading,
    assignments: Sequence[Assignment],
    mentioned: Mentioned,
    *,
    gazetteer: Gazetteer,
    rules: AlertRules,
    sentiment_rules: SentimentRules,
    now: datetime,
) -> tuple[tuple[AlertRaised, ...], tuple[Quiet, ...]]:
    """Return the alerts, one per OPD or unit that is itself named negatively, and what stayed quiet.

    The id depends on article and body alone, so a revision or a replay repeats an alert instead of raising another.
    Age is taken when the article was first seen, so a replay decides as the first reading did.
    """
    bakorwil = tuple(one.entity_id for one in assignments if one.kind == EntityKind.BAKORWIL)
    raised, quiet = [], []
    for one in assignments:
        if one.sentiment != Sentiment.NEGATIVE or one.derived or one.kind not in (EntityKind.OPD, EntityKind.UNIT):
            continue
        why = silence(one, article, reading, gazetteer=gazetteer, rules=rules)
        if why is not None:
            quiet.append(Quiet(one.entity_id, why))
            continue
        verdict = judge(mentioned.by_body[one.kind, one.entity_id], sentiment_rules)
        raised.append(
            AlertRaised(
                alert_id=alert_id(article.article_id, one.entity_id),
                article_id=article.article_id,
                revision=article.revision,
                entity_id=one.entity_id,
                kind=one.kind,
                bakorwil=bakorwil,
                severity=reading.severity,
                score=one.score,
                evidence=one.evidence,
                reason=reasons.alert(
                    gazetteer.name_of(one.entity_id), verdict, reading.severity, reading.severity_reason
                ),
                title=article.title,
                url=article.url,
                outlet=article.outlet,
                published_at=article.published.at,
                raised_at=now,
            )
        )
    return tuple(raised), tuple(quiet)


def silence(
    assignment: Assignment, article: Article, reading: Reading, *, gazetteer: Gazetteer, rules: AlertRules
) -> str | None:
    """Return why a negative assignment raises no alert, or None."""
    age_h = (article.first_seen_at - article.published.at) / timedelta(hours=1)
    own = article.own_of == assignment.entity_id and own_kind(article.own_of, gazetteer) is not None
    doubt = ", masuk daftar perlu dibaca" if assignment.uncertain else ""
    objections = (
        (
            assignment.score < rules.min_score,
            f"keyakinan {assignment.score:.2f} di bawah batas {rules.min_score:.2f}{doubt}",
        ),
        (reading.severity < rules.min_severity, f"tingkat {reading.severity} di bawah batas {rules.min_severity}"),
        (assignment.entity_id in rules.muted_entities, "peringatan untuk badan ini dimatikan"),
        (article.outlet in rules.muted_outlets, "peringatan dari media ini dimatikan"),
        (own, "terbit di situs resminya sendiri"),
        (age_h > rules.max_age_h, f"sudah berumur {age_h:.0f} jam ketika pertama kali ditemukan"),
    )
    return next((why for applies, why in objections if applies), None)
