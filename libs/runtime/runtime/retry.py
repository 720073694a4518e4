"""What to do with a message that failed: a pure decision, the same for every service.

Exceptions are decisions. `InvalidError` (and the codec's `InvalidMessageError`): it can never work, dead letter at
once. `BusyError`: it cannot work now, try again in place, then park it in the retry topic, for as long as it takes.
Anything else is a bug or a broken input: try again in place, then dead letter, and stop when too many fail in a row.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

from contract.codec import InvalidMessageError


class InvalidError(ValueError):
    """The message can never be handled, whatever is tried."""


class BusyError(RuntimeError):
    """Something that the handler needs is away or overloaded; the message is fine."""


class TooManyDeadLettersError(RuntimeError):
    """So many messages failed in a row that the fault is not theirs; the service stops and is seen."""


class Next(StrEnum):
    """What happens to a message after a failure."""

    AGAIN = "again"
    PARK = "park"
    BURY = "bury"


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently. Waits double from `wait_s` and are cut at `max_wait_s`."""

    attempts: int = 3
    wait_s: float = 0.5
    max_wait_s: float = 30.0

    def after(self, error: BaseException, attempt: int) -> Next:
        """Return what follows the failure of try number `attempt`, counted from 1."""
        if isinstance(error, InvalidError | InvalidMessageError):
            return Next.BURY
        if attempt < self.attempts:
            return Next.AGAIN
        return Next.PARK if isinstance(error, BusyError) else Next.BURY

    def wait_after(self, attempt: int, rng: random.Random | None = None) -> float:
        """Return seconds to wait after try number `attempt`: full jitter over the second half of the doubling wait."""
        ceiling: float = min(self.max_wait_s, self.wait_s * 2 ** (attempt - 1))
        return ceiling * (0.5 + (rng or random).random() / 2)


@dataclass
class FailureStreak:
    """Counts dead letters in a row; one success ends the streak."""

    limit: int
    length: int = 0

    def success(self) -> None:
        self.length = 0

    def failure(self) -> None:
        """Count a dead letter. Raises TooManyDeadLettersError when the limit is reached."""
        self.length += 1
        if self.length >= self.limit:
            raise TooManyDeadLettersError(
                f"{self.length} messages failed in a row; stopping before the topic is drained into its dead letter"
            )
