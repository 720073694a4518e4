"""Keeps raw pages in WARC files: one writer, a new file each day and at a size limit, on disk before it returns.

A page is a `response` record; behind the pages of an article stands one `metadata` record, `application/json`, that
says which article and revision they are. A killed writer leaves at most a torn record at the end of a file that nobody
continues: every start opens a new file.
"""

import asyncio
import contextlib
import io
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from runtime.clock import Clock
from runtime.retry import BusyError
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from collector.domain.fetching import Page

METADATA_TYPE = "application/json"


@dataclass(frozen=True)
class ArchivedPage:
    """A page as it stands in the archive."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: datetime
    record_id: str


@dataclass(frozen=True)
class ArchivedArticle:
    """The pages of one article in reading order, what was known of it, and its reference."""

    reference: str
    pages: tuple[ArchivedPage, ...]
    about: dict[str, Any]


class WarcArchive:
    """Writes. Several processes may share a folder: each writes files of its own."""

    def __init__(self, folder: Path, *, clock: Clock, max_file_bytes: int = 512 * 1024 * 1024) -> None:
        self._folder = folder
        self._clock = clock
        self._max_file_bytes = max_file_bytes
        self._file: BinaryIO | None = None
        self._name = ""
        self._day = ""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        folder.mkdir(parents=True, exist_ok=True)

    async def store(self, pages: Sequence[Page], about: dict[str, Any]) -> str:
        """Write the pages and what is known about them; return `file#record-id` of the first page once it is on disk.

        Raises BusyError when the disk does not take it, for example because it is full.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._store, list(pages), dict(about))

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _store(self, pages: list[Page], about: dict[str, Any]) -> str:
        try:
            return self._written(self._open(), pages, about)
        except OSError as error:
            # The file may now end in a torn record; the next try begins a new one.
            if self._file is not None:
                with contextlib.suppress(OSError):
                    self._file.close()
                self._file = None
            raise BusyError(f"the archive in {self._folder} cannot be written: {error}") from error

    def _written(self, target: BinaryIO, pages: list[Page], about: dict[str, Any]) -> str:
        writer = WARCWriter(target, gzip=True, warc_version="1.1")
        ids = [_write_page(writer, page) for page in pages]
        body = json.dumps({**about, "pages": ids}, ensure_ascii=False).encode()
        writer.write_record(
            writer.create_warc_record(
                pages[0].url,
                "metadata",
                payload=io.BytesIO(body),
                length=len(body),
                warc_content_type=METADATA_TYPE,
                warc_headers_dict={"WARC-Concurrent-To": f"<{ids[0]}>", "WARC-Date": _warc_date(pages[0].fetched_at)},
            )
        )
        target.flush()
        os.fsync(target.fileno())
        return f"{self._name}#{ids[0]}"

    def _open(self) -> BinaryIO:
        now = self._clock.now()
        if self._file is not None and self._day == f"{now:%Y%m%d}" and self._file.tell() < self._max_file_bytes:
            return self._file
        if self._file is not None:
            self._file.close()
        self._day = f"{now:%Y%m%d}"
        self._name = f"pantau-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.warc.gz"
        self._file = (self._folder / self._name).open("xb")
        _sync_folder(self._folder)
        return self._file


def _sync_folder(folder: Path) -> None:
    """Make the new file's name durable too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _warc_date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _write_page(writer: WARCWriter, page: Page) -> str:
    # The body is stored decoded, so the headers must not claim an encoding or the length on the wire.
    headers = [(k, v) for k, v in page.headers if k.lower() not in ("content-encoding", "content-length")]
    record_id = f"urn:uuid:{uuid4()}"
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(
            f"{page.status} {page.reason}".strip(),
            [*headers, ("Content-Length", str(len(page.body)))],
            protocol="HTTP/1.1",
        ),
        warc_headers_dict={"WARC-Record-ID": f"<{record_id}>", "WARC-Date": _warc_date(page.fetched_at)},
    )
    writer.write_record(record)
    return record_id


def read_archive(path: Path) -> Iterator[ArchivedArticle]:
    """Yield the articles of one WARC file; a torn end, as a kill leaves it, ends the reading without an error."""
    pages: dict[str, ArchivedPage] = {}
    with path.open("rb") as source:
        try:
            for record in ArchiveIterator(source):
                if record.rec_type == "response":
                    page = _page_of(record)
                    pages[page.record_id] = page
                elif record.rec_type == "metadata":
                    about = json.loads(record.content_stream().read())
                    found = tuple(pages[i] for i in about.pop("pages") if i in pages)
                    if found:
                        yield ArchivedArticle(f"{path.name}#{found[0].record_id}", found, about)
                    pages.clear()
        except (ArchiveLoadFailed, EOFError, json.JSONDecodeError):
            return


def _page_of(record: Any) -> ArchivedPage:
    headers = record.http_headers
    return ArchivedPage(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        body=record.content_stream().read(),
        content_type=headers.get_header("Content-Type") if headers is not None else None,
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        record_id=record.rec_headers.get_header("WARC-Record-ID").strip("<>"),
    )
