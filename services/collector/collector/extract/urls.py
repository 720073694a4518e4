"""Which URL an article has: one form per article, whatever link, phone page or AMP copy it was reached by.

The canonical URL is the article's identity, so it must be stable (canonical(canonical(u)) == canonical(u)) and must
never be shared by two articles: a part is only removed when it cannot choose between articles. The scheme stays as it
is, because some local outlets answer on http alone.
"""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from tld import get_tld
from w3lib.url import canonicalize_url

from collector.extract.model import ExtractError

MAX_URL_CHARS = 2_048

_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|hsa|vero|oly|itm|stm|wt|ns|guce|_branch|__cf_chl)_[a-z0-9_]+|"
    r"fbclid|gclid|dclid|yclid|rdt_cid|s_kwcid|msclkid|ttclid|twclid|li_fat_id|wbraid|gbraid|gclsrc|"
    r"igshid|igsh|mibextid|fb_(?:action_ids|action_types|source|ref|comment_id)|_ga|_gl|_gac|_hsenc|_hsmi|"
    r"hsctatracking|mc_[ce]id|mkt_tok|__twitter_impression|__tn__|tag_from|xtor|cmpid|ocid|smid|ncid|cvid|sr_share|"
    r"share_token|shareid|spm|guccounter|amp_js_v|amp_gsa|amp_r|usqp|aoh|traffic_?source"
)
"""Parameters that never choose an article."""
_AMP_PARAMETERS = frozenset({"amp", "isamp", "is_amp", "outputtype", "noamp"})
_WEAK = frozenset(
    {
        "ref", "ref_src", "ref_url", "referer", "referrer", "source", "src", "from", "medium", "campaign",
        "share", "shared", "via", "print", "mobile", "m", "nomobile", "view_as", "replytocom", "single",
        "rss", "f", "i", "cmp", "preview", "fullsite", "desktop", "theme", "sumber",
    }
)  # fmt: skip
"""Parameters that choose no article as long as the path already names one and the value is no number."""
_WWW_SITES = frozenset(
    {
        "antaranews.com", "bisnis.com", "cnbcindonesia.com", "cnnindonesia.com", "detik.com", "gatra.com",
        "idntimes.com", "inews.id", "jawapos.com", "jpnn.com", "kapanlagi.com", "kompas.com", "kompas.tv",
        "kontan.co.id", "liputan6.com", "medcom.id", "merdeka.com", "metrotvnews.com", "okezone.com",
        "republika.co.id", "rri.co.id", "sindonews.com", "suara.com", "suarasurabaya.net", "tempo.co",
        "tribunnews.com", "tvonenews.com", "viva.co.id",
    }
)  # fmt: skip
"""Outlets whose phone or AMP host stands for www, not for the bare domain."""
_SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|cfm|do)$", re.IGNORECASE)
_PAGE_PARAMETERS = frozenset({"page", "hal", "halaman", "showpage", "paged", "pg"})
_ALL_PAGES = frozenset({"all", "semua", "full", "0", "1"})
_AMP_LABEL = re.compile(r"^(?:amp|m|mobile|wap|touch)\.(?=.)", re.IGNORECASE)
_AMP_TAIL = re.compile(r"(?:/amp|/amp\.html|\.amp(?=$|\.html$)|/platform/amp|/view/amp)/?$", re.IGNORECASE)
_AMP_HEAD = re.compile(r"^/(?:amp|m/amp)(?=/.)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_DATE_NUMBER = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_FRONT_PATHS = re.compile(
    r"^/?(?:index(?:\.\w{2,5})?|home|beranda|id|en|news|berita|indeks|terkini|default\.aspx?|m|amp)?/?$", re.IGNORECASE
)
_KOMPAS_AMP = re.compile(r"^/([a-z]{3,20})(/read/.+)$")
_PAGE_TAIL = {
    "detik.com": re.compile(r"(?<=/d-)(\d+/[^/]+)/\d{1,2}$"),
    "republika.co.id": re.compile(r"-part\d{1,2}$"),
    "liputan6.com": re.compile(r"(?<=/read/)(\d+/[^/]+)/(?:page-)?\d{1,2}$"),
}
"""Outlets whose further pages have a path of their own."""


def _fld(host: str) -> str | None:
    """Return the registrable domain of a host; None for an address, a lone name and a public suffix (co.id)."""
    found = get_tld(f"https://{host}/", as_object=True, fail_silently=True)
    if found is None or isinstance(found, str) or found.domain == found.tld:
        return None
    return str(found.fld)


def registrable_domain(url: str) -> str:
    """Return the domain one can register, `detik.com` for news.detik.com; the host itself for an address."""
    host = (urlsplit(url).hostname or "").lower()
    return _fld(host) or host


