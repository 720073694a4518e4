"""The office where stories are read and changed."""

from collections.abc import Iterator

import pytest

from tests.builders.story_office import Office, story_office


@pytest.fixture
def office() -> Iterator[Office]:
    with story_office() as made:
        yield made
