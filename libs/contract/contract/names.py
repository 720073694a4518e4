"""Names of topics, consumer groups and indices, each made in one place.

A namespace is a prefix that keeps two installations, or two tests, apart on one broker and one cluster.
"""

import re
from dataclasses import dataclass

_NAMESPACE = re.compile(r"^([a-z0-9]{1,30}-)?$")

ARTICLES_ALIAS = "articles"


@dataclass(frozen=True)
class Names:
    """Makes every name from one namespace, which is empty or ends in a hyphen, for example `uji1-`."""

    namespace: str = ""

    def __post_init__(self) -> None:
        if not _NAMESPACE.match(self.namespace):
            raise ValueError(f"namespace {self.namespace!r} must be empty, or letters and digits and a final '-'")

    def topic(self, topic: str) -> str:
        return f"{self.namespace}{topic}"

    def dead_letter(self, topic: str, service: str) -> str:
        """Return the dead letter of a topic for one reader: two readers fail for reasons of their own."""
        return f"{self.namespace}{topic}.dead.{service}"

    def retry(self, topic: str, service: str) -> str:
        return f"{self.namespace}{topic}.retry.{service}"

    def group(self, service: str) -> str:
        return f"{self.namespace}{service}"

    def articles_alias(self) -> str:
        return f"{self.namespace}{ARTICLES_ALIAS}"

    def articles_index(self, month: str) -> str:
        """Return the index of a month given as `YYYY.MM`."""
        return f"{self.namespace}{ARTICLES_ALIAS}-{month}"

    def articles_pattern(self) -> str:
        return f"{self.namespace}{ARTICLES_ALIAS}-*"

    def index(self, name: str) -> str:
        """Return a state index: `dispositions`, `alerts`, `sources`, `fetch-state`, `fingerprints`."""
        return f"{self.namespace}{name}"
