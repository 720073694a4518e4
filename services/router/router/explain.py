"""Prints who must see each article of a file, and why, without Kafka: for the desk's question "why me?"."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from contract.codec import InvalidMessageError, decode
from contract.gazetteer import Gazetteer
from contract.messages import ArticleClassified

from router.domain.routing import Routing, route
from router.domain.rules import RoutingRules


def explain(lines: Iterable[bytes], gazetteer: Gazetteer, rules: RoutingRules, now: datetime) -> Iterator[str]:
    """Yield the printed lines for ArticleClassified JSON lines. Raises InvalidMessageError, naming the line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                message = decode(line, ArticleClassified)
            except InvalidMessageError as error:
                raise InvalidMessageError(f"line {number}: {error}") from error
            yield from _explain_one(message, route(message.reading, message.article, gazetteer, rules, now))


def _explain_one(message: ArticleClassified, routing: Routing) -> Iterator[str]:
    yield f"{message.article.title}"
    yield f"  {message.article.canonical_url}"
    for one in routing.assignments:
        yield f"  {one.kind:<9}{one.entity_id:<24}{one.sentiment:<9}{one.score:.2f}  {one.rule:<11}{one.reason}"
        if one.evidence and not one.derived:
            yield f"{'':<11}“{one.evidence}”"
    if not routing.assignments:
        yield "  nobody: no OPD, unit or region of East Java is named"
    for usulan in routing.reading.suggestions:
        yield f"  usulan   {usulan.entity_id:<24}{usulan.score:.2f}  {usulan.reason}"
    if routing.reading.needs_reading:
        yield f"  to be read by a person: {routing.reading.needs_reading_reason}"
    for alert in routing.alerts:
        yield f"  ALERT    {alert.entity_id:<24}{alert.reason}"
    for quiet in routing.quiet:
        yield f"  no alert {quiet.entity_id:<24}{quiet.why}"
    for aside in routing.set_aside:
        yield f"  not assigned: “{aside.text}” ({aside.entity_id}): {aside.why}"
    yield ""
