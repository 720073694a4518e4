"""The only reader of the environment in this package: where things live, which ports, how much memory."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
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

    model_config = SettingsConfigDict(env_prefix="PANTAU_", extra="ignore")

    home: Path = Field(default=repository() / ".pantau", description="Engines, data, logs and run state")
    kafka_port: int = Field(default=19092, ge=1, le=65_535, description="Port of the Kafka broker")
    kafka_controller_port: int = Field(default=19093, ge=1, le=65_535, description="Port of Kafka's controller")
    elastic_port: int = Field(default=19200, ge=1, le=65_535, description="HTTP port of Elasticsearch")
    elastic_transport_port: int = Field(default=19300, ge=1, le=65_535, description="Transport port of Elasticsearch")
    kafka_heap_mb: int = Field(default=320, ge=128, description="Java heap of Kafka in MB")
    elastic_heap_mb: int = Field(default=512, ge=256, description="Java heap of Elasticsearch in MB")
    embedded_start_timeout_s: float = Field(
        default=120.0, gt=0, description="How long an engine may take to become ready, in seconds"
    )
    collector_registry: Path | None = Field(
        default=None, description="Source registry in `run`; by default the sample newsroom's"
    )

    def ports(self) -> Ports:
        """The four ports of the engines."""
        return Ports(
            kafka=self.kafka_port,
            kafka_controller=self.kafka_controller_port,
            elastic=self.elastic_port,
            elastic_transport=self.elastic_transport_port,
        )
