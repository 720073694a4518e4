"""A web, a broker and an archive for the collector, all in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from collector.domain.fetching import Failure, Fetched, NotModified, Page, Problem, Validators
from collector.domain.fingerprint import Outgoing
from collector.domain.ports import Urgency
from runtime.retry import BusyError

ARTICLE_HTML = """<!doctype html><html lang="id"><head><title>{title} - Kabar Uji</title>
<link rel="canonical" href="{canonical}"><meta property="og:type" content="article">
<meta property="og:title" content="{title}"><meta property="article:published_time" content="2026-11-25T08:00:00+07:00">
</head><body><article><h1>{title}</h1><div class="entry-content">{paragraphs}</div></article></body></html>"""

SENTENCE = (
    "Dinas Kesehatan Provinsi Jawa Timur menyampaikan bahwa layanan puskesmas di {place} tetap berjalan seperti biasa "
    "selama perbaikan gedung berlangsung, dan warga diminta membawa kartu berobat ketika datang memeriksakan diri."
)


def article_html(title: str, *, canonical: str, text: str = "Surabaya", paragraphs: int = 4) -> bytes:
    """A page that the extractor takes as an article; `text` makes its content differ from others."""
    body = "".join(f"<p>{SENTENCE.format(place=f'{text} bagian {n}')}</p>" for n in range(paragraphs))
    return ARTICLE_HTML.format(title=title, canonical=canonical, paragraphs=body).encode()


class MemoryWeb:
    """Answers by URL. A value may be bytes, a ready answer, or a function of the validators."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.pages: dict[str, bytes | Fetched | Callable[[Validators | None], Fetched]] = {}
        self.asked: list[str] = []
        self._now = now

    async def fetch(
        self, url: str, *, max_bytes: int, urgency: Urgency, validators: Validators | None = None, accept: str = "*/*"
    ) -> Fetched:
        self.asked.append(url)
        found = self.pages.get(url)
        if found is None:
            return Failure(Problem.HTTP, url, "HTTP 404", 404)
        if isinstance(found, bytes):
            return self.page(url, found)
        if isinstance(found, (Page, NotModified, Failure)):
            return found
        return found(validators)

    def page(self, url: str, body: bytes, **headers: str) -> Page:
        """A page that came just now."""
        listed = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return Page(url, url, 200, "OK", (("content-type", "text/html; charset=utf-8"), *listed), body, self._now())


class MemoryOutbox:
    """A broker's topics as lists. `fail_after` messages it goes away, as a killed or full broker does."""

    def __init__(self) -> None:
        self.messages: list[Outgoing] = []
        self.fail_after: int | None = None

    async def send(self, messages: Sequence[Outgoing]) -> None:
        for message in messages:
            if self.fail_after is not None and self.fail_after <= 0:
                raise BusyError("the broker is away")
            self.messages.append(message)
            if self.fail_after is not None:
                self.fail_after -= 1

    def of(self, topic: str) -> list[dict[str, Any]]:
        """The messages of a topic, decoded, repeats included."""
        return [json.loads(message.payload) for message in self.messages if message.topic == topic]

    def outcomes(self) -> dict[tuple[str, int], str]:
        """What the dispositions say in the end, by article and revision, as their index would keep them."""
        return {(m["article_id"], m["revision"]): m["outcome"] for m in self.of("articles.disposed")}


class MemoryArchive:
    """Raw pages in a list."""

    def __init__(self) -> None:
        self.stored: list[tuple[tuple[Page, ...], dict[str, Any]]] = []

    async def store(self, pages: Sequence[Page], about: dict[str, Any]) -> str:
        self.stored.append((tuple(pages), about))
        return f"memory.warc.gz#record-{len(self.stored)}"
