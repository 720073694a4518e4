"""What a page's meta tags, microdata and link tags say of its article."""

from dataclasses import dataclass, field

from collector.extract.page import Page, elements, squeeze, text_of

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "content_publisheddate", "publishdate", "dtk:publishdate", "publish-date",
    "publish_date", "pubdate", "publication_date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dc.date", "date", "article:created_time", "datecreated", "dtk:createdate", "originalpublicationdate",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "datemodified", "article:modified",
    "lastmod", "last-modified", "dcterms.modified", "modified_date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "title", "content_title", "dtk:titlearticle", "dc.title")
_AUTHORS = (
    "author",
    "article:author",
    "content_author",
    "dtk:author",
    "parsely-author",
    "byl",
    "dc.creator",
    "reporter",
)
_SECTIONS = ("article:section", "content_category", "parsely-section", "articlesection", "dtk:kanalname", "section")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnailurl")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher")
_KEPT_PER_NAME = 6


@dataclass(frozen=True, slots=True)
class MetaTags:
    """All named values of a page, lower-case names, plus its link and title tags."""

    values: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    amp_link: str | None = None
    image_src: str | None = None
    page_title: str | None = None
    microdata_urls: tuple[str, ...] = ()

    def first(self, *names: str) -> str | None:
        """Return the first non-empty value of the first name that has one."""
        return next((value for name in names for value in self.values.get(name, []) if value), None)

    def all(self, names: tuple[str, ...]) -> list[str]:
        """Return all values of the names, in the order of the names."""
        return [value for name in names for value in self.values.get(name, []) if value]

    @property
    def titles(self) -> list[str]:
        """Return the titles the page declares, best first."""
        return self.all(_TITLES) + ([self.page_title] if self.page_title else [])

    @property
    def published(self) -> list[str]:
        """Return the publication times the page declares, best first."""
        return self.all(_PUBLISHED)

    @property
    def modified(self) -> list[str]:
        """Return the modification times the page declares, best first."""
        return self.all(_MODIFIED)

    @property
    def authors(self) -> list[str]:
        """Return the authors the page declares."""
        return self.all(_AUTHORS)

    @property
    def section(self) -> str | None:
        """Return the section the page declares."""
        return self.first(*_SECTIONS)

    @property
    def images(self) -> list[str]:
        """Return the lead images the page declares, best first."""
        return self.all(_IMAGES) + ([self.image_src] if self.image_src else [])

    @property
    def site_name(self) -> str | None:
        """Return how the site calls itself."""
        return self.first(*_SITES)


def read_metatags(page: Page) -> MetaTags:
    """Read a page's meta and link tags. Microdata (`itemprop`) counts as a meta tag of that name."""
    values: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    urls: list[str] = []
    title: str | None = None
    for element in elements(page.root):
        if element.tag == "meta":
            content = squeeze(element.get("content"))
            for attribute in ("property", "name", "itemprop"):
                name = squeeze(element.get(attribute)).lower()
                known = values.setdefault(name, []) if name else None
                if known is not None and content and len(known) < _KEPT_PER_NAME and content not in known:
                    known.append(content)
        elif element.tag == "link" and element.get("href"):
            for relation in (element.get("rel") or "").lower().split():
                links.setdefault(relation, squeeze(element.get("href")))
        elif element.tag == "title" and title is None and element.getparent() is not None:
            title = text_of(element) or None
        if element.get("itemprop") == "url" and element.get("href"):
            urls.append(element.get("href") or "")
    return MetaTags(
        values=values,
        canonical=links.get("canonical"),
        amp_link=links.get("amphtml"),
        image_src=links.get("image_src"),
        page_title=title,
        microdata_urls=tuple(urls[:3]),
    )
