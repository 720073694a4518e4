"""The fakes pass the same suites as the adapters on Elasticsearch."""

import pytest

from tests.builders.collector_suites import FetchStateSuite, FingerprintSuite
from tests.fakes.collector_stores import MemoryFetchStates, MemoryFingerprints


class TestFingerprintsInMemory(FingerprintSuite):
    @pytest.fixture
    def store(self):
        return MemoryFingerprints()


class TestFetchStatesInMemory(FetchStateSuite):
    @pytest.fixture
    def states(self):
        return MemoryFetchStates()
