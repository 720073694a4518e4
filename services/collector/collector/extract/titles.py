"""The article's title: what the reader sees as the headline, without the outlet's name."""

import html as html_entities
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from collector.extract.head import Head
from collector.extract.page import select, squeeze, text_of
from collector.extract.urls import registrable_domain

_SEPARATOR = re.compile(r"\s+(?:[-–—|•»›·]|::?|//)\s+|\s*(?:\s::|\|)\s*")
_MIN_CHARS = 5
_TAG = re.compile(r"<(script|style)\b[^<>]*>.{0,5000}?</\1>|<[^<>]{0,300}>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """The title and, where it stands on the page, its element."""

    text: str
    element: HtmlElement | None


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _outlet_keys(head: Head) -> set[str]:
    domain = registrable_domain(head.page.url)
    names = [*head.outlet_names, domain, domain.split(".")[0]]
    return {key for name in names if len(key := _key(name)) >= 3}


def _is_outlet(part: str, outlet_keys: set[str]) -> bool:
    key = _key(part)
    if not key:
        return True
    return any(
        key == name or (name in key and len(part.split()) <= 4 and len(key) <= len(name) + 22) for name in outlet_keys
    )


def without_outlet(title: str, outlet_keys: set[str]) -> str:
    """Return a title without the outlet's name before or after it, and without what stands beyond that name."""
    title = squeeze(_TAG.sub(" ", html_entities.unescape(title)))
    while True:
        matches = list(_SEPARATOR.finditer(title))
        if not matches:
            break
        first, last = matches[0], matches[-1]
        head, tail = title[: last.start()].strip(), title[last.end() :].strip()
        if _is_outlet(tail, outlet_keys) and len(head) >= _MIN_CHARS:
            title = head
        elif _is_outlet(title[: first.start()], outlet_keys) and len(title) - first.end() >= _MIN_CHARS:
            title = title[first.end() :].strip()
        else:
            break
    prefix = re.match(r"^([^:]{3,30}):\s+", title)
    if prefix and _is_outlet(prefix.group(1), outlet_keys) and len(title) - prefix.end() >= _MIN_CHARS:
        title = title[prefix.end() :]
    return title.strip(" |-–—:»•")


def _confirms(heading: str, declared: str) -> bool:
    """Tell whether a heading is a declared title, possibly with a rubric, a subtitle or a cut end."""
    if not heading or not declared:
        return False
    short, long = sorted((heading, declared), key=len)
    return (short in long and 2 * len(short) >= len(long)) or (len(short) >= 55 and short[:55] == long[:55])


def _visible(found: Sequence[tuple[HtmlElement, str]], declared: Sequence[str]) -> tuple[HtmlElement, str] | None:
    """Return the heading that the page's declared titles confirm: the same words first, then h1 before h2."""
    best: tuple[tuple[int, int, int], tuple[HtmlElement, str]] | None = None
    keys = [_key(title) for title in declared]
    for element, text in found:
        key = _key(text)
        distances = [abs(len(key) - len(other)) for other in keys if _confirms(key, other)]
        if distances:
            level = {"h1": 3, "h2": 2, "h3": 1}.get(str(element.tag), 0)
            # A list of links may name this article too; its own headline is no link.
            own = not any(parent.tag in {"a", "li"} for parent in (element, *element.iterancestors()))
            linked = next(element.iterdescendants("a"), None) is not None
            rank = (int(min(distances) == 0), level + int(own and not linked), -min(distances))
            if best is None or rank > best[0]:
                best = (rank, (element, text))
    return best[1] if best else None


def find_title(head: Head, found: Sequence[tuple[HtmlElement, str]], feed_title: str | None) -> Title | None:
    """Return the title; None for a page that has none. `found` are the page's headings."""
    keys = _outlet_keys(head)
    titles = [head.jsonld.headline or "", *head.meta.titles, feed_title or ""]
    declared = [without_outlet(title, keys) for title in titles if title]
    declared = [title for title in declared if len(title) >= _MIN_CHARS and not _is_outlet(title, keys)]
    for selector in head.profile.title:
        for element in select(head.page.root, selector):
            text = without_outlet(text_of(element), keys)
            if len(text) >= _MIN_CHARS and (not declared or _overlaps(text, declared)):
                return Title(text, element)
    visible = _visible(found, declared)
    if visible is not None:
        return Title(without_outlet(visible[1], keys), visible[0])
    if declared:
        return Title(declared[0], None)
    heading = next(
        ((element, text) for element, text in found if element.tag == "h1" and len(text) >= _MIN_CHARS), None
    )
    return Title(without_outlet(heading[1], keys), heading[0]) if heading else None


def _overlaps(text: str, declared: Sequence[str]) -> bool:
    words = set(re.findall(r"\w+", text.casefold()))
    return any(2 * len(words & set(re.findall(r"\w+", title.casefold()))) >= len(words) for title in declared)
