"""The collector's settings: the only reader of the environment. PANTAU_COLLECTOR_<NAME>, beside the shared ones."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from contract.messages import MAX_TEXT_CHARS, MAX_TITLE_CHARS
from pydantic import Field, field_validator
from runtime.settings import ServiceSettings

from collector.domain.addresses import Allowed
from collector.domain.compose import TextTerms
from collector.domain.items import ItemTerms
from collector.domain.polling import PollTerms
from collector.domain.revisit import RevisitPolicy, RevisitTerms
from collector.domain.robots_rules import USER_AGENT_TOKEN, RobotsTerms

VERSION = "0.1"
_MB = 1024 * 1024


class NoContactError(ValueError):
    """Somebody else's site is to be fetched and the settings name no contact."""


class CollectorSettings(ServiceSettings):
    """Every pace and limit of the collector. Times in seconds, sizes in bytes."""

    collector_registry: Path = Field(default=Path("config/sources.jatim.yaml"), description="The source registry")
    collector_archive_dir: Path = Field(default=Path(".pantau/archive"), description="Folder of the WARC files")
    collector_health_port: int = Field(default=18_001, ge=0, le=65_535, description="0 takes a free port")
    collector_contact: str = Field(
        default="", max_length=200, pattern=r"^[\x20-\x7e]*$",
        description="URL or e-mail address in the User-Agent, for outlets that want to ask or complain; without it "
        "only hosts of collector_allowed_private are asked",
    )  # fmt: skip
    collector_allowed_private: str = Field(
        default="", description="host:port pairs and networks, comma separated, that may be fetched though not public"
    )
    collector_generation: int = Field(default=0, ge=0, lt=1_000_000, description="Processing generation of articles")

    collector_host_spacing_s: float = Field(
        default=1.0, ge=0, le=600, description="Pause between two requests to a host"
    )
    collector_private_spacing_s: float = Field(
        default=0.02, ge=0, le=600, description="The same at a host that collector_allowed_private names"
    )
    collector_max_open: int = Field(default=32, ge=1, le=1_000, description="Requests at a time, over all hosts")
    collector_max_redirects: int = Field(default=5, ge=0, le=20, description="Followed for one page or feed")
    collector_request_total_s: float = Field(default=30.0, gt=0, le=300, description="From the name to the last byte")
    collector_connect_s: float = Field(default=10.0, gt=0, le=60, description="Longest wait for a connection")
    collector_read_s: float = Field(default=15.0, gt=0, le=120, description="Longest silence inside an answer")
    collector_robots_expiry_s: float = Field(default=86_400, ge=60, description="How long robots.txt is believed")
    collector_robots_wait_s: float = Field(
        default=600, ge=1, description="Until a robots.txt that failed is asked again"
    )

    collector_page_bytes: int = Field(default=4 * _MB, ge=1_000, description="Article page, also when unpacked")
    collector_feed_bytes: int = Field(default=8 * _MB, ge=1_000, description="Feed or listing, also when unpacked")
    collector_sitemap_bytes: int = Field(default=50 * _MB, ge=1_000, description="Sitemap, also when unpacked")
    collector_items_per_poll: int = Field(
        default=200, ge=1, le=2_000, description="New links taken up at a time; the rest comes with the next poll"
    )
    collector_item_age_s: float = Field(
        default=60 * 86_400, ge=60, description="Items that say they are older stay out"
    )
    collector_sitemap_entries: int = Field(default=5_000, ge=1, le=50_000, description="Read of one sitemap")
    collector_sitemap_children: int = Field(default=5, ge=1, le=100, description="Of an index, in one poll")
    collector_title_chars: int = Field(default=MAX_TITLE_CHARS, ge=50, le=MAX_TITLE_CHARS, description="Longer is cut")
    collector_text_chars: int = Field(
        default=MAX_TEXT_CHARS, ge=1_000, le=MAX_TEXT_CHARS, description="Longer is refused"
    )
    collector_extract_s: float = Field(
        default=30.0, gt=0, description="Longest extraction of a page, reading of a feed"
    )
    collector_article_pages: int = Field(default=10, ge=1, le=50, description="Pages joined to one article")

    collector_backoff_max_s: float = Field(default=3_600, ge=1, description="Longest wait for a source that fails")
    collector_blocked_min_s: float = Field(default=3_600, ge=1, description="Shortest such wait when an outlet refuses")
    collector_dead_failures: int = Field(default=20, ge=1, description="Failures in a row until a source is dead")
    collector_dead_after_s: float = Field(default=7 * 86_400, ge=0, description="… over at least so long")
    collector_poll_jitter: float = Field(default=0.1, ge=0, le=0.5, description="Share of the interval, to either side")

    collector_revisit_min_s: float = Field(default=600, ge=1, description="First revisit after so long")
    collector_revisit_growth: float = Field(default=0.5, ge=0.01, description="Wait as a share of the article's age")
    collector_revisit_horizon_s: float = Field(default=7 * 86_400, ge=0, description="No revisit of older articles")
    collector_told_gap_s: float = Field(default=60, ge=0, description="Between visits that a source's word causes")
    collector_private_revisit_min_s: float = Field(
        default=20, ge=1, description="First revisit at a host that collector_allowed_private names"
    )
    collector_private_revisit_growth: float = Field(default=0.5, ge=0.01, description="The wait's share of age there")
    collector_private_told_gap_s: float = Field(default=3, ge=0, description="The same for a source's word")
    collector_gone_attempts: int = Field(
        default=3, ge=2, le=20, description="Times a page must be missing (404, redirect away) until it is called gone"
    )
    collector_gone_wait_s: float = Field(default=300, ge=1, description="Between the first two of them; doubles")
    collector_private_gone_wait_s: float = Field(
        default=3, ge=0.1, description="The same at a host that collector_allowed_private names"
    )
    collector_retry_wait_s: float = Field(default=30, gt=0, description="After a failed visit; doubles")
    collector_visit_attempts: int = Field(default=10, ge=1, description="Failed visits until an unread page is dead")

    collector_max_waiting: int = Field(default=2_000, ge=1, description="Links at work; above it no source is polled")
    collector_stagger_s: float = Field(default=0.1, ge=0, le=10, description="Between the first polls after a start")
    collector_claim_grace_s: float = Field(default=60, ge=1, description="Trust in a claim whose holder is undecided")
    collector_heartbeat_s: float = Field(default=60, ge=5, description="A loop silent for so long is not live")

    @field_validator("collector_allowed_private")
    @classmethod
    def _entries_can_be_read(cls, value: str) -> str:
        Allowed.parse(_listed(value))
        return value

    @property
    def user_agent(self) -> str:
        return f"{USER_AGENT_TOKEN}/{VERSION}" + (f" (+{self.collector_contact})" if self.collector_contact else "")

    def require_contact(self, urls: Iterable[str]) -> None:
        """Raise NoContactError when an outlet is to be asked that could not find out who asks."""
        strangers = sorted({urlsplit(url).netloc for url in urls} - self.quick_hosts)
        if strangers and not self.collector_contact:
            raise NoContactError(
                f"PANTAU_COLLECTOR_CONTACT is not set: {strangers[0]} must be able to find out who fetches its pages; "
                "give a URL or an e-mail address"
            )

    @property
    def allowed(self) -> Allowed:
        return Allowed.parse(_listed(self.collector_allowed_private))

    @property
    def quick_hosts(self) -> frozenset[str]:
        """Hosts as they stand in URLs, for which the shorter spacing holds."""
        return frozenset(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.allowed.hosts)

    @property
    def robots_terms(self) -> RobotsTerms:
        return RobotsTerms(expiry_s=self.collector_robots_expiry_s, wait_s=self.collector_robots_wait_s)

    @property
    def item_terms(self) -> ItemTerms:
        return ItemTerms(
            max_new=self.collector_items_per_poll,
            max_items=self.collector_sitemap_entries,
            max_age_s=self.collector_item_age_s,
            max_title_chars=self.collector_title_chars,
        )

    @property
    def text_terms(self) -> TextTerms:
        return TextTerms(max_title_chars=self.collector_title_chars, max_text_chars=self.collector_text_chars)

    @property
    def poll_terms(self) -> PollTerms:
        return PollTerms(
            backoff_max_s=self.collector_backoff_max_s,
            blocked_min_s=self.collector_blocked_min_s,
            dead_failures=self.collector_dead_failures,
            dead_after_s=self.collector_dead_after_s,
            jitter=self.collector_poll_jitter,
        )

    @property
    def revisit_policy(self) -> RevisitPolicy:
        usual = RevisitTerms(
            min_s=self.collector_revisit_min_s,
            growth=self.collector_revisit_growth,
            horizon_s=self.collector_revisit_horizon_s,
            told_gap_s=self.collector_told_gap_s,
            retry_wait_s=self.collector_retry_wait_s,
            attempts=self.collector_visit_attempts,
            gone_attempts=self.collector_gone_attempts,
            gone_wait_s=self.collector_gone_wait_s,
        )
        own = replace(
            usual,
            min_s=self.collector_private_revisit_min_s,
            growth=self.collector_private_revisit_growth,
            told_gap_s=self.collector_private_told_gap_s,
            gone_wait_s=self.collector_private_gone_wait_s,
        )
        return RevisitPolicy(usual, own, self.quick_hosts)


def _listed(value: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in value.split(",") if entry.strip())
