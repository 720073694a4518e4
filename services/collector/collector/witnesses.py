"""Remembers which older articles of an outlet were read lately: they show that the outlet stands and one page went."""

from collections import defaultdict, deque
from datetime import datetime

from collector.domain.fingerprint import Fingerprint
from collector.domain.vanishing import Witness

KEPT = 100


class Witnesses:
    """In memory alone: after a start the next readings show it anew."""

    def __init__(self) -> None:
        self._by_outlet: dict[str, deque[Witness]] = defaultdict(lambda: deque(maxlen=KEPT))

    def note(self, known: Fingerprint, now: datetime) -> None:
        """Note that an article was read, or not modified; only one that was passed on before is a witness."""
        if known.published:
            self._by_outlet[known.outlet].append(Witness(known.article_id, known.first_seen_at, now))

    def of(self, outlet: str) -> tuple[Witness, ...]:
        """Return the outlet's latest witnesses."""
        return tuple(self._by_outlet[outlet])
