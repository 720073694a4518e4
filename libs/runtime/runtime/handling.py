"""The words between a stream worker and a service's decisions: what comes in, what a handler gives back.

A handler is pure and synchronous: messages and `now` in, one result per message out. The worker (`runtime.agent`)
does everything else: decoding, retries, sending, dead letters, offsets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from contract.messages import Article, ArticleClassified, ArticleCollected, ArticleRouted, Message
from contract.outcomes import Outcome

ArticleMessage = ArticleCollected | ArticleClassified | ArticleRouted
M_contra = TypeVar("M_contra", ArticleCollected, ArticleClassified, ArticleRouted, contravariant=True)


@dataclass(frozen=True)
class Emit:
    """A message to send: the topic of its card without namespace, the key (the article's id), the message."""

    topic: str
    key: str
    message: Message


@dataclass(frozen=True)
class Handled:
    """What became of one message: what to send on, and the outcome that goes to `articles.disposed`.

    The worker sends `emits` in this order and waits for the broker, then sends the disposition, then counts it; the
    handler itself counts and logs nothing.
    """

    article: Article
    emits: tuple[Emit, ...] = ()
    outcome: Outcome = Outcome.PASSED
    reason: str = ""
    detail: str = ""


class Handler(Protocol[M_contra]):
    """Decides about messages. Runs in a thread of its own, so it may compute for as long as it needs.

    Returns one entry per message, in the same order: `Handled`, or an exception that says why this one failed
    (InvalidError: dead letter at once; BusyError: later; anything else: again, then dead letter). Raising instead
    of returning is allowed: with several messages each is then tried alone, so one bad message fails only itself.
    """

    def __call__(self, messages: Sequence[M_contra], now: datetime, /) -> Sequence[Handled | Exception]: ...
