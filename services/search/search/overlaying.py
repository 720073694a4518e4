"""Settles what a batch says of articles: what was learnt is kept, articles are written with it laid over them.

The order makes it safe to be killed anywhere, and safe beside another process that holds the same article for a
moment: annotations first, then the articles as they are now, then a look whether an annotation changed meanwhile.
Whoever comes second sees the other's writing, and settles again. Every step may be repeated.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from contract.codec import encode
from contract.gazetteer import Gazetteer
from contract.learnt import ArticleCorrected, ArticleVanished
from contract.topics import ARTICLES_CORRECTED
from contract.values import CorrectionSource
from runtime.retry import BusyError

from search.adapters.elastic_annotations import Annotations
from search.domain.annotation import Annotation
from search.domain.batch import Planned
from search.domain.document import Write
from search.domain.inheritance import groups_to_ask, handed_on
from search.domain.learning import Guard, Known, Outcome, correction_write, laid_over, learn, written_again
from search.domain.overlay import Learnt
from search.domain.revisions import Recorded, neighbours, recorded, vanishing_write
from search.domain.verdicts import Answer, Verdict, verdict_of

logger = logging.getLogger(__name__)

WELL = Answer(200)
Writer = Callable[[list[Write]], list[Answer]]


class Events(Protocol):
    """Where what near-copies inherit is sent."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) and wait for the broker. Raises BusyError."""
        ...


@dataclass
class Overlaying:
    """Settles batches with the store of annotations, the gazetteer, and where inherited corrections are sent."""

    annotations: Annotations
    gazetteer: Gazetteer
    events: Events

    def settle(self, planned: Sequence[Planned], write: Writer) -> list[Answer]:
        """Write all, and return an answer for each message.

        `write` answers for good. Raises BusyError when a dependency is away, or something came between: the whole
        is then to be done again.
        """
        steps = [step for one in planned if (step := one.step) is not None]
        asked = dict.fromkeys(_article_of(step) for step in steps)
        events = [one.event for one in planned if one.event is not None]
        made = self._revised(planned)
        steps += made.edits
        asked |= dict.fromkeys(edit.article_id for edit in made.edits)
        months = {event.article_id: event.month for event in [*events, *made.edits]}
        known = Known(self.annotations.read(asked), self.annotations.documents(months))
        outcome = learn(steps, known, self.gazetteer)
        guards, refused = self._keep(outcome, known)
        laid = {key: one for key, one in outcome.annotations.items() if key not in refused}
        gone = [vanishing_write(event) for event in events if isinstance(event, ArticleVanished)]
        answers = self._write_articles(planned, laid, months, [*made.writes, *gone], write)
        if self.annotations.guards(asked) != guards:
            raise BusyError("an annotation changed while its article was written")
        self._tell(events, outcome, laid, write)
        return [refused.get(one.event.article_id, WELL) if one.event else answers[id(one)] for one in planned]

    def _revised(self, planned: Sequence[Planned]) -> Recorded:
        """Return what the batch's revisions come to beside those that are known."""
        routed = [one.write.source for one in planned if one.article is not None and one.write is not None]
        return recorded(routed, self.annotations.revisions(neighbours(routed))) if routed else Recorded((), ())

    def _keep(self, outcome: Outcome, known: Known) -> tuple[dict[str, Guard], dict[str, Answer]]:
        """Write the annotations that changed; return all writings, and the answers of those never to be taken."""
        guards = {key: kept.guard for key, kept in known.annotations.items() if kept.guard is not None}
        refused: dict[str, Answer] = {}
        written = self.annotations.write(outcome.changed) if outcome.changed else []
        for kept, (answer, guard) in zip(outcome.changed, written, strict=True):
            verdict = verdict_of(answer)
            if verdict is Verdict.REFUSED:
                refused[kept.annotation.article_id] = answer
            elif guard is None:
                raise BusyError(f"the annotation of {kept.annotation.article_id} was not written: {answer}")
            else:
                guards[kept.annotation.article_id] = guard
        return guards, refused

    def _write_articles(
        self,
        planned: Sequence[Planned],
        laid: Mapping[str, Annotation],
        months: Mapping[str, str],
        entries: Sequence[Write],
        write: Writer,
    ) -> dict[int, Answer]:
        """Write what the batch brings, again what is stored of articles that events are about, and the revisions.

        A revision that is refused is lost as a proof, which is logged; it stops no article.
        """
        carried = [(id(one), one.write, one.article is not None) for one in planned if one.write is not None]
        brought = [laid_over(made, laid, self.gazetteer) if is_article else made for _, made, is_article in carried]
        # Read after the annotations were written: who writes one of these articles from now on sees them.
        stored = self.annotations.documents(months)
        articles = [made for (_, _, is_article), made in zip(carried, brought, strict=True) if is_article]
        again = written_again(stored, articles, laid, self.gazetteer)
        answers = write([*brought, *again, *entries])
        for entry, answer in zip(entries, answers[len(brought) + len(again) :], strict=True):
            if verdict_of(answer) is Verdict.REFUSED:
                logger.error("revision %s is not taken: %s", entry.id, answer.error)
        for answer in answers[len(brought) : len(brought) + len(again)]:
            if verdict_of(answer) is Verdict.NEWER_THERE:
                raise BusyError("an article was written by another while what was learnt of it was laid over it")
            if verdict_of(answer) is Verdict.REFUSED:
                logger.error("an article is not taken with what was learnt of it: %s", answer.error)
        return {place: answer for (place, _, _), answer in zip(carried, answers, strict=False)}

    def _tell(self, events: Sequence[Learnt], outcome: Outcome, laid: Mapping[str, Annotation], write: Writer) -> None:
        """Let near-copies inherit, then record what became of each correction: who waits for it sees the article."""
        corrections = [one for one in events if isinstance(one, ArticleCorrected)]
        by_people = {one.month for one in corrections if one.origin == CorrectionSource.PERSON}
        if by_people:
            self.annotations.show(by_people)
        self._hand_on([laid[key] for key in outcome.touched if key in laid])
        decided = (laid[one.article_id].decided(one.correction_id) for one in corrections if one.article_id in laid)
        rows = [correction_write(one) for one in decided if one is not None]
        if rows:
            write(rows)

    def _hand_on(self, touched: Iterable[Annotation]) -> None:
        touched = list(touched)
        correcting, joined = groups_to_ask(touched)
        members = self.annotations.members(correcting, joined) if correcting or joined else []
        if not members:
            return
        documents: dict[str, Any] = self.annotations.documents(
            {one.article_id: one.month for one in [*members, *touched]}
        )
        inherited = handed_on(touched, members, documents)
        if inherited:
            self.events.send_all([(ARTICLES_CORRECTED.topic, one.article_id, encode(one)) for one in inherited])


def _article_of(step: Write | Learnt) -> str:
    return step.id if isinstance(step, Write) else step.article_id
