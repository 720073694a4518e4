"""A page as a tree: parsed within limits, with the few readings that all other modules share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from lxml import etree, html
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

MAX_DEPTH = 400
"""Deepest nesting that is read. libxml2 itself loses content beyond some 2,000."""
MAX_ELEMENTS = 60_000

MAX_TAG_CHARS = 200_000
"""Longest single tag: libxml2 takes quadratic time over its attributes."""

_HIDDEN = frozenset({"script", "style", "noscript", "template"})
_INLINE = frozenset(
    {"a", "b", "strong", "em", "i", "u", "span", "font", "small", "sub", "sup", "mark", "abbr", "q", "cite", "s"}
)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{MAX_TAG_CHARS}}}")
_SPACES = re.compile(r"[\s\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad]+")


class PageTooDeepError(Exception):
    """The page nests deeper than `MAX_DEPTH`, has more than `MAX_ELEMENTS` elements, or an endless tag."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page with the URL it came from."""

    url: str
    root: HtmlElement


def squeeze(text: str | None) -> str:
    """Return text on one line, with single spaces and without zero-width characters."""
    return _SPACES.sub(" ", text or "").strip()


def _measure(root: HtmlElement) -> None:
    depth, count = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH:
            raise PageTooDeepError(f"elements nest deeper than {MAX_DEPTH}")
        if count > MAX_ELEMENTS:
            raise PageTooDeepError(f"more than {MAX_ELEMENTS} elements")


def parse(text: str, url: str) -> Page | None:
    """Parse a page's text; None when there is no element in it.

    Raises PageTooDeepError. Encoding is settled before, so a declaration inside the page is overruled.
    """
    if _LONG_TAG.search(text):
        raise PageTooDeepError(f"a tag of more than {MAX_TAG_CHARS} characters")
    parser = html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _measure(root)
    return Page(url, root)


def elements(root: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the real elements of a tree, in document order: no comments, no processing instructions."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element


def text_of(element: HtmlElement) -> str:
    """Return the visible text of an element on one line: no scripts, no styles."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text and node.tag not in _HIDDEN:
            parts.append(node.text)
        if event == "end" and node is not element:
            if node.tag not in _INLINE:
                parts.append(" ")
            if node.tail:
                parts.append(node.tail)
    return squeeze("".join(parts))


def label_of(element: HtmlElement) -> str:
    """Return an element's id and classes, lower case, with a space on either side of each."""
    return f" {element.get('class') or ''} {element.get('id') or ''} ".lower()


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector)


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements of a CSS selector, in document order."""
    return cast(list[HtmlElement], _compiled(selector)(root))
