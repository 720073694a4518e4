"""Articles on several pages: which further pages a page names, and how the pages become one text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from collector.extract.boilerplate import Furniture, furniture_of
from collector.extract.model import ExtractedArticle
from collector.extract.page import Page, elements, squeeze, text_of
from collector.extract.paragraphs import Line
from collector.extract.urls import absolute, canonical_url, is_web_url, names_article

MAX_PAGES = 20
_ALL = re.compile(
    r"^\W*(?:(?:baca|lihat|tampilkan)\s+)?(?:semua|seluruh)(?:\s+halaman)?\W*$|^\W*(?:show|view|read)\s+all\W*$|"
    r"^\W*(?:tampilkan|lihat|baca)\s+(?:semua|dalam\s+satu\s+halaman|selengkapnya)\W*$|^\W*all\s+pages?\W*$|^\W*single\s+page\W*$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^\W*(?:halaman\s+)?(?:selanjutnya|berikutnya|berikut|lanjut(?:kan)?(?:\s+membaca)?|next(?:\s+page)?|selengkapnya|»|›|>{1,2}|→)\W*$|"
    r"^\W*(?:halaman|hal\.?|page)\s*\d{1,2}\W*$|^\W*\d{1,2}\W*$",
    re.IGNORECASE,
)
_PAGE_KEYS = frozenset({"page", "hal", "halaman", "paged", "pg", "showpage"})
_ALL_VALUES = frozenset({"all", "semua", "full", "0"})
_PATH_PAGE = re.compile(
    r"^(?P<base>.+?)(?:/(?:page[-/]?|halaman[-/]?|hal[-/]?)?(?P<number>\d{1,2})|-part(?P<part>\d{1,2}))/?$"
)
_SHORT_CHARS = 40


def _page_of(url: str) -> tuple[str, int | None, bool]:
    """Return a page's article (a key that its pages share), its number and whether it shows all pages."""
    parts = urlsplit(url)
    number: int | None = None
    shows_all = False
    rest: list[tuple[str, str]] = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in _PAGE_KEYS and ((value.isdigit() and len(value) <= 2) or value.lower() in _ALL_VALUES):
            shows_all = value.lower() in _ALL_VALUES
            number = None if shows_all else int(value)
        elif name.lower() == "single":
            shows_all = value == "1"
        else:
            rest.append((name, value))
    path = parts.path.rstrip("/")
    match = _PATH_PAGE.match(path)
    if match and names_article(match["base"]):
        path, number = match["base"], int(match["number"] or match["part"])
    bare = f"{parts.scheme}://{parts.netloc}{path or '/'}"
    query = "&".join(f"{name}={value}" for name, value in rest)
    return canonical_url(f"{bare}?{query}" if query else bare), number, shows_all


def further_pages(page: Page) -> tuple[str, ...]:
    """Return the URLs of the article's other pages, in order, or the one that shows all of them.

    A link counts only when it differs from this page's URL in nothing but the page, so that neighbouring articles,
    which templates also call "next", never come in. Empty for a page that shows all, or for one without a web URL.
    """
    if not is_web_url(page.url):
        return ()
    article, own_number, own_all = _page_of(page.url)
    if own_all:
        return ()
    numbered: dict[int, str] = {}
    whole: str | None = None
    for element in elements(page.root):
        is_next = element.tag == "link" and "next" in (element.get("rel") or "").lower().split()
        if not (is_next or element.tag == "a") or not element.get("href"):
            continue
        text = text_of(element)
        url = absolute(element.get("href"), page.url)
        if url is None or not (is_next or _NEXT.match(text) or _ALL.match(text)):
            continue
        base, number, shows_all = _page_of(url)
        if base != article:
            continue
        if shows_all and whole is None:
            whole = url
        elif number is not None and 1 < number <= MAX_PAGES and number != (own_number or 1):
            numbered.setdefault(number, url)
    if whole is not None:
        return (whole,)
    return tuple(numbered[number] for number in sorted(numbered) if number > (own_number or 1))[: MAX_PAGES - 1]


def _key(paragraph: str) -> str:
    return re.sub(r"\W+", "", paragraph.casefold())


def join_pages(pages: Sequence[ExtractedArticle]) -> ExtractedArticle:
    """Return the first page's article with the text of all pages, no paragraph repeated.

    Templates repeat lead and title on each page; short lines (list items, subheads) may repeat in earnest and stay,
    unless they open a page as they opened the first.
    """
    first = pages[0]
    paragraphs: list[str] = []
    seen: set[str] = set()
    for number, page in enumerate(pages):
        fresh = [squeeze(paragraph) for paragraph in page.text.split("\n\n") if squeeze(paragraph)]
        opening = number > 0
        for paragraph in fresh:
            key = _key(paragraph)
            known = key in seen
            heading = furniture_of(Line(paragraph), first.title) is Furniture.TITLE
            opening = opening and (known or heading)
            if number and (opening or (known and len(paragraph) >= _SHORT_CHARS)):
                continue
            seen.add(key)
            paragraphs.append(paragraph)
    authors = first.authors or tuple(dict.fromkeys(author for page in pages for author in page.authors))
    return replace(first, text="\n\n".join(paragraphs), authors=authors, next_pages=())
