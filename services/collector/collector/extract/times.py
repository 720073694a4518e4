"""Where on a page its dates stand, and which of them are the article's own."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from collector.extract.dates import ReadTime, choose, from_aware, read_machine, read_url, read_visible
from collector.extract.head import Head
from collector.extract.model import FeedHints, Stamp, StampSource
from collector.extract.page import Page, elements, label_of, select, text_of
from collector.extract.profiles import Profile

_AFTER, _BEFORE = 45, 14
_MAX_TEXT_CHARS = 140
_DATE_LABEL = re.compile(r"date|tanggal|tgl|time|waktu|publish|schedule|posted|meta|info|byline|jam")
_MODIFIED_LABEL = re.compile(r"modif|updat|diperbarui|perubahan", re.IGNORECASE)
_MODIFIED_WORD = r"(?:(?:terakhir\s+)?(?:diperbarui|diperbaharui|diubah|disunting)|(?:last\s+)?updated?|pembaruan)\b"
_MODIFIED_TEXT = re.compile(rf"^\W*{_MODIFIED_WORD}", re.IGNORECASE)
_MODIFIED_AT = re.compile(rf"(?<!\w){_MODIFIED_WORD}\W{{0,4}}(?:pada\W{{1,3}})?(?P<rest>.{{6,80}})", re.IGNORECASE)


def _in_link_or_list(element: HtmlElement) -> bool:
    parents = list(element.iterancestors())[:4]
    return element.tag == "a" or any(parent.tag in {"a", "li", "nav", "aside", "footer"} for parent in parents)


def _near(page: Page, heading: HtmlElement | None, body: HtmlElement | None) -> Iterator[tuple[float, HtmlElement]]:
    """Yield the small elements around the headline with their distance from it, not those of the body."""
    nodes = list(elements(page.root))
    position = {node: number for number, node in enumerate(nodes)}
    anchor = position.get(heading) if heading is not None else None
    start = position.get(body) if body is not None else None
    if anchor is None:
        anchor = max(0, start - 1) if start is not None else None
    if anchor is None:
        return
    end = min(len(nodes), anchor + _AFTER)
    if (
        start is not None
        and anchor < start < end
        and not (heading is not None and body in set(heading.iterancestors()))
    ):
        end = start
    for number in range(max(0, anchor - _BEFORE), end):
        distance = float(number - anchor) if number >= anchor else 1.5 * (anchor - number)
        yield distance, nodes[number]


def _visible(page: Page, profile: Profile, heading: HtmlElement | None, body: HtmlElement | None) -> ReadTime | None:
    for selector in profile.published:
        for element in select(page.root, selector)[:4]:
            read = read_visible(text_of(element))
            if read is not None:
                return read
    best: tuple[float, ReadTime] | None = None
    for distance, element in _near(page, heading, body):
        text = text_of(element)
        if not 6 <= len(text) <= _MAX_TEXT_CHARS or _in_link_or_list(element) or _MODIFIED_TEXT.search(text):
            continue
        read = read_visible(text)
        if read is not None:
            named = bool(_DATE_LABEL.search(label_of(element))) or element.tag == "time"
            cost = distance + (0 if read.has_clock else 40) - (6 if named else 0)
            if best is None or cost < best[0]:
                best = (cost, read)
    return best[1] if best else None


def _visible_change(page: Page, heading: HtmlElement | None, body: HtmlElement | None) -> ReadTime | None:
    """Return the time that the page shows beside a word such as "Diperbarui", near its headline."""
    for _, element in sorted(_near(page, heading, body), key=lambda item: item[0]):
        text = text_of(element)
        match = _MODIFIED_AT.search(text) if 12 <= len(text) <= 2 * _MAX_TEXT_CHARS else None
        read = read_visible(match["rest"]) if match else None
        if read is not None and read.has_clock and not _in_link_or_list(element):
            return read
    return None


def _time_tags(page: Page, heading: HtmlElement | None, body: HtmlElement | None) -> list[ReadTime]:
    def readings(found: Iterator[HtmlElement]) -> list[ReadTime]:
        values = [element.get("datetime") or element.get("content") or text_of(element) for element in found]
        return [read for value in values if (read := read_machine(value)) is not None]

    marked = (
        element
        for element in elements(page.root)
        if element.get("itemprop") == "datePublished" and element.tag != "meta"
    )
    first = readings(marked)
    if first:
        return first[:1]
    near = sorted(_near(page, heading, body), key=lambda item: item[0])
    plain = (
        element
        for _, element in near
        if element.tag == "time"
        and not _MODIFIED_LABEL.search(label_of(element))
        and element.get("itemprop") != "dateModified"
    )
    return readings(plain)[:1]


def _aware(moment: datetime | None) -> list[ReadTime]:
    return [from_aware(moment)] if moment is not None and moment.tzinfo is not None else []


def find_times(
    head: Head, places: tuple[HtmlElement | None, HtmlElement | None], hints: FeedHints | None, zone: str
) -> tuple[Stamp | None, Stamp | None]:
    """Return when the article was published and modified. `places` are the elements of headline and body."""
    page, jsonld, meta = head.page, head.jsonld, head.meta
    heading, body = places
    visible = _visible(page, head.profile, heading, body)
    in_url = read_url(page.url)
    candidates: list[tuple[StampSource, ReadTime]] = []
    for source, values in ((StampSource.JSONLD, jsonld.published), (StampSource.OPENGRAPH, meta.published)):
        candidates.extend((source, read) for value in values if (read := read_machine(value)) is not None)
    candidates.extend((StampSource.TIME, read) for read in _time_tags(page, heading, body))
    candidates.extend((StampSource.TEXT, read) for read in [visible] if read is not None)
    candidates.extend((StampSource.FEED, read) for read in _aware(hints.published if hints else None))
    candidates.extend((StampSource.URL, read) for read in [in_url] if read is not None)
    changes: list[tuple[StampSource, ReadTime]] = []
    for source, texts in ((StampSource.JSONLD, [jsonld.modified or ""]), (StampSource.OPENGRAPH, meta.modified)):
        changes.extend((source, read) for text in texts if (read := read_machine(text)) is not None)
    shown = _visible_change(page, heading, body) if not changes else None
    changes.extend((StampSource.TEXT, read) for read in [shown] if read is not None)
    changes.extend((StampSource.FEED, read) for read in _aware(hints.modified if hints else None))
    return choose(candidates, visible, zone), choose(changes, None, zone)
