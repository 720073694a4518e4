"""Where the article's text stands in the page, and its lines.

First the outlet's profile, then the containers that templates name in well-known ways, then what trafilatura finds:
its paragraphs locate the container, which is read here so that leads and subheads are not lost.
"""

import html as html_entities
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement

from collector.extract.boilerplate import Furniture, clean, furniture_of, signature_of
from collector.extract.dates import read_visible
from collector.extract.density import densest
from collector.extract.page import Page, elements, parse, select, squeeze, text_of
from collector.extract.paragraphs import Line, lines_of
from collector.extract.profiles import Profile
from collector.extract.prune import pruned

_GENERIC = (
    "[itemprop=articleBody]", "[property='schema:articleBody']", "[data-testid=article-body]",
    ".entry-content", ".td-post-content", ".post-content", ".article-content", ".article__content",
    ".article-body", ".article__body", ".articleBody", "#article-body", "#article-content", "#articleBody",
    ".post-body", ".post__content", ".single-content", ".single__content", ".detail-content",
    ".detail__content", ".detail-text", ".content-detail", ".detail-body", ".news-content", ".news-detail",
    ".news-text", ".story-body", ".story-content", ".read__content", ".read-content", ".isi-berita",
    ".isi_berita", "#isi-berita", ".konten-berita", ".berita-isi", ".content-article", ".text-detail",
    ".post-text", ".blog-content", ".jeg_main .content-inner", ".content-inner", ".entry", ".page-content",
    ".txt-article", ".konten", "#isi", ".isi", "article .content", "main article", "article",
)  # fmt: skip
_MIN_BODY_CHARS = 200
_GOOD_ENOUGH = 0.6
_PROSE_CHARS = 60
_LINK_KEY_CHARS = 20


@dataclass(frozen=True, slots=True)
class Body:
    """The text lines of an article and what surrounded them."""

    lines: tuple[Line, ...]
    element: HtmlElement | None
    certain: bool
    """The container was named by the profile or by articleBody, not guessed."""
    headlines: int = 0
    """How many lines of the container were whole-line links to other articles."""
    credits: tuple[str, ...] = ()
    signature: str | None = None
    is_captions: bool = False

    @property
    def text(self) -> str:
        """Return the paragraphs separated by a blank line."""
        return "\n\n".join(line.text for line in self.lines)

    @property
    def prose_chars(self) -> int:
        """Return how many characters stand in lines that read like sentences."""
        return prose_chars(self.lines)


def prose_chars(lines: Iterable[Line]) -> int:
    """Return how many characters stand in lines long enough for sentences and not mainly links."""
    return sum(len(line.text) for line in lines if len(line.text) >= _PROSE_CHARS and line.linked < 0.5)


def _outermost(found: Sequence[HtmlElement]) -> list[HtmlElement]:
    chosen = set(found)
    return [element for element in found if not any(parent in chosen for parent in element.iterancestors())]


def _read(element: HtmlElement, profile: Profile) -> list[Line]:
    return lines_of(pruned(element, profile))


def _body(found: Sequence[HtmlElement], profile: Profile, title: str, *, certain: bool) -> Body:
    raw = [line for element in found for line in _read(element, profile)]
    headlines = sum(line.linked >= 0.9 and len(line.text.split()) >= 4 for line in raw)
    credit_lines = tuple(line.text for line in raw if furniture_of(line) is Furniture.CREDIT)
    signature = signature_of(raw) if profile.signature else None
    lines = clean(raw, title, signature=profile.signature)
    return Body(tuple(lines), found[0], certain, headlines, credit_lines, signature)


