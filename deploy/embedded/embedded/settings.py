"""The only reader of the environment in this package: where things live, which ports, how much memory."""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from embedded.ports import Ports


def repository() -> Path:
    """The repository this package stands in, else the working directory."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "deploy" / "embedded").is_dir() and (folder / "services").is_dir():
            return folder
    return Path.cwd()


class EmbeddedSettings(BaseSettings):
    """Settings of the embedded engines; each is an environment variable PANTAU_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="PANTAU_", extra="ignore", populate_by_name=True)

    home: Path = Field(default_factory=lambda: repository() / ".pantau", description="Engines, data, logs, run state")
    kafka_port: int = Field(19092, ge=1, le=65535, description="Port of the Kafka broker")
    kafka_controller_port: int = Field(19093, ge=1, le=65535, description="Port of Kafka's controller")
    elastic_port: int = Field(19200, ge=1, le=65535, description="HTTP port of Elasticsearch")
    elastic_transport_port: int = Field(19300, ge=1, le=65535, description="Transport port of Elasticsearch")
    kafka_heap_mb: int = Field(320, ge=128, description="Java heap of Kafka in MB")
    elastic_heap_mb: int = Field(512, ge=256, description="Java heap of Elasticsearch in MB")
    collector_sources: Path | None = Field(None, description="Source registry of the collector in `run`")
    start_timeout_s: float = Field(
        120.0,
        gt=0,
        validation_alias=AliasChoices("PANTAU_EMBEDDED_START_TIMEOUT_S", "start_timeout_s"),
        description="How long an engine may take to become ready, in seconds",
    )

    def ports(self) -> Ports:
        """The four ports of the engines."""
        return Ports(
            kafka=self.kafka_port,
            kafka_controller=self.kafka_controller_port,
            elastic=self.elastic_port,
            elastic_transport=self.elastic_transport_port,
        )
