"""Makes the messages: an extracted article with its source and history becomes the contract's article."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from contract.ids import content_hash, month_of
from contract.messages import (
    MAX_DETAIL_CHARS,
    MAX_TEXT_CHARS,
    MAX_URL_CHARS,
    Article,
    ArticleDisposed,
    ArticleVanished,
    Stamp,
)
from contract.outcomes import Outcome, Service
from contract.values import Vanishing

from collector.domain.fingerprint import Fingerprint
from collector.domain.items import believable
from collector.domain.sources import Source, SourceKind
from collector.domain.wording import vanished_in_words
from collector.extract.model import ExtractedArticle, StampSource
from collector.extract.model import Stamp as ReadStamp

FIRST_SEEN = "first_seen"


@dataclass(frozen=True)
class TextTerms:
    """Limits that keep an article within the contract. A longer text is no article; the others are cut."""

    max_title_chars: int = 1_000
    max_text_chars: int = MAX_TEXT_CHARS
    max_authors: int = 20
    max_author_chars: int = 200
    max_section_chars: int = 200


def fit(read: ExtractedArticle, terms: TextTerms) -> ExtractedArticle | None:
    """Return the article cut to the limits, or None when its text is too long to be an article."""
    if len(read.text) > terms.max_text_chars:
        return None
    title = read.title
    if len(title) > terms.max_title_chars:
        title = title[: terms.max_title_chars - 1].rstrip() + "…"
    authors = tuple(a.strip()[: terms.max_author_chars] for a in read.authors if a.strip())
    return replace(
        read,
        title=title,
        authors=authors[: terms.max_authors],
        section=read.section[: terms.max_section_chars] if read.section else None,
        image_url=read.image_url if read.image_url and len(read.image_url) <= MAX_URL_CHARS else None,
        language=read.language if read.language and len(read.language) <= 8 else None,
    )


def hash_of(read: ExtractedArticle) -> str:
    """Return the content hash of an article that was cut to the limits."""
    return content_hash(read.title, read.text)


def _stamp(read: ReadStamp, source: Source) -> Stamp:
    told = "sitemap" if read.source is StampSource.FEED and source.kind is SourceKind.SITEMAP else read.source.value
    return Stamp(at=read.at, zone=read.zone, source=told)


def published_stamp(read: ReadStamp | None, source: Source, first_seen_at: datetime) -> Stamp:
    """Return when the article was published; the time it was first seen when the page has none, or an absurd one."""
    if read is not None and believable(read.at, first_seen_at) is not None:
        return _stamp(read, source)
    return Stamp(at=first_seen_at, zone=source.zone, source=FIRST_SEEN)


def modified_stamp(read: ReadStamp | None, source: Source, fetched_at: datetime) -> Stamp | None:
    """Return when the article was modified, or None when the page does not say it or says something absurd."""
    return _stamp(read, source) if read is not None and believable(read.at, fetched_at) is not None else None


def compose_article(
    read: ExtractedArticle,
    *,
    article_id: str,
    url: str,
    source: Source,
    first_seen_at: datetime,
    fetched_at: datetime,
    revision: int,
    previous_hash: str | None,
    generation: int,
    archive: str | None,
) -> Article:
    """Return one revision of an article. Raises pydantic's ValidationError for what the contract does not take."""
    return Article(
        article_id=article_id,
        revision=revision,
        generation=generation,
        content_hash=hash_of(read),
        previous_hash=previous_hash,
        url=url,
        canonical_url=read.canonical_url,
        source_id=source.id,
        outlet=source.outlet,
        outlet_name=source.outlet_name,
        tier=source.tier,
        area=source.area,
        own_of=source.own_of,
        title=read.title,
        text=read.text,
        authors=read.authors,
        section=read.section,
        image_url=read.image_url,
        language=read.language,
        published=published_stamp(read.published, source, first_seen_at),
        modified=modified_stamp(read.modified, source, fetched_at),
        first_seen_at=first_seen_at,
        fetched_at=fetched_at,
        month=month_of(first_seen_at),
        archive=archive,
    )


def compose_disposition(
    known: Fingerprint, outcome: Outcome, now: datetime, *, revision: int, reason: str = "", detail: str = ""
) -> ArticleDisposed:
    """Return the collector's word on one revision. Copies and pages that are no article have revision 0."""
    return ArticleDisposed(
        article_id=known.article_id,
        revision=revision,
        service=Service.COLLECTOR,
        outcome=outcome,
        at=now,
        reason=reason[:60],
        detail=detail[:MAX_DETAIL_CHARS],
        url=known.url,
        canonical_url=known.canonical_url,
        source_id=known.source_id,
        outlet=known.outlet,
    )


def compose_vanished(known: Fingerprint, now: datetime) -> ArticleVanished:
    """Return the word that an article's page is gone. Raises AssertionError without signs of it."""
    assert known.absence is not None
    absence = known.absence
    return ArticleVanished(
        article_id=known.article_id,
        month=month_of(known.first_seen_at),
        revision=known.revision,
        how=absence.how,
        url=known.url,
        at=now,
        checked_at=absence.seen_at,
        detail=vanished_in_words(absence.how, absence.evidence),
        last_page=known.archive,
        found_page=absence.page,
    )


def compose_restored(known: Fingerprint, now: datetime, revision: int) -> ArticleVanished:
    """Return the word that a page that was gone is there again, with the revision that stands there."""
    return ArticleVanished(
        article_id=known.article_id,
        month=month_of(known.first_seen_at),
        revision=revision,
        how=Vanishing.RESTORED,
        url=known.url,
        at=now,
        checked_at=(now,),
        detail=vanished_in_words(Vanishing.RESTORED, ""),
        last_page=known.archive,
    )


def about_pages(
    known: Fingerprint, source: Source, outcome: Outcome | str, *, revision: int, previous_hash: str | None = None
) -> dict[str, Any]:
    """Return what the archive needs to make the same article again without asking anyone."""
    hints = {name: value for name, value in asdict(known.hints).items() if value}
    return {
        "article_id": known.article_id,
        "revision": revision,
        "outcome": str(outcome),
        "url": known.url,
        "first_seen_at": known.first_seen_at.isoformat(),
        "previous_hash": previous_hash,
        "hints": {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in hints.items()},
        "source": source.model_dump(mode="json", exclude_none=True),
    }