def _family(found: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the element with most text and those that belong to it: parts of one article that stand side by side."""
    outer = _outermost(found)
    best = max(outer, key=lambda element: len(text_of(element)))
    home = list(best.iterancestors())[:2]
    return [element for element in outer if element is best or element.getparent() in home[:1]]


def _by_selectors(
    page: Page, selectors: Iterable[str], profile: Profile, title: str, *, certain: bool
) -> Iterable[Body]:
    for selector in selectors:
        found = select(page.root, selector)
        if found:
            sure = certain or selector == "[itemprop=articleBody]"
            yield _body(_family(found), profile, title, certain=sure)


def _trafilatura_paragraphs(page: Page) -> list[str]:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(
        page.root, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False, fast=False
    )
    return [squeeze(line).removeprefix("- ") for line in (text or "").split("\n") if squeeze(line)]


def _located(page: Page, paragraphs: Sequence[str]) -> HtmlElement | None:
    """Return the smallest element that holds nearly all of the paragraphs."""
    wanted = [paragraph[:60] for paragraph in paragraphs if len(paragraph) >= _PROSE_CHARS]
    if not wanted:
        return None
    needed = max(1, int(0.85 * len(wanted)))
    node = page.root
    while True:
        for child in node:
            if isinstance(child.tag, str) and child.tag not in {"p", "script", "style"}:
                text = text_of(child)
                if sum(start in text for start in wanted) >= needed:
                    node = child
                    break
        else:
            return node


def _is_scrap(line: Line) -> bool:
    """Tell whether a line is a list's rather than a text's: very short, or a teaser that starts with its date."""
    read = read_visible(line.text[:48])
    return len(line.text) < 25 or (read is not None and read.has_clock and len(line.text) < 160)


def _quality(body: Body) -> float:
    """Return the worth of a guess: prose counts for it; links and scraps against it."""
    scraps = [_is_scrap(line) for line in body.lines]
    prose = prose_chars(line for line, scrap in zip(body.lines, scraps, strict=True) if not scrap)
    linked = sum(len(line.text) for line in body.lines if line.linked >= 0.5)
    return prose - 2 * linked - 60 * sum(scraps) - 60 * body.headlines


def _with_links(page: Page, paragraphs: Sequence[str]) -> list[Line]:
    """Return plain paragraphs as lines; one that starts with a link's text on the page counts as linked so far."""
    links: dict[str, str] = {}
    for link in page.root.iter("a"):
        text = text_of(link)
        if len(text) >= _LINK_KEY_CHARS:
            links.setdefault(text[:_LINK_KEY_CHARS], text)
    lines: list[Line] = []
    for paragraph in paragraphs:
        link = links.get(paragraph[:_LINK_KEY_CHARS], "")
        is_link = bool(link) and (paragraph.startswith(link) or link.startswith(paragraph))
        share = min(1.0, len(link) / len(paragraph)) if is_link else 0.0
        lines.append(Line(paragraph, share, (link,) if is_link else ()))
    return lines


def _guessed(page: Page, profile: Profile, title: str, heading: HtmlElement | None) -> Body | None:
    """Return the best of three guesses: the densest element, the one trafilatura's text is in, that text itself."""
    guesses: list[Body] = []
    dense = densest(page, heading)
    if dense is not None:
        guesses.append(_body([dense], profile, title, certain=False))
    paragraphs = _trafilatura_paragraphs(page)
    if paragraphs:
        raw = _with_links(page, paragraphs)
        headlines = sum(line.linked >= 0.5 and len(line.text.split()) >= 4 for line in raw)
        plain = clean(raw, title, signature=profile.signature)
        element = _located(page, paragraphs)
        if element is not None and element is not dense:
            guesses.append(_body([element], profile, title, certain=False))
        guesses.append(Body(tuple(plain), element, certain=False, headlines=headlines))
    best = max(map(_quality, guesses), default=0.0)
    # A wider container always has some sentence more, such as a caption or a teaser: the tightest good one is taken.
    return next((guess for guess in guesses if _quality(guess) >= min(best, _GOOD_ENOUGH * best)), None)


def _captions(page: Page, profile: Profile) -> Body | None:
    """Return the captions of a photo page as its text: there they are what the outlet wrote."""
    selectors = profile.captions or ("article figcaption", "figcaption", ".wp-caption-text")
    found = next((matches for selector in selectors if (matches := select(page.root, selector))), [])
    lines: dict[str, Line] = {}
    keep = {None, Furniture.CAPTION}
    for element in found:
        for line in lines_of(element):
            if furniture_of(line) in keep and len(line.text.split()) >= 4:
                lines.setdefault(line.text, line)
    if not lines:
        return None
    return Body(tuple(lines.values()), found[0], certain=bool(profile.captions), is_captions=True)


def from_jsonld(text: str, profile: Profile, title: str) -> Body:
    """Return the body that the page's JSON-LD carries, for pages whose visible text is made by scripts."""
    text = html_entities.unescape(text)
    page = parse(f"<html><body><div>{text}</div></body></html>", "file:///") if "<" in text else None
    pieces = lines_of(page.root) if page is not None else [Line(squeeze(piece)) for piece in text.split("\n")]
    return Body(
        tuple(clean([line for line in pieces if line.text], title, signature=profile.signature)), None, certain=True
    )


def find_body(page: Page, profile: Profile, title: str, heading: HtmlElement | None) -> Body:
    """Return the article's body; without lines when the page has none. `heading` is where the title stands."""
    for body in _by_selectors(page, profile.body, profile, title, certain=True):
        if body.lines and (body.prose_chars >= 80 or len(body.text) >= _MIN_BODY_CHARS):
            return body
    captions = _captions(page, profile)
    if captions is not None and profile.captions:
        return captions
    guess = _guessed(page, profile, title, heading)
    floor = 0.45 * guess.prose_chars if guess is not None else 0
    for body in _by_selectors(page, _GENERIC, profile, title, certain=False):
        if body.prose_chars >= max(_MIN_BODY_CHARS, floor) and body.headlines <= 8:
            return body
    if captions is not None and len(captions.lines) > 1 and (guess is None or captions.prose_chars >= _quality(guess)):
        return captions
    if guess is not None and guess.lines:
        return guess
    return captions or Body((), None, certain=False, headlines=guess.headlines if guess is not None else 0)


def headings(page: Page) -> list[tuple[HtmlElement, str]]:
    """Return the elements that look like a headline, in document order, with their text."""
    found: list[tuple[HtmlElement, str]] = []
    pattern = re.compile(r"(?:^|[\s_-])(?:title|judul|jdl|headline|h5|tit)(?:$|[\s_-])")
    for element in elements(page.root):
        named = element.get("itemprop") == "headline" or (
            element.tag in {"div", "span", "p", "a"} and pattern.search((element.get("class") or "").lower())
        )
        if named or element.tag in {"h1", "h2", "h3", "h4"}:
            text = text_of(element)
            if 3 <= len(text) <= 300:
                found.append((element, text))
    return found
