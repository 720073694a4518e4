"""The stories' work between two readings: decisions of people, then a batch of articles, grouped to the end.

Now and then what is compared of stories that ended long ago is forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contract.codec import InvalidMessageError, decode
from contract.messages import ArticleRouted
from runtime.retry import BusyError

from search.batch_loop import BatchLoop
from search.domain.batch import Failure, Received
from search.stories.domain.incoming import piece_of
from search.stories.domain.member import Piece
from search.stories.grouper import Grouper
from search.stories.shelf import FencedError

FORGET_EVERY_S = 3_600.0
PASSING = (BusyError, FencedError)
"""What passes by itself: also that another process wrote what this one had read, for the batch is then done again."""


@dataclass
class Worker:
    """Groups batch after batch, until the end is asked for."""

    loop: BatchLoop
    grouper: Grouper
    forget_at_s: float = 0.0

    def run(self) -> None:
        """Work until the end is asked for. Raises TooManyDeadLettersError when one message after another fails."""
        self.loop.run(self.handle, self.between)

    def between(self) -> None:
        """Do what people decided, and forget. Whoever stands by holds no partition, and leaves both to who does."""
        loop = self.loop
        if not loop.reader.lags():
            return
        loop.patiently("decisions", lambda: self.grouper.apply(loop.clock.now()))
        now_s = loop.clock.monotonic_s()
        if now_s >= self.forget_at_s:
            loop.patiently("forgetting", lambda: self.grouper.forget(loop.clock.now()))
            self.forget_at_s = now_s + FORGET_EVERY_S

    def handle(self, batch: Sequence[Received]) -> None:
        """Handle a batch to its end and commit it. Raises EndRequestedError and TooManyDeadLettersError."""
        loop = self.loop
        began_s = loop.clock.monotonic_s()
        pieces: list[Piece] = []
        failures: list[Failure] = []
        for received in batch:
            try:
                pieces.append(piece_of(decode(received.value, ArticleRouted)))
            except InvalidMessageError as error:
                failures.append(Failure(received, "decode", error))
        failed = {id(failure.received) for failure in failures}
        loop.judge(id(received) not in failed for received in batch)
        loop.patiently("grouping", lambda: self.grouper.handle(pieces, loop.clock.now()))
        loop.finish(batch, failures, began_s)
