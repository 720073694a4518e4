"""Who wrote an article, in which section it stands, and its lead image."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from collector.extract.body import Body
from collector.extract.head import Head
from collector.extract.page import Page, elements, label_of, select, squeeze, text_of
from collector.extract.profiles import Profile
from collector.extract.urls import absolute, is_web_url, registrable_domain

MAX_AUTHORS = 8
_ROLE = re.compile(
    r"^\W*(?:(?:di)?(?:tulis|lapor)(?:kan)?\s+oleh|oleh|by|penulis|pewarta|reporter|rep|wartawan|jurnalis|laporan|author|"
    r"text|teks|fotografer)\b\s*[:|]?\s*:?\s*",
    re.IGNORECASE,
)
_AUTHOR_ROLE = re.compile(
    r"(?:^|[(|\s])(?:penulis|pewarta|reporter|rep|wartawan|oleh|jurnalis|fotografer)\s*[:|]\s*:?\s*(?P<name>[^|:()\n]{3,80}?)"
    r"(?=\s*(?:$|[|()\n]|\b(?:editor|red|redaktur|penyunting)\b\s*:))",
    re.IGNORECASE,
)
_REPORT_OF = re.compile(
    r"^laporan\s+(?:wartawan|reporter|kontributor|jurnalis)\s+[^,:]{3,50}[,:]\s*(?P<name>[^|,:\n]{3,60})$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|/&]|\bdan\b|\band\b|,)\s*", re.IGNORECASE)
_TITLE_ONLY = re.compile(
    r"^(?:[A-Z][a-z]{0,3}\.\s?){1,4}[A-Z]?[a-z]{0,4}\.?$|^(?:S|M|Dr|Ir|Drs|Prof|Hj?|Ph)\.?[A-Za-z]{0,5}\.?$"
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|\b(?:developer|admin|administrator|redaksi|editor|web design|newsroom|"
    r"portal berita|jurnalis)\b",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author(?:[_-]?name)?|byline|penulis|pewarta|reporter|wartawan)(?:$|[\s_-])", re.IGNORECASE
)
_ACTIVE_LABEL = re.compile(r"(?:^|\s)(?:active|current|selected|current-menu-item)(?:$|\s)")
_PHOTO_LABEL = re.compile(r"foto|photo|image|caption|gambar|figure|galler|media")
_NAME_TAGS = frozenset({"a", "span", "div", "p", "li", "b", "strong", "small", "address"})
_MAX_BYLINE_CHARS = 70
_DOMAIN_LIKE = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_NO_SECTION = frozenset(
    {
        "read", "berita", "news", "artikel", "article", "home", "beranda", "index", "amp", "post", "detail",
        "baca", "view", "id", "en", "www", "blog", "category", "kategori", "kanal", "indonesia",
        "uncategorized", "m", "foto", "readfoto",
    }
)  # fmt: skip
_NO_IMAGE = re.compile(
    r"(?:logo|favicon|placeholder|blank|spacer|default[-_]?(?:image|thumb)|avatar|no-?image)", re.IGNORECASE
)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def clean_authors(names: Iterable[str], outlet_names: Iterable[str]) -> tuple[str, ...]:
    """Return persons' names: no roles, no outlets, no addresses, no academic degrees standing alone."""
    outlets = {_key(name) for name in outlet_names if name}
    kept: dict[str, str] = {}
    plain = [name for name in names if not re.search(r"https?:|www\.|@", name)]
    local = [re.sub(r"\bKontributor\s+[\w .]{3,40},\s*", "", squeeze(name)) for name in plain]
    bare = [re.sub(r"\s+[-–—]\s+\S{3,30}$", "", _ROLE.sub("", name)) for name in local]
    for written in (piece for name in bare for piece in _SPLIT.split(name)):
        part = _ROLE.sub("", written).strip(" .,:-–—()[]\"'")
        part = part.title() if part.isupper() and len(part) > 4 else part
        words = part.split()
        if not 3 <= len(part) <= 60 or len(words) > 6 or _NO_NAME.search(part) or _TITLE_ONLY.match(part):
            continue
        if _key(part) in outlets or _DOMAIN_LIKE.match(part) or re.match(r"PT\b", part):
            continue
        kept.setdefault(_key(part), part)
    return tuple(kept.values())[:MAX_AUTHORS]


def _bylines(page: Page, body: Body) -> list[str]:
    """Return the names that the page gives beside an author's role, first in the body's own credit lines."""
    lines = list(body.credits)
    for element in elements(page.root):
        if element.tag in {"p", "div", "span", "td", "tr", "li", "b", "strong", "small"} and len(element) < 8:
            own = " ".join([element.text or "", *(child.tail or "" for child in element)]).strip()
            if element.tag == "tr" or _ROLE.match(own) or (len(own) < 200 and _AUTHOR_ROLE.search(own)):
                text = text_of(element)
                if 5 <= len(text) <= 160:
                    lines.append(text)
    told = [match["name"] for line in body.credits if (match := _REPORT_OF.match(line))]
    return told or [match["name"] for line in lines for match in _AUTHOR_ROLE.finditer(line)]


