"""A namespace of its own for each test of the stream worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.runtime.trial import Trial


@pytest.fixture
def trial(kafka_bootstrap: str, namespace: str, tmp_path: Path) -> Iterator[Trial]:
    trial = Trial(kafka_bootstrap, namespace, tmp_path)
    trial.create_topics()
    yield trial
    trial.close()
