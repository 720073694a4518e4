"""The router's one decision: who must see an article, why, and who must know at once."""

from dataclasses import dataclass
from datetime import datetime

from contract.gazetteer import Gazetteer
from contract.messages import AlertRaised, Article, Assignment, Reading

from router.domain.alerting import Quiet, alerts_for
from router.domain.assigning import assign
from router.domain.mentioned import SetAside, sort_mentions
from router.domain.rules import RoutingRules


@dataclass(frozen=True)
class Routing:
    """What follows from a reading, with what was left out and why."""

    assignments: tuple[Assignment, ...]
    alerts: tuple[AlertRaised, ...]
    set_aside: tuple[SetAside, ...]
    quiet: tuple[Quiet, ...]


def route(reading: Reading, article: Article, gazetteer: Gazetteer, rules: RoutingRules, now: datetime) -> Routing:
    """Return assignments and alerts; the same reading in any order of mentions gives the same routing."""
    mentioned = sort_mentions(reading.mentions, gazetteer)
    assignments = assign(mentioned, own_of=article.own_of, gazetteer=gazetteer, rules=rules.sentiment)
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
    return Routing(assignments, alerts, mentioned.set_aside, quiet)
