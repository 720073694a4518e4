"""Where the running text of a page is densest: finds the body of a template that nobody described.

After the idea of Readability: each piece of prose speaks for the elements that hold it, nearer ones louder; lists of
teasers lose because each teaser sits in a box of its own. The place after the headline is preferred.
"""

from lxml.html import HtmlElement

from collector.extract.page import Page, elements, squeeze

_INLINE = frozenset(
    {"a", "b", "strong", "em", "i", "u", "span", "font", "br", "small", "sub", "sup", "mark", "abbr", "q", "cite", "s"}
)
_HOLDERS = frozenset({"p", "div", "td", "section", "article", "blockquote", "li", "span", "center", "main", "dd"})
_FORBIDDEN = frozenset({"nav", "aside", "footer", "header", "form", "script", "style", "noscript", "figure"})
_MIN_PROSE_CHARS = 60
_BEFORE_HEADLINE = 0.4
_DATELINE_CHARS = 60


def _own_prose(element: HtmlElement) -> int:
    """Return how many characters of unlinked text stand in the element itself, inline children counted with it."""
    chars = len(squeeze(element.text))
    for child in element:
        if child.tag in _INLINE and child.tag != "a":
            chars += len(squeeze("".join(child.itertext())))
        chars += len(squeeze(child.tail))
    return chars


def _link_share(element: HtmlElement) -> float:
    total = sum(len(squeeze(text)) for text in element.itertext())
    linked = sum(len(squeeze("".join(link.itertext()))) for link in element.iterdescendants("a"))
    return min(1.0, linked / max(1, total))


def densest(page: Page, heading: HtmlElement | None) -> HtmlElement | None:
    """Return the element that holds the page's running text most closely; None for a page without prose."""
    scores: dict[HtmlElement, float] = {}
    order: dict[HtmlElement, int] = {}
    for number, element in enumerate(elements(page.root)):
        order[element] = number
        parent = element.getparent()
        # A span inside a span is part of a sentence; one in a block may hold the whole article.
        if element.tag not in _HOLDERS or (element.tag == "span" and parent is not None and parent.tag in _INLINE):
            continue
        prose = _own_prose(element)
        if prose < _MIN_PROSE_CHARS or any(parent.tag in _FORBIDDEN for parent in element.iterancestors()):
            continue
        grandparent = parent.getparent() if parent is not None else None
        has_breaks = sum(child.tag == "br" for child in element) >= 2
        shares = ((element, 1.0), (parent, 0.5)) if has_breaks else ((element, 0.3), (parent, 1.0), (grandparent, 0.5))
        for holder, share in shares:
            if holder is not None:
                scores[holder] = scores.get(holder, 0.0) + share * prose
    place = order.get(heading, -1) if heading is not None else -1
    around = set(heading.iterancestors()) if heading is not None else set()

    def worth(element: HtmlElement) -> float:
        before = order[element] < place and element not in around
        return scores[element] * (1 - _link_share(element)) * (_BEFORE_HEADLINE if before else 1.0)

    return _widened(max(scores, key=worth)) if scores else None


def _widened(element: HtmlElement) -> HtmlElement:
    """Return the element, or the one around it that adds no more than a dateline or the authors' initials."""
    chars = len(squeeze("".join(element.itertext())))
    parent = element.getparent()
    while parent is not None and element.tag != "td" and parent.tag not in {"body", "html"}:
        more = len(squeeze("".join(parent.itertext()))) - chars
        if more > _DATELINE_CHARS:
            break
        element, parent = parent, parent.getparent()
    return element
