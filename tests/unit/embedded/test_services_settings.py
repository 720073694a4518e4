"""What the supervisor and the compose file tell a service must be something the service reads."""

from pathlib import Path

import pytest
from classifier.settings import ClassifierSettings
from collector.settings import CollectorSettings
from embedded.plan import SERVICES, RunAddresses, plan
from router.settings import RouterSettings
from search.settings import SearchSettings

READS = {
    "collector": CollectorSettings,
    "classifier": ClassifierSettings,
    "router": RouterSettings,
    "indexer": SearchSettings,
    "stories": SearchSettings,
    "api": SearchSettings,
}
WITH_SETTINGS = [card for card in SERVICES if card.name in READS]


def variables(name: str) -> set[str]:
    return {f"PANTAU_{field}".upper() for field in READS[name].model_fields}


@pytest.mark.parametrize("card", WITH_SETTINGS, ids=lambda card: card.name)
def test_every_variable_the_supervisor_sets_is_read_by_the_service(card):
    addresses = RunAddresses("127.0.0.1:1", "http://127.0.0.1:2")
    made = plan(card, addresses, sources=Path("/s"), archive=Path("/a"), newsroom_ports=(3,))
    told = {variable for variable in made.environment if variable.startswith("PANTAU_")}
    assert told <= variables(card.name)


@pytest.mark.parametrize("card", WITH_SETTINGS, ids=lambda card: card.name)
def test_the_port_of_the_table_is_the_services_own_default(card):
    field = READS[card.name].model_fields[card.port_setting.removeprefix("PANTAU_").lower()]
    assert field.default == card.port
