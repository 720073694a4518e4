"""Real engines for every test that asks for them: one pair per test session, one namespace per test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from embedded.stack import Stack
from embedded.testing import outside_or_temporary_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A Kafka broker and an Elasticsearch node of this session's own; installs the engines when they are missing."""
    with outside_or_temporary_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture(scope="session")
def kafka_bootstrap(stack: Stack) -> str:
    """host:port of the broker, for PANTAU_KAFKA_BOOTSTRAP_SERVERS."""
    return stack.kafka_bootstrap


@pytest.fixture(scope="session")
def elastic_url(stack: Stack) -> str:
    """Address of the node, for PANTAU_ELASTIC_URLS."""
    return stack.elastic_url


@pytest.fixture
def namespace() -> str:
    """A prefix no other test uses, for PANTAU_NAMESPACE: topics, groups and indices of tests never meet."""
    return f"t{uuid.uuid4().hex[:12]}-"
