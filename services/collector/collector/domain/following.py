"""What a poll does about each link it saw: take it up, visit it again, or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from collector.domain.fingerprint import Fingerprint, Hints, Stage
from collector.domain.items import Entry, Link
from collector.domain.revisit import RevisitTerms, may_follow_word
from collector.domain.sources import Source


class Follow(StrEnum):
    """`visit`: it waits and is due. `remind`: the source says that it changed; note that, then visit."""

    NOTHING = "nothing"
    VISIT = "visit"
    REMIND = "remind"


def hints_of(entry: Entry) -> Hints:
    """Return what is kept of an entry for the visit."""
    return Hints(entry.title, entry.published, entry.modified, entry.authors, entry.summary)


def taken_up(link: Link, source: Source, now: datetime) -> Fingerprint:
    """Return the document of a link that nobody knew: queued, due at once, first seen now."""
    return Fingerprint(
        article_id=link.link_id,
        stage=Stage.QUEUED,
        url=link.entry.url,
        canonical_url=link.canonical_url,
        source_id=source.id,
        outlet=source.outlet,
        first_seen_at=now,
        hints=hints_of(link.entry),
        told=link.entry.told,
        visit_at=now,
    )


def oldest_first(fresh: Sequence[Fingerprint]) -> list[Fingerprint]:
    """Return new links by their time of publication, undated ones last: of two copies the first one counts."""
    return sorted(fresh, key=lambda one: (one.hints.published is None, one.hints.published or one.first_seen_at))


def follow(known: Fingerprint, link: Link, source: Source, now: datetime, terms: RevisitTerms) -> Follow:
    """Decide about a known link.

    Only the source that brought an article is believed when it says "changed": two sources describe the same article
    in different words, and would otherwise call each other's article changed for ever.
    """
    if known.stage in (Stage.QUEUED, Stage.PENDING):
        return Follow.VISIT if known.visit_at is not None and known.visit_at <= now else Follow.NOTHING
    changed = known.source_id == source.id and known.told is not None and known.told != link.entry.told
    return Follow.REMIND if changed and may_follow_word(known.visited_at, now, terms) else Follow.NOTHING


def remind(known: Fingerprint, link: Link, now: datetime) -> Fingerprint:
    """Return the document with the source's newest word, due at once."""
    return replace(known, told=link.entry.told, hints=hints_of(link.entry), visit_at=now)
