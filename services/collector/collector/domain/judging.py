"""Judges what a probe found at an address: would it make a good source, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from urllib.parse import urlsplit

from collector.domain.reading import Reading
from collector.domain.sources import SourceKind
from collector.extract.urls import names_article, registrable_domain

FRESH_S = 3 * 24 * 3_600.0


class Grade(IntEnum):
    """Best first in a sorted list."""

    UNUSABLE = 0
    WEAK = 1
    USABLE = 2
    GOOD = 3


@dataclass(frozen=True)
class Judgement:
    """A candidate with its grade. `interval_s` is how often it seems to be worth a look."""

    url: str
    kind: SourceKind
    grade: Grade
    reasons: tuple[str, ...]
    items: int = 0
    title: str | None = None
    form: str = ""
    interval_s: float = 600.0


def unusable(url: str, kind: SourceKind, reason: str) -> Judgement:
    """Return the judgement of an address that gave nothing readable."""
    return Judgement(url, kind, Grade.UNUSABLE, (reason,))


def judge_source(url: str, kind: SourceKind, reading: Reading, now: datetime) -> Judgement:
    """Judge by what a source is needed for: links to articles of this outlet, dated, fresh, titled."""
    if reading.children:
        freshest = next((c.changed for c in reading.children if c.changed is not None), None)
        fresh = freshest is not None and (now - freshest).total_seconds() < FRESH_S
        said = f"an index of {len(reading.children)} sitemaps, " + (
            "changed lately" if fresh else "without a fresh date"
        )
        return Judgement(
            url, kind, Grade.USABLE if fresh else Grade.WEAK, (said,), len(reading.children), form=reading.form
        )
    entries = reading.entries
    if not entries:
        return Judgement(url, kind, Grade.WEAK, ("readable, but without a single link",), form=reading.form)
    dates = sorted((at for e in entries if (at := e.published or e.modified) is not None), reverse=True)
    reasons: list[str] = list(reading.notes)
    grade = Grade.GOOD
    site = registrable_domain(url)
    foreign = sum(registrable_domain(entry.url) != site for entry in entries)
    if foreign * 2 > len(entries):
        grade, reasons = Grade.WEAK, [*reasons, f"{foreign} of {len(entries)} links lead to other sites"]
    articles = sum(names_article(urlsplit(entry.url).path) for entry in entries)
    if articles * 2 < len(entries):
        grade, reasons = (
            min(grade, Grade.WEAK),
            [*reasons, f"only {articles} of {len(entries)} links look like articles"],
        )
    if not dates:
        grade, reasons = min(grade, Grade.USABLE), [*reasons, "no dates"]
    elif (now - dates[0]).total_seconds() > FRESH_S:
        days = (now - dates[0]).days
        grade, reasons = min(grade, Grade.WEAK), [*reasons, f"the newest item is {days} days old"]
    if kind is not SourceKind.SITEMAP and not any(entry.title for entry in entries):
        grade, reasons = min(grade, Grade.USABLE), [*reasons, "no titles"]
    return Judgement(
        url, kind, grade, tuple(reasons) or ("fresh, dated, links to articles of this site",), len(entries),
        reading.title, reading.form, suggested_interval_s(dates),
    )  # fmt: skip


def suggested_interval_s(newest_first: list[datetime]) -> float:
    """Return half the usual time between two items, between one minute and one hour; ten minutes when unknown."""
    recent = newest_first[:20]
    if len(recent) < 2:
        return 600.0
    gap_s = (recent[0] - recent[-1]).total_seconds() / (len(recent) - 1)
    return float(round(min(max(gap_s / 2, 60.0), 3_600.0) / 60) * 60)
