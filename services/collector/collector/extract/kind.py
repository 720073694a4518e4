"""Is this page an article? If not, which of the closed set of reasons says why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from collector.extract.body import Body
from collector.extract.head import Head
from collector.extract.model import Rejected, RejectReason
from collector.extract.page import Page, text_of
from collector.extract.urls import absolute, canonical_url, is_front_page, is_web_url, names_article

MIN_CHARS = 250
"""Shortest text of a page that shows no other sign of being an article."""
MIN_CHARS_WITH_SIGNS = 80
"""Shortest text of a page that says it is an article: a photo's caption, breaking news."""
_FEED_START = re.compile(
    r"^\s*(?:<\?xml[^>]*\?>\s*|<\?xml-stylesheet[^>]*\?>\s*|<!--.{0,2000}?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.DOTALL,
)
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|meta|title|span|table|h1)\b", re.IGNORECASE)
_LISTING_PATH = re.compile(
    r"/(?:tags?|topi[ck]s?|search|cari|indeks|index|kategori|category|categories|kanal|rubrik|author|penulis|arsip|"
    r"archives?|terpopuler|terkini|populer|latest|page)(?:/|$)(?!.*-.*-.*-)",
    re.IGNORECASE,
)
_LISTING_TITLE = re.compile(
    r"^(?:indeks\b|index\b|kumpulan\s+(?:artikel|berita)|berita\s+ter(?:kini|baru|populer)|arsip\b|"
    r"(?:hasil\s+)?pencarian\b|search results|home$|beranda$)|"
    r"\b(?:portal\s+berita|situs\s+berita|berita\s+hari\s+ini|berita\s+ter(?:baru\s*\||kini\s*$)|news portal)",
    re.IGNORECASE,
)
_ERROR_TITLE = re.compile(
    r"\b(?:404|403|500|502|503)\b.{0,40}\b(?:not found|error|forbidden|tidak ditemukan)|^(?:404|403|500|502|503)\b|"
    r"page not found|not found$|halaman (?:yang anda cari )?tidak (?:di)?temukan|access denied|just a moment|"
    r"attention required|are you (?:a )?(?:human|robot)|akun (?:ini )?(?:telah )?ditangguhkan|"
    r"account suspended|index of /",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"^(?:error\s*|galat\s*)?404\W*$|"
    r"^(?:\W*\b(?:oops|ups|maaf|mohon maaf|sorry|error|galat|404)\b\W*){0,3}"
    r"(?:(?:halaman|laman|berita|artikel|konten)(?: yang (?:anda|kamu) (?:cari|tuju|minta|akses))?(?: ini)?"
    r"(?: (?:sudah|telah|mungkin)){0,2} (?:tidak (?:di)?temukan|tidak tersedia|tidak ada|(?:di)?hapus)"
    r"|(?:page|article|post|content)(?: you (?:are|were) looking for)?(?: (?:was|could|can))? (?:not|n't)(?: be)? found"
    r"|not found)(?:$|[\s!.|,:–-])",
    re.IGNORECASE,
)
"""A title or heading that says that the page does not exist; what merely sounds like trouble is left out."""
_PAYWALL = re.compile(
    r"(?:berlangganan|langganan|login|masuk|daftar|subscribe|sign in|log in|beli)\b.{0,80}\b(?:"
    r"untuk (?:terus )?(?:membaca|melanjutkan|mengakses)|to (?:continue|read)|melanjutkan membaca|akses penuh|"
    r"artikel (?:lengkap|premium|ini))|"
    r"(?:konten|artikel|berita) (?:ini )?(?:khusus|hanya|premium|berbayar)\b.{0,60}"
    r"(?:pelanggan|member|berlangganan|anggota|berbayar)",
    re.IGNORECASE,
)
_PAGE_TYPES = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|octet-stream)|unknown/unknown")
_ID_QUERY = re.compile(r"(?:^|&)(?:p|post|id|\w*id|no|kode|berita|artikel|article|baca)=\d+(?:&|$)", re.IGNORECASE)
_GALLERY_PATH = re.compile(r"/(?:foto|photo|galeri|gallery|infografis|video|tv)\b")
_PAYWALL_MAX_CHARS = 1_500
_MANY_LINKS = 25
_MANY_HEADLINES = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read of a page, as far as it tells an article from something else."""

    head: Head
    body: Body
    title: str
    has_heading: bool
    has_time: bool

    @property
    def strong(self) -> bool:
        """Tell whether the page itself is typed as an article, or its body is named as one."""
        return self.head.jsonld.is_article or (self.body.certain and self.body.prose_chars >= MIN_CHARS)

    @property
    def signs(self) -> int:
        """Return how many independent signs say that this is one article."""
        url, meta, jsonld = self.head.page.url, self.head.meta, self.head.jsonld
        return sum(
            (
                jsonld.is_article,
                (meta.first("og:type") or "").lower() in {"article", "news", "newsarticle", "photo", "video.other"},
                bool(jsonld.published or meta.published),
                self.body.certain,
                self.has_heading,
                self.has_time,
                is_web_url(url) and names_article(urlsplit(url).path),
            )
        )


def not_html(text: str, content_type: str | None) -> Rejected | None:
    """Return why a response is no page at all: a feed, an image, a document, data."""
    feed = _FEED_START.match(text[:5_000])
    if feed:
        return Rejected(RejectReason.FEED, f"the document is a feed or sitemap: its root is <{feed.group(1)}>")
    kind = (content_type or "").split(";", 1)[0].strip().lower()
    if kind and not _PAGE_TYPES.fullmatch(kind):
        return Rejected(RejectReason.NOT_HTML, f"the content type is {kind[:80]}")
    if not _MARKUP.search(text[:200_000]):
        return Rejected(RejectReason.NOT_HTML, "there is no HTML element in it")
    return None


def _article_links(page: Page) -> int:
    return sum(len(text_of(link).split()) >= 4 for link in page.root.iter("a"))


def _listing(seen: Evidence) -> Rejected | None:
    url, meta, body = seen.head.page.url, seen.head.meta, seen.body
    if is_web_url(url) and is_front_page(canonical_url(url)):
        return Rejected(RejectReason.FRONT_PAGE, f"{url} is the site's front page")
    if seen.strong:
        return None
    # Some templates give the front page's address on every page: where the URL names an article, it is believed.
    parts = urlsplit(url)
    named = is_web_url(url) and (names_article(parts.path) or bool(_ID_QUERY.search(parts.query)))
    target = None if named else absolute(meta.canonical or meta.first("og:url"), url)
    page_title = meta.page_title or seen.title
    prose_lines = sum(len(line.text) >= 80 for line in body.lines)
    addresses = [address for address in (url, target) if address and is_web_url(address)]
    listing_address = next((address for address in addresses if _LISTING_PATH.search(urlsplit(address).path)), None)
    detail: str | None = None
    if target is not None and is_front_page(target):
        return Rejected(RejectReason.FRONT_PAGE, f"the page says its address is {target}")
    if seen.head.jsonld.is_listing:
        detail = "its JSON-LD says it is a collection"
    elif listing_address is not None:
        detail = f"{listing_address} is the address of a listing"
    elif _LISTING_TITLE.search(page_title) and (body.headlines >= 3 or seen.signs <= 3):
        detail = f"its title is that of a listing: {page_title[:120]!r}"
    elif body.headlines >= max(_MANY_HEADLINES, prose_lines):
        detail = f"{body.headlines} linked headlines against {prose_lines} paragraphs"
    return Rejected(RejectReason.LISTING, detail) if detail else None


def _paywall(seen: Evidence) -> Rejected | None:
    chars = len(seen.body.text)
    stub = any(_PAYWALL.search(line.text) for line in seen.body.lines[-3:])
    if chars < _PAYWALL_MAX_CHARS and (stub or (seen.head.jsonld.paywalled and chars < 2 * MIN_CHARS)):
        return Rejected(RejectReason.PAYWALL, f"only {chars} characters before the paywall")
    return None


def _too_little(seen: Evidence) -> Rejected | None:
    page, chars = seen.head.page, len(seen.body.text)
    if seen.signs < 3:
        # Without a sign of being an article, only what reads like running text counts.
        chars = min(chars, seen.body.prose_chars)
    if chars >= MIN_CHARS or (chars >= MIN_CHARS_WITH_SIGNS and seen.signs >= 3):
        return None
    links, images = _article_links(page), sum(1 for _ in page.root.iter("img"))
    if seen.signs < 3 and links >= (_MANY_LINKS if chars else _MANY_HEADLINES):
        return Rejected(RejectReason.LISTING, f"{chars} characters of text beside {links} links to articles")
    if _GALLERY_PATH.search(urlsplit(page.url).path) and images:
        return Rejected(RejectReason.GALLERY, f"{images} images, {chars} characters of text")
    reason = RejectReason.TOO_SHORT if chars else RejectReason.NO_TEXT
    return Rejected(reason, f"{chars} characters of text")


def error_page(titles: Sequence[str], chars: int) -> Rejected | None:
    """Return why a page with little text is an error page, by its titles."""
    wrong = next((title for title in titles if _ERROR_TITLE.search(title)), None)
    if chars < 3 * MIN_CHARS and wrong is not None:
        return Rejected(RejectReason.ERROR_PAGE, f"its title is that of an error page: {wrong[:120]!r}")
    return None


def says_missing(lines: Sequence[str], chars: int) -> str | None:
    """Return the title or heading with which a page of little text says that it does not exist, or None.

    Narrower than `error_page`: "access denied", "just a moment" and a server's own trouble say nothing about the page.
    """
    if chars >= 3 * MIN_CHARS:
        return None
    return next((line.strip()[:200] for line in lines if _MISSING.search(line.strip())), None)


def judge(seen: Evidence) -> Rejected | None:
    """Return why the page is not taken as an article; None when it is one."""
    return (
        error_page((seen.title, seen.head.meta.page_title or ""), len(seen.body.text))
        or _listing(seen)
        or _paywall(seen)
        or _too_little(seen)
    )
