"""Makes articles again from the raw archive, without the network: for a better extractor, or a lost topic."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from contract.messages import Article, ArticleCollected
from contract.outcomes import Outcome
from pydantic import ValidationError

from collector.adapters.archive import ArchivedArticle, ArchivedPage, read_archive
from collector.domain.compose import TextTerms, compose_article, fit
from collector.domain.ports import VANISHED
from collector.domain.sources import Source
from collector.extract import ExtractedArticle, FeedHints, extract_article, join_pages

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Replayed:
    """One archived article as it reads today: a message, or why there is none."""

    reference: str
    article_id: str
    revision: int
    outcome_then: str
    message: ArticleCollected | None
    detail: str = ""


def latest(paths: Iterable[Path]) -> dict[tuple[str, int], str]:
    """Return the reference of each revision's last record: a try that lost a race stands before the one that won."""
    found: dict[tuple[str, int], str] = {}
    for path in paths:
        for archived in _revisions(path):
            found[_key(archived.about)] = archived.reference
    return found


def replay(
    paths: list[Path], *, generation: int, terms: TextTerms, wanted: Callable[[str, int], bool] | None = None
) -> Iterator[Replayed]:
    """Yield every archived revision once, in the order of the archive. `wanted` may leave revisions out by id.

    A page that was no article then and is one today comes as revision 1.
    """
    last = latest(paths)
    for path in paths:
        for archived in _revisions(path):
            key = _key(archived.about)
            if last[key] == archived.reference and (wanted is None or wanted(*key)):
                yield _again(archived, generation, terms)


def _revisions(path: Path) -> Iterator[ArchivedArticle]:
    return (one for one in read_archive(path) if one.about["outcome"] != VANISHED)


def _key(about: dict[str, Any]) -> tuple[str, int]:
    return str(about["article_id"]), int(about["revision"])


def _again(archived: ArchivedArticle, generation: int, terms: TextTerms) -> Replayed:
    about = archived.about
    outcome = str(about["outcome"])
    article_id, revision = _key(about)
    source = Source.model_validate(about["source"])
    hints = _hints(about.get("hints", {}))
    read = [_extract(page, source.zone, hints if n == 0 else FeedHints()) for n, page in enumerate(archived.pages)]
    articles = [one for one in read if isinstance(one, ExtractedArticle)]
    if not isinstance(read[0], ExtractedArticle):
        return Replayed(archived.reference, article_id, revision, outcome, None, f"{read[0].reason}: {read[0].detail}")
    if outcome == Outcome.DUPLICATE.value:
        return Replayed(archived.reference, article_id, revision, outcome, None, "a duplicate stays one")
    joined = fit(join_pages(articles) if len(articles) > 1 else articles[0], terms)
    if joined is None:
        return Replayed(archived.reference, article_id, revision, outcome, None, "the text is too long")
    try:
        article = _composed(archived, joined, source, generation)
    except ValidationError as error:
        return Replayed(archived.reference, article_id, revision, outcome, None, str(error))
    return Replayed(archived.reference, article_id, revision, outcome, ArticleCollected(article=article))


def _extract(page: ArchivedPage, zone: str, hints: FeedHints) -> Any:
    return extract_article(page.body, url=page.url, content_type=page.content_type, zone=zone, hints=hints)


def _composed(archived: ArchivedArticle, read: ExtractedArticle, source: Source, generation: int) -> Article:
    about = archived.about
    return compose_article(
        read,
        article_id=str(about["article_id"]),
        url=archived.pages[0].url,
        source=source,
        first_seen_at=datetime.fromisoformat(about["first_seen_at"]),
        fetched_at=archived.pages[0].fetched_at,
        revision=max(1, int(about["revision"])),
        previous_hash=about.get("previous_hash"),
        generation=generation,
        archive=archived.reference,
    )


def _hints(about: dict[str, Any]) -> FeedHints:
    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(about[name]) if about.get(name) else None

    return FeedHints(
        about.get("title"),
        moment("published"),
        moment("modified"),
        tuple(about.get("authors", ())),
        about.get("summary"),
    )
