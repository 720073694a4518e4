"""Reads one article from the web: fetches the page and its further pages, extracts, joins. Decides nothing else."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from contract.outcomes import Outcome

from collector.domain.compose import TextTerms, fit
from collector.domain.fetching import Failure, NotModified, Page, Problem, Validators
from collector.domain.fingerprint import Hints
from collector.domain.ports import Fetcher, Urgency, Workers, WorkTooLongError
from collector.extract import ExtractedArticle, FeedHints, Rejected, RejectReason, extract_article, join_pages

logger = logging.getLogger(__name__)

ACCEPT_HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"

Extract = Callable[..., ExtractedArticle | Rejected]


@dataclass(frozen=True)
class ReadArticle:
    """An article and the pages it was read from, the first one first."""

    article: ExtractedArticle
    pages: tuple[Page, ...]

    @property
    def validators(self) -> Validators:
        """What a later request may be conditional on; nothing for several pages: one does not speak for the others."""
        return self.pages[0].validators if len(self.pages) == 1 else Validators()


@dataclass(frozen=True)
class ReadNothing:
    """A page that is no article, or one that the extractor could not bear (outcome dead).

    `missing` is the line with which the page itself says that what was asked for does not exist.
    """

    outcome: Outcome
    reason: str
    detail: str
    pages: tuple[Page, ...]
    missing: str | None = None


ReadResult = ReadArticle | ReadNothing | NotModified | Failure


@dataclass(frozen=True)
class ReaderTerms:
    """Limits of one article. `page_bytes` counts per page, also when unpacked."""

    page_bytes: int = 4 * 1024 * 1024
    max_pages: int = 10


class ArticleReader:
    """Extraction is work for the processor and runs in `workers`."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        workers: Workers,
        terms: ReaderTerms,
        text_terms: TextTerms,
        extract: Extract = extract_article,
    ) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._terms = terms
        self._text_terms = text_terms
        self._extract = extract

    async def read(
        self,
        url: str,
        *,
        zone: str,
        hints: Hints,
        urgency: Urgency,
        validators: Validators,
        patient: bool,
        whole: bool = False,
    ) -> ReadResult:
        """Return what the page is. A further page that fails for now fails all while `patient`, else is left out.

        With `whole` any further page that cannot be read fails all: a known article must not seem cut by its outlet
        because we did not get its second page.
        """
        first = await self._fetch(url, urgency, validators)
        if not isinstance(first, Page):
            return first
        told = FeedHints(hints.title, hints.published, hints.modified, hints.authors, hints.summary)
        article = await self._extracted(first, zone, told)
        if not isinstance(article, ExtractedArticle):
            return article
        parts, pages = [article], [first]
        for link in article.next_pages[: self._terms.max_pages - 1]:
            page = await self._fetch(link, urgency, Validators())
            if isinstance(page, Failure) and (whole or (page.temporary and patient)):
                return replace(page, further=True)
            part = await self._extracted(page, zone, FeedHints()) if isinstance(page, Page) else page
            if isinstance(part, ExtractedArticle) and isinstance(page, Page):
                parts.append(part)
                pages.append(page)
                continue
            why = part.reason if isinstance(part, ReadNothing) else str(part)
            if whole:
                return Failure(Problem.HTTP, link, f"a further page is no article: {why}"[:500], further=True)
            logger.warning("a further page of %s is left out: %s", url, why)
        return self._fitted(join_pages(parts) if len(parts) > 1 else article, tuple(pages))

    async def _fetch(self, url: str, urgency: Urgency, validators: Validators) -> Page | NotModified | Failure:
        return await self._fetcher.fetch(
            url, max_bytes=self._terms.page_bytes, urgency=urgency, validators=validators, accept=ACCEPT_HTML
        )

    async def _extracted(self, page: Page, zone: str, hints: FeedHints) -> ExtractedArticle | ReadNothing:
        def work() -> ExtractedArticle | Rejected:
            return self._extract(page.body, url=page.url, content_type=page.content_type, zone=zone, hints=hints)

        try:
            found = await self._workers.run(work)
        except WorkTooLongError as error:
            return ReadNothing(Outcome.DEAD, "extractor_too_slow", str(error), (page,))
        except Exception as error:
            logger.exception("the extractor broke on %s", page.url)
            detail = "".join(traceback.format_exception(error))[-1_500:]
            return ReadNothing(Outcome.DEAD, "extractor_broke", detail, (page,))
        if isinstance(found, Rejected):
            return ReadNothing(Outcome.REJECTED, found.reason.value, found.detail, (page,), found.missing)
        return found

    def _fitted(self, article: ExtractedArticle, pages: tuple[Page, ...]) -> ReadResult:
        fitted = fit(article, self._text_terms)
        if fitted is not None:
            return ReadArticle(fitted, pages)
        detail = f"the text has {len(article.text)} characters, more than {self._text_terms.max_text_chars}"
        return ReadNothing(Outcome.REJECTED, RejectReason.TOO_LARGE.value, detail, pages)
