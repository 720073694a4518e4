"""Where is this article, and why: the dispositions of an article in the order of the pipeline."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from contract.outcomes import Outcome, Service

ORDER = {str(service): place for place, service in enumerate(Service)}
_TRACKING = ("utm_", "fbclid", "gclid", "igshid", "mc_", "ref", "source", "cmpid", "_ga", "amp")

STATUS: dict[str, str] = {
    Outcome.PASSED: "Sedang diproses: sudah melewati {service}, belum sampai tahap berikutnya.",
    Outcome.INDEXED: "Sudah dapat dicari.",
    Outcome.DUPLICATE: "Tidak ditampilkan sendiri: isinya sama dengan berita lain dari media itu.",
    Outcome.REJECTED: "Tidak diambil: halaman ini tidak terbaca sebagai berita.",
    Outcome.DEAD: "Gagal diproses dan menunggu pemeriksaan petugas teknis.",
}


def candidates(url: str) -> tuple[str, ...]:
    """Return the addresses an article may be known by: as given, without fragment, tracking, and end slash.

    The collector's own canonical form is stored beside each address, so a near miss here costs little.
    """
    url = url.strip()
    if "//" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return (url,)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([(key, value) for key, value in pairs if not key.lower().startswith(_TRACKING)])
    hosts = dict.fromkeys((parts.netloc, parts.netloc.lower()))
    found: dict[str, None] = {url: None}
    for scheme in dict.fromkeys((parts.scheme, "https", "http")):
        for host in hosts:
            for query in dict.fromkeys((parts.query, kept, "")):
                for path in dict.fromkeys((parts.path, parts.path.rstrip("/"), parts.path.rstrip("/") + "/")):
                    found[urlunsplit((scheme, host, path, query, ""))] = None
    return tuple(found)


def stages_of(dispositions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stages: by revision, then in the order of the pipeline."""
    ordered = sorted(dispositions, key=lambda one: (one["revision"], ORDER.get(one["service"], len(ORDER)), one["at"]))
    keys = ("service", "outcome", "at", "detail", "reason", "revision")
    return [{key: one.get(key, "") for key in keys} for one in ordered]


def status_of(stages: list[dict[str, Any]]) -> str:
    """Return in words where the article is now: what its newest revision's furthest service said."""
    last = stages[-1]
    return STATUS[last["outcome"]].format(service=last["service"])


def choose_article(dispositions: list[dict[str, Any]], urls: tuple[str, ...]) -> str:
    """Return the article meant by an address: the one known by the form nearest to the given one, then the latest."""
    place = {url: index for index, url in enumerate(urls)}

    def nearness(one: dict[str, Any]) -> int:
        return min(place.get(one["url"], len(urls)), place.get(one["canonical_url"], len(urls)))

    best = min(nearness(one) for one in dispositions)
    return str(max((one for one in dispositions if nearness(one) == best), key=lambda one: one["at"])["article_id"])
