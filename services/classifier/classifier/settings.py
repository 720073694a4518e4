"""The classifier's settings; the only place that reads the environment."""

from pathlib import Path

from pydantic import Field
from runtime.settings import ServiceSettings


class ClassifierSettings(ServiceSettings):
    """The shared settings and the classifier's own, prefix PANTAU_."""

    classifier_health_port: int = Field(default=18002, ge=0, le=65535, description="Port of health and metrics")
    classifier_models: Path | None = Field(default=None, description="Folder of the models; the packaged ones if empty")
    classifier_max_batch: int = Field(default=16, ge=1, le=256, description="Most articles read in one go")
