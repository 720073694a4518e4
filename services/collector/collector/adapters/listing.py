"""Reads a listing page by the CSS selectors of the registry."""

from typing import Any
from urllib.parse import urljoin

from cssselect import SelectorError
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector
from lxml.etree import LxmlError

from collector.domain.items import Entry
from collector.domain.reading import Reading, UnreadableError
from collector.domain.sources import ListingRules
from collector.domain.told_dates import parse_told_date
from collector.extract.decoding import decode

MAX_ITEMS = 500


def read_listing(body: bytes, rules: ListingRules, *, url: str, zone: str, content_type: str | None) -> Reading:
    """Return the entries of a listing page in its order.

    Raises UnreadableError for an empty page, a wrong selector, and a page on which the item selector finds nothing:
    an outlet that changed its page must be seen, not taken for a quiet one.
    """
    text = decode(body, content_type)
    if not text.strip():
        raise UnreadableError("the listing page is empty")
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=False, no_network=True))
        items = _selected(root, rules.item)[:MAX_ITEMS]
        entries = [entry for item in items for entry in _entry(item, rules, url, zone)]
    except (LxmlError, ValueError) as error:
        raise UnreadableError(f"the listing page cannot be read: {str(error)[:200]}") from error
    except SelectorError as error:
        raise UnreadableError(f"a selector of the registry is wrong: {error}") from error
    if not entries:
        raise UnreadableError(f"the selector {rules.item!r} finds no link on the page; did the outlet change it?")
    return Reading(entries=tuple(entries), form="html")


def _selected(element: Any, selector: str) -> list[Any]:
    found: Any = CSSSelector(selector, translator="html")(element)
    return list(found)


def _entry(item: Any, rules: ListingRules, base: str, zone: str) -> list[Entry]:
    links = [item] if item.get("href") else _selected(item, rules.link)
    href = next((link.get("href") for link in links if link.get("href")), None)
    if not href:
        return []
    return [
        Entry(
            url=urljoin(base, href.strip()),
            title=_text(item, rules.title) or _text(links[0], None),
            published=parse_told_date(_date(item, rules.date), zone),
        )
    ]


def _text(item: Any, selector: str | None) -> str | None:
    found = _selected(item, selector) if selector else [item]
    return " ".join(found[0].text_content().split())[:1_000] or None if found else None


def _date(item: Any, selector: str | None) -> str | None:
    if not selector:
        return None
    found = _selected(item, selector)
    if not found:
        return None
    return found[0].get("datetime") or " ".join(found[0].text_content().split())
