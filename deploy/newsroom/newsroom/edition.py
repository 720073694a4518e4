"""What the outlets show at a moment: a pure function of articles, pace and now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.article import Article, Version
from newsroom.outlets import CARDS, Outlet, article_path
from newsroom.schedule import Pace, publication_minutes


class Origin(StrEnum):
    """Whose words an article is: an agency's own, its release taken over by the press, or the press's own."""

    OWN = "own"
    PICKUP = "pickup"
    EARNED = "earned"


@dataclass(frozen=True)
class Item:
    """A published article in the version of the moment."""

    article: Article
    version: Version
    revision: int
    published_at: datetime
    modified_at: datetime
    path: str

    @property
    def outlet(self) -> Outlet:
        return self.article.matter.outlet

    @property
    def title(self) -> str:
        return self.version.title


class Edition:
    """All articles with their times; asks nothing of the outside."""

    def __init__(self, articles: Iterable[Article], pace: Pace) -> None:
        self._articles = tuple(articles)
        self.pace = pace
        self._minutes = publication_minutes(self._articles, pace.seed)

    def __len__(self) -> int:
        return len(self._articles)

    def published(self, now: datetime, outlet: Outlet | None = None) -> tuple[Item, ...]:
        """What came out by ``now``, newest first, of one outlet or of all; also what was taken away since."""
        items = [
            self._item(article, now)
            for article in self._articles
            if (outlet is None or article.matter.outlet is outlet) and self.published_at(article) <= now
        ]
        return tuple(sorted(items, key=lambda item: (item.published_at, item.article.slug), reverse=True))

    def published_at(self, article: Article) -> datetime:
        """When the article appears."""
        return self.pace.moment(self._minutes[article.slug])

    def version_times(self, article: Article) -> tuple[datetime, ...]:
        """When each version starts, first version first.

        The speed does not move what is done to the backlog: whoever watches must have time to see what was before.
        """
        base = self._minutes[article.slug]
        moment = self.pace.unhurried if base <= 0 else self.pace.moment
        return tuple(moment(base + version.after_minutes) for version in article.versions)

    def vanishes_at(self, article: Article) -> datetime | None:
        """When the outlet takes the article away; never for most.

        The speed does not shorten this wait: whoever watches must have time to see the article first.
        """
        vanish = article.matter.vanish
        if vanish is None:
            return None
        return max(self.published_at(article), self.pace.start) + timedelta(minutes=vanish.after)

    def is_taken_away(self, article: Article, now: datetime) -> bool:
        """Whether the outlet shows the article no longer."""
        at = self.vanishes_at(article)
        return at is not None and at <= now

    def is_same_outlet_copy(self, article: Article) -> bool:
        """Whether the article repeats another one of its own outlet under a second address."""
        return any(
            other.slug == article.matter.copy_of and other.matter.outlet is article.matter.outlet
            for other in self._articles
        )

    def origin(self, article: Article) -> Origin:
        """Whose words the article is, as its files say."""
        if CARDS[article.matter.outlet].own_of is not None:
            return Origin.OWN
        return Origin.PICKUP if self.release_of(article) else Origin.EARNED

    def release_of(self, article: Article) -> str | None:
        """The slug of the release that a press article carries; None for the press's own words and for releases.

        The release need not be the original: what is sent out may stand in a paper before it does on the site.
        """
        if CARDS[article.matter.outlet].own_of is not None:
            return None
        text = article.matter.copy_of or article.slug
        of_one_text = (other for other in self._articles if text in (other.slug, other.matter.copy_of))
        return next((other.slug for other in of_one_text if CARDS[other.matter.outlet].own_of is not None), None)

    def next_change(self, now: datetime) -> datetime | None:
        """The next moment at which anything appears, is edited or is taken away; None when all is done."""
        changes = [at for article in self._articles for at in self.version_times(article)]
        changes += [at for article in self._articles if (at := self.vanishes_at(article)) is not None]
        coming = [at for at in changes if at > now]
        return min(coming, default=None)

    def neighbours(self, item: Item, count: int, *, same_section: bool = False) -> tuple[Item, ...]:
        """Articles of the outlet that were out when ``item`` appeared, newest first, in the version of then.

        Pages link to these, so that a page changes only when its own article does.
        """
        out_then = self.published(item.published_at, item.outlet)
        older = [each for each in out_then if each.article.slug != item.article.slug]
        if same_section:
            section = item.article.matter.section
            older.sort(key=lambda each: each.article.matter.section != section)
        return tuple(older[:count])

    def _item(self, article: Article, now: datetime) -> Item:
        times = self.version_times(article)
        current = max(index for index, at in enumerate(times) if at <= now)
        published_at = times[0]
        path = article_path(article.matter.outlet, article.slug, article.number, article.matter.section, published_at)
        return Item(article, article.versions[current], current + 1, published_at, times[current], path)
