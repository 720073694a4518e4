"""Every example message of each topic that the indexer reads goes through its real handler and is written."""

from importlib import resources
from importlib.resources.abc import Traversable

import pytest
from search.adapters.kafka_reader import READ_CARDS
from search.domain.batch import Received

from tests.fakes.indexer_bench import Bench, Shelf

EXAMPLES = [
    pytest.param(card, example, id=f"{card.topic}-{example.name}")
    for card in READ_CARDS
    for example in resources.files("contract").joinpath("examples", card.message.__name__).iterdir()
    if example.name.endswith(".json")
]


def test_there_are_examples_of_every_topic() -> None:
    assert {example.values[0] for example in EXAMPLES} == set(READ_CARDS)


@pytest.mark.parametrize(("card", "example"), EXAMPLES)
def test_an_example_is_indexed(card: object, example: Traversable) -> None:
    bench = Bench(Shelf())
    bench.indexer.handle([Received(card, "t", 0, 7, b"k", example.read_bytes())])  # type: ignore[arg-type]
    assert any(bench.shelf.calls) or bench.annotations.kept
    assert bench.post.sent == []
    assert bench.line.committed == [7]
