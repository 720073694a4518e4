"""A parsed page together with everything its head says of the article, and the outlet's profile."""

from dataclasses import dataclass

from collector.extract.jsonld import JsonLd
from collector.extract.metatags import MetaTags
from collector.extract.page import Page
from collector.extract.profiles import Profile


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a page before its body is looked for."""

    page: Page
    meta: MetaTags
    jsonld: JsonLd
    profile: Profile

    @property
    def declared_urls(self) -> tuple[str | None, ...]:
        """Return the addresses the page gives for itself, most trusted first."""
        return (self.meta.canonical, self.meta.first("og:url"), *self.jsonld.urls, *self.meta.microdata_urls)

    @property
    def outlet_names(self) -> tuple[str, ...]:
        """Return how the outlet calls itself on this page and in its profile."""
        found = (*self.profile.names, self.meta.site_name, self.jsonld.publisher)
        return tuple(name for name in found if name)
