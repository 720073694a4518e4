"""What is taken out of an article's body before it is read: furniture that the template itself labels.

A label only counts on an element that holds the smaller part of the body's text, so that a template that calls its
whole body "share-content" loses nothing.
"""

import copy
import re

from lxml.html import HtmlElement

from collector.extract.page import elements, label_of, select, text_of
from collector.extract.profiles import Profile

_TAGS = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "button",
        "select", "ins", "svg", "video", "audio", "object", "embed", "figcaption", "dialog", "amp-ad",
        "amp-embed", "amp-sidebar", "input",
    }
)  # fmt: skip
_TAGS_WITHIN_TEXT = frozenset({"nav", "aside", "form", "footer"})
"""Furniture, unless a template wraps the whole article in one, as ASP.NET does with its form."""
_NEVER_BY_LABEL = frozenset({"article", "main", "body", "html", "h1", "h2", "h3"})
_NOISE = re.compile(
    r"(?:^|[\s_.-])(?:related\w*|terkait\w*|baca-?juga\w*|lihat-?juga|simak-?juga|read-?(?:also|more|other)s?|inline-related|"
    r"social\w*|sosmed\w*|share\w*|sharing|addtoany\w*|addthis\w*|sharedaddy|jp-relatedposts|comments?|komentar\w*|disqus\w*|"
    r"ads?|adv|advert\w*|adsbygoogle|banner\w*|iklan\w*|sponsor\w*|promo\w*|newsletter\w*|subscribe\w*|"
    r"breadcrumbs?|breadcome|tags?|tagging|tag-?list|tagcloud|caption\w*|cap-foto|wp-caption-text|credits?|kredit|copyright|"
    r"sidebar|(?<!elementor-)widget\w*|rekomendasi\w*|recommend\w*|popular|terpopuler|trending|pilihan-?editor|author-?box|about-?author|"
    r"post-?navigation|nav-links|pagination|paging|pager|page-links|toc|table-of-contents|lwptoc\w*|ez-toc\w*|rating|ratings|"
    r"print|printfriendly|video-player|whatsapp-channel|google-news|gnews|follow-us|more-news|other-news|berita-lain\w*)"
    r"(?=$|[\s_.-]|\d)"
)
_EMBEDS = re.compile(r"(?:^|\s)(?:twitter-tweet|instagram-media|tiktok-embed|fb-post|fb-video|twitter-video)(?:$|\s)")
_MAX_SHARE = 0.35
_SMALL_CHARS = 280
_MIN_LIST_LINKS = 2


def _is_link_list(element: HtmlElement) -> bool:
    """Tell whether a list holds nothing but links to other pages, as related lists do."""
    text = text_of(element)
    links = [text_of(link) for link in element.iterdescendants("a")]
    return len(links) >= _MIN_LIST_LINKS and sum(map(len, links)) >= 0.85 * max(1, len(text)) and len(text) > 20


def _is_table_figure(element: HtmlElement) -> bool:
    return element.tag == "figure" and next(element.iterdescendants("table"), None) is not None


def _is_noise(element: HtmlElement, total_chars: int) -> bool:
    tag = element.tag
    if tag in _TAGS or (tag == "figure" and not _is_table_figure(element)):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "display:none" in style or element.get("hidden") is not None
    label = label_of(element)
    # WordPress writes an article's tags into the class of the article itself.
    labelled = tag not in _NEVER_BY_LABEL and (_EMBEDS.search(label) or _NOISE.search(label))
    if not (hidden or labelled or tag in _TAGS_WITHIN_TEXT):
        return tag in {"ul", "ol"} and _is_link_list(element)
    chars = len(text_of(element))
    return chars <= _SMALL_CHARS or chars <= _MAX_SHARE * total_chars


def _drop(element: HtmlElement) -> None:
    """Remove an element but keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = f"{before.tail or ''} {element.tail}"
        else:
            parent.text = f"{parent.text or ''} {element.tail}"
    parent.remove(element)


def pruned(body: HtmlElement, profile: Profile) -> HtmlElement:
    """Return a copy of a body without what its template labels as furniture."""
    body = copy.deepcopy(body)
    body.tail = None
    named = {element for selector in profile.remove for element in select(body, selector)} - {body}
    total_chars = len(text_of(body))
    inner = (element for element in elements(body) if element is not body)
    doomed = [element for element in inner if element in named or _is_noise(element, total_chars)]
    for element in doomed:
        _drop(element)
    return body
