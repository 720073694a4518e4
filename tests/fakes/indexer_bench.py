"""An indexer with a store, a reader, letters and a clock that do what a test says."""

from collections.abc import Callable, Sequence

from contract.codec import encode
from contract.gazetteer import load_gazetteer
from contract.messages import ArticleRouted
from contract.outcomes import Service
from contract.topics import ARTICLES_ROUTED
from runtime.progress import Progress
from runtime.retry import BusyError, FailureStreak, RetryPolicy
from runtime.shutdown import Shutdown
from search.batch_loop import BatchLoop
from search.domain.batch import Received
from search.domain.document import Target, Write
from search.domain.verdicts import Answer
from search.indexer import Indexer
from search.overlaying import Overlaying

from tests.builders.routed import NOON
from tests.fakes.annotation_shelf import AnnotationShelf
from tests.fakes.fixed_clock import FixedClock


class Shelf:
    """A store in memory that answers as told."""

    def __init__(self, answer: Callable[[Write, int], Answer | None] = lambda _write, _call: Answer(201)) -> None:
        self.answer = answer
        self.calls: list[list[Write]] = []

    def prepare(self, month: str) -> None: ...

    def problem(self) -> str | None:
        return None

    def write(self, writes: Sequence[Write]) -> list[Answer]:
        self.calls.append(list(writes))
        answers = [self.answer(write, len(self.calls)) for write in writes]
        if None in answers:
            raise BusyError("connection refused")
        return [answer for answer in answers if answer is not None]

    def written(self, target: Target) -> list[Write]:
        return [write for call in self.calls for write in call if write.target is target]


class Line:
    """A reader that gives batches and remembers what was committed and how long it stayed."""

    def __init__(self, clock: FixedClock, batches: Sequence[Sequence[Received]] = ()) -> None:
        self.clock = clock
        self.batches = list(batches)
        self.committed: list[int] = []
        self.stays: list[float] = []
        self.at_end: Callable[[], None] = lambda: None

    def poll(self, timeout_s: float) -> list[Received]:
        if not self.batches:
            self.at_end()
            return []
        return list(self.batches.pop(0))

    def stay(self, timeout_s: float) -> None:
        self.stays.append(timeout_s)
        self.clock.advance(timeout_s)

    def commit(self, batch: Sequence[Received]) -> None:
        self.committed += [one.offset for one in batch]

    def lags(self) -> dict[tuple[str, int], tuple[int, int]]:
        return {("articles.routed", 0): (len(self.committed), 0)}

    def close(self) -> None: ...


class Post:
    """Keeps the letters."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.sent: list[tuple[str, str, bytes]] = []

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        if self.fails:
            self.fails -= 1
            raise BusyError("no broker")
        self.sent += messages


class Bench:
    """An indexer with its surroundings."""

    def __init__(self, shelf: Shelf, post: Post | None = None, limit: int = 3) -> None:
        self.clock = FixedClock(NOON)
        self.shelf = shelf
        self.post = post or Post()
        self.line = Line(self.clock)
        self.annotations = AnnotationShelf()
        self.shutdown = Shutdown()
        self.progress = Progress(60)
        loop = BatchLoop(
            service=Service.SEARCH,
            reader=self.line,
            letters=self.post,
            clock=self.clock,
            shutdown=self.shutdown,
            progress=self.progress,
            policy=RetryPolicy(wait_s=0.5, max_wait_s=30),
            streak=FailureStreak(limit),
        )
        self.indexer = Indexer(loop, shelf, Overlaying(self.annotations, load_gazetteer(), self.post))

    def outcomes(self) -> list[tuple[str, str]]:
        return [(one.source["outcome"], one.source["reason"]) for one in self.shelf.written(Target.DISPOSITIONS)]


def batch_of(messages: Sequence[ArticleRouted | bytes]) -> list[Received]:
    values = [one if isinstance(one, bytes) else encode(one) for one in messages]
    return [Received(ARTICLES_ROUTED, "articles.routed", 0, place, b"k", value) for place, value in enumerate(values)]
