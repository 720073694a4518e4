"""What the search service reads from the environment."""

from pydantic import Field, SecretStr
from runtime.settings import ServiceSettings


class SearchSettings(ServiceSettings):
    """Settings of the indexer and of the gateway, beside those that every service shares."""

    search_api_host: str = Field(default="127.0.0.1", description="Address the gateway listens on")
    search_api_port: int = Field(default=8000, ge=0, le=65_535, description="Port of the gateway; 0 takes a free one")
    search_index_health_port: int = Field(default=18004, ge=0, le=65_535, description="Health port of the indexer")
    search_stories_health_port: int = Field(default=18005, ge=0, le=65_535, description="Health port of the stories")
    search_stories_batch_size: int = Field(
        default=50, ge=1, le=500, description="Articles grouped, and committed, at once"
    )
    search_stories_keep_days: int = Field(
        default=60,
        ge=31,
        le=3_650,
        description="Days after a story's last article until it is compared with nothing new; copies are sought for 30",
    )
    search_batch_size: int = Field(default=500, ge=1, le=5_000, description="Messages read, and committed, at once")
    search_bulk_max_bytes: int = Field(default=8_000_000, ge=10_000, description="Size of one bulk request")
    search_max_wait_s: float = Field(default=30.0, gt=0, le=120, description="Longest wait between two tries of a bulk")
    search_replicas: int = Field(default=0, ge=0, le=5, description="Replicas of each index; 0 on a single node")
    search_refresh_s: float = Field(default=1.0, gt=0, le=60, description="How long an indexed article may stay unseen")
    search_cursor_key: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Signs cursors; without it a random key is made once and kept in Elasticsearch",
    )
    search_pit_keep_alive_s: int = Field(
        default=300, ge=10, le=3_600, description="How long a cursor of a search by relevance stays valid"
    )
