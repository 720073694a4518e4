"""The settings that every service shares. Each service's own `settings.py` inherits from `ServiceSettings`.

Everything is read from environment variables with the prefix `PANTAU_`; a wrong value stops the service at its start
with the variable's name.
"""

from pathlib import Path
from typing import Literal

from contract.names import Names
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SecurityProtocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
SaslMechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class ServiceSettings(BaseSettings):
    """What a service needs to be one: where the broker and the cluster are, how to log, which namespace."""

    model_config = SettingsConfigDict(env_prefix="PANTAU_", extra="ignore", frozen=True)

    namespace: str = Field(default="", description="Prefix of every topic, group and index; empty or ends in '-'")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is logged"
    )
    log_format: Literal["ecs", "console"] = Field(default="ecs", description="JSON lines in ECS, or lines for a person")
    health_host: str = Field(default="127.0.0.1", description="Address the health and metrics port listens on")

    kafka_bootstrap_servers: str = Field(default="127.0.0.1:19092", description="host:port, comma separated")
    kafka_security_protocol: SecurityProtocol = Field(default="PLAINTEXT", description="How the broker is reached")
    kafka_sasl_mechanism: SaslMechanism | None = Field(
        default=None, description="How to say who one is; none: not at all"
    )
    kafka_sasl_username: str | None = Field(default=None, description="Name for the broker")
    kafka_sasl_password: SecretStr | None = Field(default=None, description="Password for the broker")
    kafka_ssl_ca_file: Path | None = Field(default=None, description="CA that the broker is trusted by")

    kafka_replication: int = Field(default=1, ge=1, le=9, description="Copies of each topic when Pantau creates it")
    kafka_session_timeout_s: float = Field(
        default=10.0, ge=6, le=300, description="After so long without a sign a dead worker's partitions go to others"
    )

    elastic_urls: str = Field(default="http://127.0.0.1:19200", description="URLs, comma separated")
    elastic_api_key: SecretStr | None = Field(default=None, description="API key of the cluster")
    elastic_ca_file: Path | None = Field(default=None, description="CA that the cluster is trusted by")
    elastic_timeout_s: float = Field(default=10.0, gt=0, le=120, description="Longest wait for an answer")

    retry_attempts: int = Field(default=3, ge=1, le=20, description="Tries in place before a message is parked")
    retry_wait_s: float = Field(default=0.5, gt=0, le=60, description="First wait between tries; doubles, with jitter")
    retry_topic_attempts: int = Field(
        default=60, ge=1, description="Rounds through the retry topic before a message goes to the dead letter"
    )
    retry_topic_wait_s: float = Field(default=5.0, gt=0, le=600, description="First wait in the retry topic; doubles")
    retry_topic_max_wait_s: float = Field(default=60.0, gt=0, le=600, description="Longest wait in the retry topic")
    send_timeout_s: float = Field(default=30.0, gt=0, le=300, description="Until the broker must have acknowledged")
    shutdown_timeout_s: float = Field(default=25.0, gt=0, le=300, description="To finish what is at hand at the end")
    dead_letters_in_a_row: int = Field(
        default=50, ge=1, description="Failures in a row after which a service stops instead of draining its topic"
    )
    stuck_after_s: float = Field(
        default=120.0, gt=0, description="A service with lag whose offset has not moved for so long is not live"
    )

    @field_validator("namespace")
    @classmethod
    def _namespace_is_a_prefix(cls, value: str) -> str:
        Names(value)
        return value

    @property
    def names(self) -> Names:
        return Names(self.namespace)
