"""From a message to messages: takes an ArticleClassified, lets the domain decide, says what to send."""

from collections.abc import Sequence
from datetime import datetime

from contract.gazetteer import Gazetteer
from contract.messages import ArticleClassified, ArticleRouted
from contract.topics import ALERTS_RAISED, ARTICLES_ROUTED
from runtime.handling import Emit, Handled

from router.domain import reasons
from router.domain.routing import Routing, route
from router.domain.rules import RoutingRules


class RouteHandler:
    """The handler that the stream worker runs."""

    def __init__(self, gazetteer: Gazetteer, rules: RoutingRules) -> None:
        self._gazetteer = gazetteer
        self._rules = rules

    def __call__(self, messages: Sequence[ArticleClassified], now: datetime, /) -> list[Handled | Exception]:
        return [self._handle(message, now) for message in messages]

    def _handle(self, message: ArticleClassified, now: datetime) -> Handled | Exception:
        try:
            routing = route(message.reading, message.article, self._gazetteer, self._rules, now)
            return handled(message, routing, self._gazetteer, now)
        except Exception as error:  # noqa: BLE001 - one article that cannot be routed must not fail its batch
            return error


def handled(message: ArticleClassified, routing: Routing, gazetteer: Gazetteer, now: datetime) -> Handled:
    """Return the routed article and its alerts, alerts last: who is alerted finds the article soon after."""
    key = message.article.article_id
    routed = ArticleRouted(
        article=message.article,
        reading=routing.reading,
        assignments=routing.assignments,
        alert_ids=tuple(alert.alert_id for alert in routing.alerts),
        classified_at=message.classified_at,
        routed_at=now,
    )
    emits = (
        Emit(ARTICLES_ROUTED.topic, key, routed),
        *(Emit(ALERTS_RAISED.topic, key, alert) for alert in routing.alerts),
    )
    return Handled(message.article, emits, detail=reasons.summary(routing.assignments, len(routing.alerts), gazetteer))