def _by_microdata(page: Page) -> list[str]:
    for element in elements(page.root):
        if element.get("itemprop") == "author" or element.get("rel") == "author":
            text = text_of(element) or squeeze(element.get("content"))
            if 3 <= len(text) <= _MAX_BYLINE_CHARS:
                return [text]
    return []


def _by_class(page: Page) -> list[str]:
    """Return the first name in an element that the template's class calls the author's; not a photo's author."""
    for element in elements(page.root):
        if element.tag in _NAME_TAGS and _AUTHOR_CLASS.search(element.get("class") or ""):
            text = text_of(element)
            around = "".join(label_of(parent) for parent in list(element.iterancestors())[:3])
            if 3 <= len(text) <= _MAX_BYLINE_CHARS and not _PHOTO_LABEL.search(around):
                return [text]
    return []


def find_authors(head: Head, body: Body, feed_authors: Sequence[str]) -> tuple[str, ...]:
    """Return the authors' names, best source first; empty when nobody is named."""
    page, outlet = head.page, registrable_domain(head.page.url)
    names = [*head.outlet_names, outlet, outlet.split(".")[0]]
    selected = [text_of(element) for selector in head.profile.authors for element in select(page.root, selector)[:6]]
    signature = [body.signature] if body.signature else []
    sources: tuple[Sequence[str], ...] = (selected, head.jsonld.authors, head.meta.authors, signature)
    for source in sources:
        authors = clean_authors(source, names)
        if authors:
            return authors
    return (
        clean_authors(_by_microdata(page), names)
        or clean_authors(_bylines(page, body), names)
        or clean_authors(_by_class(page), names)
        or clean_authors(feed_authors, names)
    )


def _section_name(value: str | None, profile: Profile, title: str) -> str | None:
    value = squeeze(value).strip(" /|>»:-#")
    if not 2 <= len(value) <= 60 or _DOMAIN_LIKE.match(value) or value.lower() in _NO_SECTION:
        return None
    if _key(value) in {_key(name) for name in profile.names} or _key(value) == _key(title):
        return None
    return value


def _breadcrumb(root: HtmlElement) -> list[str]:
    for element in elements(root):
        label = (element.get("class") or "").lower()
        if element.tag in {"ul", "ol", "div", "nav"} and (
            any(word in label for word in ("breadcrumb", "breadcome", "crumbs", "jejak"))
        ):
            return [text for link in element.iterdescendants("a") if (text := text_of(link))]
    return []


def find_section(head: Head, title: str) -> str | None:
    """Return the section as the outlet calls it; from the address when the page names none."""
    page, profile, jsonld = head.page, head.profile, head.jsonld
    selected = [text_of(element) for selector in profile.section for element in select(page.root, selector)[:2]]
    named = [
        *selected,
        jsonld.section,
        head.meta.section,
        *reversed(jsonld.breadcrumbs),
        *reversed(_breadcrumb(page.root)),
    ]
    for value in named:
        section = _section_name(value, profile, title)
        if section is not None:
            return section
    return _section_of_address(page.url) or _section_name(_active_menu(page.root), profile, title)


def _section_of_address(url: str) -> str | None:
    if not is_web_url(url):
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(registrable_domain(url)).strip(".")
    folders = [part for part in parts.path.split("/") if part][:-1]
    for value in (host, *folders[:3]):
        if re.fullmatch(r"[a-z][a-z-]{2,24}", value) and value not in _NO_SECTION:
            return value.replace("-", " ").title()
    return None


def _active_menu(root: HtmlElement) -> str | None:
    """Return the menu's entry that is marked as the current one."""
    for element in root.iter("li", "a"):
        if _ACTIVE_LABEL.search(element.get("class") or ""):
            link = element if element.tag == "a" else next(element.iterdescendants("a"), None)
            return text_of(link) if link is not None else None
    return None


def find_image(head: Head, body: Body) -> str | None:
    """Return the lead image's absolute URL."""
    inside = (
        [image.get("src") or image.get("data-src") for image in body.element.iter("img")]
        if body.element is not None
        else []
    )
    for link in [*head.meta.images, *head.jsonld.images, *inside[:3]]:
        url = absolute(link, head.page.url)
        if url is None:
            continue
        path = urlsplit(url).path
        # An address without a file is what a template prints when the article has no image.
        if (
            path.count("/") >= 2
            and not _NO_IMAGE.search(path.rsplit("/", 1)[-1])
            and ("." in path or path.count("/") > 2)
        ):
            return url
    return None
