"""The indexer: what a batch comes to is written to Elasticsearch, the articles with what was learnt of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.disposition import record
from runtime.retry import BusyError

from search.adapters.elastic_writer import Store
from search.batch_loop import BatchLoop
from search.domain.batch import Received, judge, plan_batch
from search.domain.document import Write, disposition_write
from search.domain.verdicts import Answer, Verdict, verdict_of
from search.overlaying import Overlaying


@dataclass
class Indexer:
    """Writes batch after batch, until the end is asked for."""

    loop: BatchLoop
    store: Store
    overlaying: Overlaying

    def run(self) -> None:
        """Work until the end is asked for. Raises TooManyDeadLettersError when one message after another fails."""
        self.loop.run(self.handle)

    def handle(self, batch: Sequence[Received]) -> None:
        """Handle a batch to its end and commit it.

        Raises EndRequestedError when the end is asked for while a dependency is away, and
        TooManyDeadLettersError before any letter of the batch is sent, so that a restart meets the same batch.
        """
        loop = self.loop
        began_s = loop.clock.monotonic_s()
        plan = plan_batch(batch, loop.clock.now())
        answers = loop.patiently("settling", lambda: self.overlaying.settle(plan.planned, self._write))
        result = judge(batch, plan, answers, loop.clock.now())
        loop.judge(result.went_well)
        self._write([disposition_write(one) for one in result.dispositions])
        loop.finish(batch, result.failures, began_s)
        for disposed in result.dispositions:
            record(disposed)

    def _write(self, writes: list[Write]) -> list[Answer]:
        """Write all, however long the store is away; what may pass is asked again, the rest stays written."""
        answers: dict[int, Answer] = {}
        places = list(range(len(writes)))

        def attempt() -> None:
            asked = list(places)
            answers.update(zip(asked, self.store.write([writes[place] for place in asked]), strict=True))
            places[:] = [place for place in asked if verdict_of(answers[place]) is Verdict.LATER]
            if places:
                raise BusyError(f"{len(places)} of {len(asked)} documents: {answers[places[0]]}")

        if places:
            self.loop.patiently("writing", attempt)
        return [answers[place] for place in range(len(writes))]
