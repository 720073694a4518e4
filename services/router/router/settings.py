"""The router's settings: the only reader of the environment. Prefix PANTAU_, the router's own PANTAU_ROUTER_."""

from pathlib import Path

from pydantic import Field
from runtime.settings import ServiceSettings


class RouterSettings(ServiceSettings):
    """What the router needs beside what every service needs."""

    router_health_port: int = Field(default=18003, ge=0, le=65_535, description="Port of health and metrics")
    router_rules_file: Path = Field(default=Path("config/routing.yaml"), description="Thresholds and mute lists")
    router_batch: int = Field(default=32, ge=1, le=500, description="Most messages that are routed at once")
