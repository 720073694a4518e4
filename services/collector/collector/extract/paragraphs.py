"""From a piece of a page to its lines: what a reader sees as one paragraph, with what stood around it.

Indonesian templates separate paragraphs by <p>, by <div>, or only by <br><br>; all become lines here. Walking is
iterative, so nesting cannot exhaust the stack.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.html import HtmlElement

from collector.extract.page import squeeze

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "button",
        "select",
        "textarea",
        "head",
    }
)
_EMPHASIS = frozenset({"b", "strong", "em", "i", "u", "small"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IMAGES = frozenset({"img", "picture", "video", "amp-img"})
_ENDS_SENTENCE = re.compile(r"""[.!?:;…"'”’)\]]$""")
_DATELINE = re.compile(r"^[A-Z(][^.!?]{1,50}(?:[.!?]\w[^.!?]{0,20})?\s*(?:--|[-–—])$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it stands, and what tells text from furniture.

    `linked` is the share of its characters that are link text, `links` the texts of its links; `emphasised` says
    that all of it is bold or italic; `after_image` that an image came right before.
    """

    text: str
    linked: float = 0.0
    links: tuple[str, ...] = ()
    heading: bool = False
    item: bool = False
    emphasised: bool = False
    after_image: bool = False


@dataclass(slots=True)
class _Collector:
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    plain_chars: int = 0
    link_chars: int = 0
    link_depth: int = 0
    emphasis_depth: int = 0
    heading_depth: int = 0
    item_depth: int = 0
    after_image: bool = False
    soft: bool = False
    """The break before the current line was one <br>, which often only wraps a line."""

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        size = len(squeeze(text))
        if self.link_depth:
            self.link_chars += size
            self.links[-1] += text
        if not self.emphasis_depth:
            self.plain_chars += size

    def flush(self, *, soft: bool = False) -> None:
        text = squeeze("".join(self.parts)).strip("|").strip()
        if text:
            previous = self.lines[-1] if self.lines else None
            line = Line(
                text,
                min(1.0, self.link_chars / max(1, len(text))),
                tuple(filter(None, map(squeeze, self.links))),
                bool(self.heading_depth),
                bool(self.item_depth),
                self.plain_chars <= 2,
                self.after_image,
            )
            if previous is not None and (_wraps(previous, line, soft=self.soft) or _DATELINE.match(previous.text)):
                self.lines[-1] = _merged(previous, line)
            else:
                self.lines.append(line)
            self.after_image, self.soft = False, soft
        elif not soft or self.soft:
            self.soft = False
        self.parts, self.plain_chars, self.link_chars = [], 0, 0
        self.links = [""] if self.link_depth else []


def _wraps(previous: Line, line: Line, *, soft: bool) -> bool:
    return soft and not _ENDS_SENTENCE.search(previous.text) and line.text[:1].islower()


def _merged(first: Line, second: Line) -> Line:
    text = f"{first.text} {second.text}"
    linked = (first.linked * len(first.text) + second.linked * len(second.text)) / len(text)
    return replace(
        second,
        text=text,
        linked=linked,
        links=first.links + second.links,
        emphasised=first.emphasised and second.emphasised,
    )


def _open(state: _Collector, element: HtmlElement, tag: str) -> None:
    if tag == "br":
        state.flush(soft=True)
    elif tag in _BLOCKS:
        state.flush()
    elif tag in {"td", "th"} and state.parts and squeeze("".join(state.parts)):
        state.parts.append(" | ")
    elif tag in _IMAGES:
        state.after_image = True
    if tag == "a" and element.get("href"):
        state.link_depth += 1
        state.links.append("")
    state.emphasis_depth += tag in _EMPHASIS
    state.heading_depth += tag in _HEADINGS
    state.item_depth += tag == "li"
    state.add(element.text)


def _close(state: _Collector, element: HtmlElement, tag: str) -> None:
    if tag in _BLOCKS:
        state.flush()
    state.link_depth -= tag == "a" and bool(element.get("href"))
    state.emphasis_depth -= tag in _EMPHASIS
    state.heading_depth -= tag in _HEADINGS
    state.item_depth -= tag == "li"


def lines_of(element: HtmlElement) -> list[Line]:
    """Return the lines of an element, in reading order."""
    state = _Collector()
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag
        if event == "start":
            if hidden or tag in _HIDDEN:
                hidden += 1
            else:
                _open(state, node, tag)
            continue
        if hidden:
            hidden -= 1
        else:
            _close(state, node, tag)
        if not hidden and node is not element:
            state.add(node.tail)
    state.flush()
    return state.lines
