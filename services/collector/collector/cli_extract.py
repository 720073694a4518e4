"""The `extract` command: pages from files or addresses in, one JSON object per page and line out."""

import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TextIO

from collector.extract import ExtractedArticle, ExtractError, Rejected, declared_url, extract_article, join_pages
from collector.extract.decoding import MAX_BYTES

_MAX_FURTHER_PAGES = 10


class FetchedPage(Protocol):
    """A page as it came: the address after redirects, its bytes, its content type."""

    @property
    def url(self) -> str:
        """Return the address the page came from in the end."""

    @property
    def body(self) -> bytes:
        """Return the bytes, decompressed."""

    @property
    def content_type(self) -> str | None:
        """Return the Content-Type header."""


class PageFetchError(Exception):
    """A fetch function raises this when it has no page to give; `reason` is a short code, the text says more."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


Fetch = Callable[[str], FetchedPage]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no article for one argument."""

    reason: str
    detail: str


def is_address(argument: str) -> bool:
    """Tell whether an argument is to be fetched; anything else is a file."""
    return argument.lower().startswith(("http://", "https://"))


def _read_file(path: Path) -> bytes | Failure:
    """Read a file, decompressed when its name ends in .gz, up to one byte more than a page may have."""
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as compressed:
                return compressed.read(MAX_BYTES + 1)
        with path.open("rb") as plain:
            return plain.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        return Failure("unreadable_file", f"{type(error).__name__}: {error}")


def _row(url: str, article: ExtractedArticle) -> dict[str, object]:
    return {
        "url": url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "text": article.text,
        "published_at": article.published.local_iso() if article.published else None,
        "modified_at": article.modified.local_iso() if article.modified else None,
        "authors": list(article.authors),
        "section": article.section,
        "image": article.image_url,
        "language": article.language,
        "outlet": article.outlet_domain,
    }


class ExtractCommand:
    """Extracts pages one by one; `fetch` gets the pages that are addresses."""

    def __init__(self, fetch: Fetch, out: TextIO, *, base_url: str | None = None, zone: str = "Asia/Jakarta") -> None:
        self._fetch = fetch
        self._out = out
        self._base_url = base_url
        self._zone = zone

    def run(self, arguments: Sequence[str]) -> int:
        """Print one line per argument; return the exit code: 0, or 1 when any page gave no article."""
        exit_code = 0
        for argument in arguments:
            url, result = self._one(argument)
            if isinstance(result, ExtractedArticle):
                row = _row(url, result)
            else:
                exit_code = 1
                row = {"url": url, "error": {"reason": str(result.reason), "detail": result.detail}}
            self._out.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._out.flush()
        return exit_code

    def _one(self, argument: str) -> tuple[str, ExtractedArticle | Rejected | Failure]:
        url = argument
        try:
            if is_address(argument):
                return self._from_web(argument)
            path = Path(argument)
            raw = _read_file(path)
            url = self._base_url or path.absolute().as_uri()
            if isinstance(raw, Failure):
                return url, raw
            url = self._base_url or declared_url(raw) or url
            return url, extract_article(raw, url=url, zone=self._zone)
        except PageFetchError as error:
            return url, Failure(error.reason, str(error))
        except ExtractError as error:
            return url, Failure("invalid_argument", str(error))

    def _from_web(self, address: str) -> tuple[str, ExtractedArticle | Rejected | Failure]:
        page = self._fetch(address)
        first = extract_article(page.body, url=page.url, content_type=page.content_type, zone=self._zone)
        if isinstance(first, Rejected) or not first.next_pages:
            return page.url, first
        pages = [first]
        for link in first.next_pages[:_MAX_FURTHER_PAGES]:
            further = self._fetch(link)
            article = extract_article(further.body, url=further.url, content_type=further.content_type, zone=self._zone)
            if isinstance(article, ExtractedArticle):
                pages.append(article)
        return page.url, join_pages(pages)
