"""What a page's JSON-LD says of its article. Outlets write it by template, so it is often slightly broken."""

import html as html_entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from collector.extract.page import Page, squeeze

MAX_SCRIPT_CHARS = 500_000
_MAX_NODES = 2_000
_ARTICLE_TYPES = frozenset(
    {
        "newsarticle", "article", "reportagenewsarticle", "blogposting", "liveblogposting",
        "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "report",
        "socialmediaposting", "advertisercontentarticle", "imagegallery", "mediagallery", "videoobject",
    }
)  # fmt: skip
_WEAK_TYPES = frozenset({"imagegallery", "mediagallery", "videoobject"})
_LISTING_TYPES = frozenset({"collectionpage", "itemlist", "searchresultspage"})
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LINE_BREAK = re.compile(r"[\r\n\t]+")
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The article's own statement; empty fields where it says nothing."""

    types: frozenset[str] = frozenset()
    headline: str | None = None
    body: str | None = None
    published: tuple[str, ...] = ()
    modified: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    images: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    publisher: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    paywalled: bool = False
    articles: int = 0
    """How many different articles the page describes; a front page may describe all that it shows."""

    @property
    def is_article(self) -> bool:
        """Tell whether the page describes itself as one article."""
        return bool(self.types & (_ARTICLE_TYPES - _WEAK_TYPES)) and self.articles <= 2

    @property
    def is_listing(self) -> bool:
        """Tell whether the page calls itself a collection and no article."""
        return bool(self.types & _LISTING_TYPES) and not self.is_article


def _load(script: str) -> object:
    script = _COMMENT.sub("", script.strip())
    for candidate in (script, _TRAILING_COMMA.sub(r"\1", _LINE_BREAK.sub(" ", script))):
        try:
            loaded: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return loaded
    return None


def _nodes(loaded: object) -> Iterator[dict[str, object]]:
    queue: list[object] = [loaded]
    seen = 0
    while queue and seen < _MAX_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, dict):
            yield node
            queue.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in node)


def _types(node: dict[str, object]) -> frozenset[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return frozenset(str(name).rsplit("/", 1)[-1].lower() for name in kinds if isinstance(name, str))


def _string(value: object) -> str | None:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    return squeeze(html_entities.unescape(value)) or None


def _names(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items[:20]:
        name = item.get("name") if isinstance(item, dict) else item
        text = _string(name)
        if text:
            names.append(text)
    return names


def _links(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    links: list[str] = []
    for item in items[:10]:
        link = item.get("url") or item.get("contentUrl") or item.get("@id") if isinstance(item, dict) else item
        text = _string(link)
        if text:
            links.append(text)
    return links


def _breadcrumbs(nodes: list[dict[str, object]]) -> tuple[str, ...]:
    for node in nodes:
        items = node.get("itemListElement")
        if "breadcrumblist" not in _types(node) or not isinstance(items, list):
            continue
        names: list[str] = []
        for item in items[:10]:
            if isinstance(item, dict):
                inner = item.get("item")
                name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
                text = _string(name)
                if text:
                    names.append(text)
        return tuple(names)
    return ()


def read_jsonld(page: Page) -> JsonLd:
    """Read all JSON-LD blocks of a page into one statement; broken blocks are skipped."""
    nodes: list[dict[str, object]] = []
    for script in page.root.iterfind(".//script[@type]"):
        kind = (script.get("type") or "").strip().lower()
        if kind.startswith("application/ld+json") and script.text and len(script.text) <= MAX_SCRIPT_CHARS:
            nodes.extend(_nodes(_load(script.text)))
    types = frozenset(name for node in nodes for name in _types(node))
    strong = [node for node in nodes if _types(node) & (_ARTICLE_TYPES - _WEAK_TYPES)]
    weak = [node for node in nodes if _types(node) & _WEAK_TYPES]
    article = next((node for node in strong if node.get("headline") or node.get("datePublished")), None)
    article = article or next(iter([*strong, *weak]), {})
    created = _string(article.get("dateCreated"))
    published = _string(article.get("datePublished")) or _string(article.get("uploadDate"))
    publisher = article.get("publisher")
    free = article.get("isAccessibleForFree")
    return JsonLd(
        types=types,
        headline=_string(article.get("headline")) or _string(article.get("name")),
        body=article["articleBody"] if isinstance(article.get("articleBody"), str) else None,  # type: ignore[arg-type]  # checked beside
        published=tuple(value for value in (published, created) if value),
        modified=_string(article.get("dateModified")),
        authors=tuple(dict.fromkeys(_names(article.get("author")) or _names(article.get("creator")))),
        section=_string(article.get("articleSection")),
        images=tuple(_links(article.get("image")) + _links(article.get("thumbnailUrl"))),
        urls=tuple(_links(article.get("mainEntityOfPage")) + _links(article.get("url"))),
        publisher=next(iter(_names(publisher)), None),
        breadcrumbs=_breadcrumbs(nodes),
        articles=len({str(node.get("headline") or node.get("name")) for node in strong}),
        paywalled=free is False or str(free).strip().lower() == "false",
    )
