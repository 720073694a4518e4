"""Groups articles as they arrive: signature, candidates, bonds, then everything that hangs together is told anew.

In this order, so that a death at any point is healed by the repetition of the batch: signatures are written as not
settled; the events of what changed are sent; then bonds and groupings are written, settled. Only after that may the
batch be committed. A batch whose articles are all settled changes nothing.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from contract.codec import encode
from contract.learnt import ArticleGrouped
from contract.topics import ARTICLES_GROUPED

from search.stories.domain.assembly import MAX_STORY_ARTICLES, assemble, components
from search.stories.domain.decisions import Constraints
from search.stories.domain.likeness import Kind, likeness
from search.stories.domain.member import Bond, Grouping, Member, Piece, member_of, same_news
from search.stories.domain.signature import WordWeights, signature_of
from search.stories.domain.story import Story, name_groups, tell
from search.stories.metrics import BONDS, FORGOTTEN, GROUPED, STORY_FULL
from search.stories.shelf import Fence, FencedError, Shelf

logger = logging.getLogger(__name__)

MAX_BONDS = 200
MAX_LOADED = 2_000
"""Articles that are taken into memory for one batch beyond its own; what lies further away stays as it was told."""


class Events(Protocol):
    """Where grouped articles are told of."""

    def send_all(self, messages: Sequence[tuple[str, str, bytes]]) -> None:
        """Send (topic without namespace, key, bytes) and wait for the broker. Raises BusyError."""
        ...


@dataclass
class _Table:
    """What is on the table while a batch is grouped."""

    members: dict[str, Member] = field(default_factory=dict)
    fences: dict[str, Fence] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def put(self, member: Member) -> None:
        if self.members.get(member.article_id) != member:
            self.members[member.article_id] = member
            self.changed.add(member.article_id)


class Grouper:
    """Groups batches. One process at a time; a second one is noticed by the fences of what it writes."""

    def __init__(
        self,
        shelf: Shelf,
        events: Events,
        weights: WordWeights,
        full_at: int = MAX_STORY_ARTICLES,
        *,
        keep: timedelta | None = None,
    ) -> None:
        self._full_at = full_at
        self._keep = keep
        self._shelf = shelf
        self._events = events
        self._weights = weights
        self._constraints: Constraints | None = None
        # Told of, but another process wrote first: what was said of them last may be wrong, so it is said again.
        self._doubtful: set[str] = set()

    def handle(self, pieces: Iterable[Piece], now: datetime, *, again: bool = False) -> int:
        """Group the articles of a batch and return how many events were sent.

        `again` does settled ones too, but never older revisions.

        Raises BusyError while the store or the broker is away and FencedError when another process interferes; the
        batch is then to be repeated.
        """
        latest: dict[str, Piece] = {}
        for piece in pieces:
            if piece.article_id not in latest or latest[piece.article_id].version <= piece.version:
                latest[piece.article_id] = piece
        table = _Table()
        self._load(table, latest)
        todo = [
            piece
            for piece in latest.values()
            if _is_new(piece, kept := table.members.get(piece.article_id), again)
            and not (kept is None and self._is_past(piece, now))
        ]
        if not todo and not self._doubtful:
            return 0
        fresh = [self._signed(piece, table.members.get(piece.article_id)) for piece in todo]
        self._write(table, fresh)
        own = [member.article_id for member in fresh]
        self._load(table, self._doubtful)
        touched = self._bind(table, own) | (self._doubtful & table.members.keys())
        return self._regroup(table, touched, now, last=frozenset(own))

    def _is_past(self, piece: Piece, now: datetime) -> bool:
        """Return whether an article lies so far back that its story was forgotten: it stays as it was told."""
        return self._keep is not None and max(piece.published_at, piece.first_seen_at) < now - self._keep

    def forget(self, now: datetime) -> int:
        """Forget what is compared of stories that ended too long ago; return how many articles that were."""
        if self._keep is None:
            return 0
        forgotten = self._shelf.forget(now - self._keep)
        FORGOTTEN.inc(forgotten)
        if forgotten:
            logger.info(
                "forgot the signatures of %d articles of stories that ended before %s", forgotten, now - self._keep
            )
        return forgotten

    def apply(self, now: datetime) -> int:
        """Do what people decided since the last time and return how many decisions there were."""
        waiting = self._shelf.waiting()
        if not waiting:
            return 0
        self._constraints = None
        table = _Table()
        touched = {one for decision in waiting for one in decision.articles}
        self._load(table, touched)
        self._regroup(table, touched & table.members.keys(), now)
        self._shelf.applied(waiting, now)
        for decision in waiting:
            logger.info("%s of %s by %s applied", decision.verb, " and ".join(decision.stories), decision.by)
        return len(waiting)

    def _load(self, table: _Table, article_ids: Collection[str]) -> None:
        missing = [one for one in article_ids if one not in table.members]
        for one, kept in self._shelf.read(missing).items() if missing else ():
            table.members[one] = kept.member
            table.fences[one] = kept.fence

    def _signed(self, piece: Piece, before: Member | None) -> Member:
        return member_of(piece, signature_of(piece.title, piece.text, self._weights), before)

    def _write(self, table: _Table, members: Sequence[Member]) -> None:
        for member in members:
            table.members[member.article_id] = member
        table.fences |= self._shelf.write(members, table.fences)

    def _bind(self, table: _Table, fresh: Sequence[str]) -> set[str]:
        """Find the bonds of the fresh articles anew and return all articles whose bonds that changed."""
        found = self._shelf.candidates([table.members[one] for one in fresh])
        former = {one: set(table.members[one].bonds) for one in fresh}
        self._load(table, {other for one in fresh for other in (*found.get(one, ()), *former[one])})
        touched = set(fresh)
        for one in fresh:
            bonds = self._bonds(table, one, {*found.get(one, ()), *former[one]})
            touched |= former[one] | bonds.keys()
            table.put(replace(table.members[one], bonds=bonds))
            for other in former[one] - bonds.keys():
                _unbind(table, other, one)
            for other, bond in bonds.items():
                neighbour = table.members[other]
                table.put(replace(neighbour, bonds={**neighbour.bonds, one: bond}))
        return touched & table.members.keys()

    def _bonds(self, table: _Table, one: str, others: Collection[str]) -> dict[str, Bond]:
        member = table.members[one]
        found: list[tuple[str, Bond]] = []
        for other in sorted(set(others) - {one}):
            if other not in table.members:
                continue
            alike = likeness(member.comparable, table.members[other].comparable)
            if alike is None:
                continue
            if alike.kind is Kind.STORY and self._is_full(table.members[other].grouping):
                STORY_FULL.inc()
                continue
            BONDS.labels(alike.kind).inc()
            found.append((other, Bond.of(alike)))
        found.sort(key=lambda each: (each[1].kind is not Kind.COPY, -each[1].similarity, each[0]))
        return dict(found[:MAX_BONDS])

    def _regroup(
        self, table: _Table, touched: Collection[str], now: datetime, *, last: frozenset[str] = frozenset()
    ) -> int:
        """Tell all stories anew that the touched articles hang together with; send what changed, then keep it.

        The articles of the batch are written `last`: while one of them is not settled, all is done again.
        """
        constraints = self._known()
        self._load_around(table, touched, constraints)
        near = _reachable(table, touched, constraints)
        groups = [
            group for part in components(near, constraints) for group in assemble(part, constraints, self._full_at)
        ]
        names = name_groups(groups, near)
        stories = [tell(name, group, near) for name, group in zip(names, groups, strict=True)]
        events = self._settle(table, stories, now)
        self._events.send_all([(ARTICLES_GROUPED.topic, one.article_id, encode(one)) for one in events])
        told = [story for story in stories if any(one.article_id in table.changed for one in story.members)]
        former = {member.grouping.story_id for member in near.values() if member.grouping is not None}
        self._shelf.tell(told, former - set(names), now)
        try:
            for some in (table.changed - last, table.changed & last):
                table.fences |= self._shelf.write([table.members[one] for one in sorted(some)], table.fences)
        except FencedError:
            self._doubtful |= {one.article_id for one in events}
            raise
        self._doubtful.clear()
        GROUPED.inc(len(events))
        return len(events)

    def _is_full(self, grouping: Grouping | None) -> bool:
        return grouping is not None and grouping.story_articles >= self._full_at

    def _known(self) -> Constraints:
        if self._constraints is None:
            self._constraints = Constraints(self._shelf.decisions())
        return self._constraints

    def _load_around(self, table: _Table, touched: Collection[str], constraints: Constraints) -> None:
        """Load what hangs together with the touched articles, round by round."""
        frontier = set(touched)
        seen: set[str] = set()
        while frontier and len(seen) < MAX_LOADED:
            seen |= frontier
            neighbours = {
                other for one in frontier if one in table.members for other in _around(table.members[one], constraints)
            }
            self._load(table, neighbours)
            frontier = (neighbours & table.members.keys()) - seen

    def _settle(self, table: _Table, stories: Sequence[Story], now: datetime) -> list[ArticleGrouped]:
        """Put the new groupings on the table and return the events that tell of them."""
        events: list[ArticleGrouped] = []
        for story in stories:
            for member in story.members:
                grouping = story.groupings[member.article_id]
                current = table.members[member.article_id]
                if same_news(current.grouping, grouping) and member.article_id not in self._doubtful:
                    # Sizes are kept as they were told, but for the one that closes a story.
                    closed = self._is_full(grouping) and not self._is_full(current.grouping)
                    table.put(replace(current, grouping=grouping if closed else current.grouping, settled=True))
                    continue
                # Time in milliseconds, so that an event that is sent again after a death still counts as later.
                sequence = max(current.sequence + 1, int(now.timestamp() * 1000))
                events.append(_event(current, grouping, sequence, now))
                table.put(replace(current, grouping=grouping, sequence=sequence, settled=True))
        return events


def _is_new(piece: Piece, kept: Member | None, again: bool) -> bool:
    if kept is None or piece.version > kept.version:
        return True
    # Never an older revision, also not in a rebuild from articles that are indexed later than they are grouped.
    return piece.version == kept.version and (again or not kept.settled)


def _unbind(table: _Table, one: str, other: str) -> None:
    if one in table.members:
        member = table.members[one]
        table.put(replace(member, bonds={each: bond for each, bond in member.bonds.items() if each != other}))


def _around(member: Member, constraints: Constraints) -> set[str]:
    partners = constraints.partners(member.article_id) if constraints.knows(member.article_id) else frozenset()
    return set(member.bonds) | partners


def _reachable(table: _Table, touched: Collection[str], constraints: Constraints) -> Mapping[str, Member]:
    """Return the members on the table that hang together with the touched ones; candidates that are none stay out."""
    seen: set[str] = set()
    queue = [one for one in touched if one in table.members]
    while queue:
        one = queue.pop()
        if one not in seen:
            seen.add(one)
            queue += [each for each in _around(table.members[one], constraints) if each in table.members]
    return {one: table.members[one] for one in sorted(seen)}


def _event(member: Member, grouping: Grouping, sequence: int, now: datetime) -> ArticleGrouped:
    fields = {name: getattr(grouping, name) for name in Grouping.__dataclass_fields__}
    return ArticleGrouped(article_id=member.article_id, month=member.month, sequence=sequence, at=now, **fields)