def is_web_url(url: str) -> bool:
    """Tell whether this is an http(s) URL with a host."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def absolute(link: str | None, base: str) -> str | None:
    """Return a link of a page as an absolute http(s) URL without fragment; None for what is no page or file."""
    if not link or len(link) > MAX_URL_CHARS or link.strip().lower().startswith(("javascript:", "data:", "mailto:")):
        return None
    link = re.sub(r"^https?:(?=https?://)", "", link.strip())
    try:
        joined = urljoin(base, link)
    except ValueError:
        return None
    return joined.split("#", 1)[0] if is_web_url(joined) else None


def names_article(path: str) -> bool:
    """Tell whether a path itself names one article: a slug of at least three words, or a long number."""
    segments = [segment for segment in unquote(path).split("/") if segment]
    if not segments:
        return False
    if _SCRIPT.search(segments[-1]):
        return bool(_LONG_NUMBER.search(path))
    slug = any(len(_WORDS.findall(segment)) >= 3 for segment in segments[-2:])
    return slug or bool(_LONG_NUMBER.search(path)) or bool(re.search(r"\d+/[^/]*-", path))


def shared_numbers(one: str, other: str) -> frozenset[str]:
    """Return the long numbers that two URLs share, dates left out: an outlet's own number of an article."""
    shared = set(_LONG_NUMBER.findall(one)) & set(_LONG_NUMBER.findall(other))
    return frozenset(number for number in shared if not _DATE_NUMBER.fullmatch(number))


def is_front_page(url: str) -> bool:
    """Tell whether a URL is a site's front page or its general index."""
    parts = urlsplit(url)
    return bool(_FRONT_PATHS.match(parts.path)) and not parts.query


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    label = _AMP_LABEL.match(host)
    if label:
        rest = host[label.end() :]
        # "m.id" is a site, not the phone page of "id".
        if _fld(rest):
            host = f"www.{rest}" if rest in _WWW_SITES else rest
    port = parts.port
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, default) else f"{host}:{port}"


def _path(path: str, domain: str) -> str:
    for _ in range(3):
        shorter = _AMP_HEAD.sub("", _AMP_TAIL.sub("", path))
        if shorter == path:
            break
        path = shorter
    page_tail = _PAGE_TAIL.get(domain)
    if page_tail is not None:
        path = page_tail.sub(lambda match: match.group(1) if match.re.groups else "", path)
    return path.rstrip("/") or "/"


def _keeps(name: str, value: str, path_names_article: bool) -> bool:
    key = name.lower().strip()
    if _TRACKING.fullmatch(key):
        return False
    if key in _AMP_PARAMETERS:
        return not (value.lower() in {"", "1", "true", "amp", "0"} or path_names_article)
    if key in _PAGE_PARAMETERS and path_names_article:
        return not (value.lower() in _ALL_PAGES or (value.isdigit() and len(value) <= 2))
    if key in _WEAK and path_names_article:
        return value.isdigit() and len(value) > 1
    return bool(key)


def _once(url: str) -> str:
    parts = urlsplit(url)
    domain = registrable_domain(url)
    path, host = _path(parts.path, domain), _host(parts)
    if domain == "kompas.com" and (parts.hostname or "").lower().startswith("amp."):
        section = _KOMPAS_AMP.match(path)
        host, path = (f"{section.group(1)}.kompas.com", section.group(2)) if section else (host, path)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    named = names_article(path)
    kept = [(name, value) for name, value in pairs if _keeps(name, value, named)]
    bare = urlunsplit((parts.scheme.lower(), host, path, urlencode(kept), ""))
    return str(canonicalize_url(bare, keep_fragments=False))


def canonical_url(url: str) -> str:
    """Return the one form of a URL. A file: URL comes back without its fragment.

    Raises ExtractError for what is no http(s) or file URL, or is longer than 2,048 characters.
    """
    url = re.sub(r"[\x00-\x20\x7f\s]+", "", url)
    if url.lower().startswith("file:"):
        return url.split("#", 1)[0]
    if not is_web_url(url) or len(url) > MAX_URL_CHARS:
        raise ExtractError(f"not an http(s) URL of at most {MAX_URL_CHARS} characters: {url[:200]!r}")
    try:
        # Taking one part away can uncover another (/amp/amp, an encoded tracking name): repeat until nothing changes.
        for _ in range(5):
            shorter = _once(url)
            if shorter == url:
                break
            url = shorter
    except (ValueError, UnicodeError) as error:
        raise ExtractError(f"malformed URL: {error}") from error
    return url


def _contradicts(page_url: str, declared: str) -> bool:
    """Tell whether a declared canonical URL would merge this page with others."""
    page, other = urlsplit(page_url), urlsplit(declared)
    if is_front_page(declared) and not is_front_page(page_url):
        return True
    if names_article(page.path) and not names_article(other.path) and not other.query:
        return True
    numbers = set(_LONG_NUMBER.findall(page_url))
    others = set(_LONG_NUMBER.findall(declared))
    if numbers and others and not numbers & others:
        return True
    ids = {value for _, value in parse_qsl(page.query) if value.isdigit()}
    return bool(ids) and not names_article(other.path) and not any(value in declared for value in ids)


def choose_canonical(page_url: str, declared: tuple[str | None, ...], aliases: tuple[str, ...] = ()) -> str:
    """Return the canonical URL of a page, given what the page declares (rel=canonical, og:url, JSON-LD), best first.

    A declaration counts only when it is of the same site (or of one of the outlet's `aliases`, registrable domains),
    is no front page and does not contradict the URL the page was fetched from.
    """
    own = canonical_url(page_url)
    site = registrable_domain(own) if is_web_url(own) else ""
    for link in declared:
        target = absolute(link, own) if link and link.strip() else None
        if target is None or urlsplit(target).path in {"", "/"}:
            continue
        if not site:
            return canonical_url(target)
        if registrable_domain(target) not in {site, *aliases}:
            continue
        candidate = canonical_url(target)
        if not _contradicts(own, candidate):
            return candidate
    return own
