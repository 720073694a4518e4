"""The router's one decision: who must see an article, why, who must know at once, and what a person must read first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contract.gazetteer import Gazetteer
from contract.messages import AlertRaised, Article, Assignment, EntityKind, Reading

from router.domain import reasons
from router.domain.alerting import Quiet, alerts_for
from router.domain.assigning import assign
from router.domain.mentioned import SetAside, groups_in, sort_mentions
from router.domain.rules import RoutingRules


@dataclass(frozen=True)
class Routing:
    """What follows from a reading, with what was left out and why."""

    assignments: tuple[Assignment, ...]
    alerts: tuple[AlertRaised, ...]
    set_aside: tuple[SetAside, ...]
    quiet: tuple[Quiet, ...]
    reading: Reading = field(compare=False)
    """The reading as it goes on: suggestions with their reason, and marked where a person must read it first."""


def route(reading: Reading, article: Article, gazetteer: Gazetteer, rules: RoutingRules, now: datetime) -> Routing:
    """Return assignments and alerts; the same reading in any order of mentions gives the same routing."""
    mentioned = sort_mentions(reading.mentions, gazetteer)
    groups = groups_in(reading.others, gazetteer)
    assignments = assign(mentioned, own_of=article.own_of, gazetteer=gazetteer, rules=rules.sentiment, groups=groups)
    alerts, quiet = alerts_for(
        article,
        reading,
        assignments,
        mentioned,
        gazetteer=gazetteer,
        rules=rules.alerts,
        sentiment_rules=rules.sentiment,
        now=now,
    )
    return Routing(assignments, alerts, mentioned.set_aside, quiet, _passed_on(reading, assignments, gazetteer))


def _passed_on(reading: Reading, assignments: Sequence[Assignment], gazetteer: Gazetteer) -> Reading:
    """Return the reading with what the router adds to it; a reason that the classifier gave stays."""
    known = [one for one in reading.suggestions if one.entity_id in gazetteer.opd_by_id]
    suggestions = tuple(
        one.model_copy(update={"reason": reasons.suggested(gazetteer.name_of(one.entity_id), one.keywords)})
        for one in known
    )
    doubtful = [
        gazetteer.name_of(one.entity_id)
        for one in assignments
        if one.uncertain and not one.derived and one.kind in (EntityKind.OPD, EntityKind.UNIT)
    ]
    changed: dict[str, object] = {"suggestions": suggestions}
    if doubtful:
        reason = reading.needs_reading_reason or reasons.doubtful(doubtful)
        changed |= {"needs_reading": True, "needs_reading_reason": reason}
    return reading.model_copy(update=changed)
