"""Decides when each article appears and when each of its versions replaces the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from newsroom.article import Article

FIRST_DRIP_S = 15
SHORTEST_GAP_S = 20
GAP_SPREAD_S = 11
COPY_LAG = 2


@dataclass(frozen=True)
class Pace:
    """When the newsroom opened, how fast its time runs after that, and which order the seed gives.

    ``speed`` 2 halves every wait after the start; the backlog before the start is not moved.
    """

    start: datetime
    speed: float = 1.0
    seed: int = 1

    def moment(self, minutes: float) -> datetime:
        """The real moment of a newsroom time given in minutes from the start, to the whole second as pages print it."""
        return self.unhurried(minutes if minutes <= 0 else minutes / self.speed)

    def unhurried(self, minutes: float) -> datetime:
        """The moment so many real minutes from the start, to the whole second."""
        return (self.start + timedelta(minutes=minutes)).replace(microsecond=0)


def publication_minutes(articles: Iterable[Article], seed: int) -> dict[str, float]:
    """Slug to newsroom minutes from the start: the backlog as written, the drip in an order that the seed decides."""
    listed = list(articles)
    minutes: dict[str, float] = {a.slug: float(a.matter.minutes) for a in listed if a.matter.minutes is not None}
    at_s = float(FIRST_DRIP_S)
    for article in drip_order((a for a in listed if a.matter.drip), seed):
        minutes[article.slug] = at_s / 60
        at_s += SHORTEST_GAP_S + _draw(seed, f"gap {article.slug}") % GAP_SPREAD_S
    return minutes


def drip_order(drip: Iterable[Article], seed: int) -> list[Article]:
    """Originals by a draw from the seed; a copy of a drip article comes ``COPY_LAG`` places after it."""
    listed = sorted(drip, key=lambda article: _draw(seed, article.slug))
    slugs = {article.slug for article in listed}
    ordered = [article for article in listed if article.matter.copy_of not in slugs]
    for copy in (article for article in listed if article.matter.copy_of in slugs):
        place = next(i for i, article in enumerate(ordered) if article.slug == copy.matter.copy_of)
        ordered.insert(place + 1 + COPY_LAG, copy)
    return ordered


def _draw(seed: int, text: str) -> int:
    return int.from_bytes(sha256(f"{seed}:{text}".encode()).digest()[:8], "big")
