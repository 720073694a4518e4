"""The compose file as far as it can be judged without an engine: its form, its settings, its promises."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from classifier.settings import ClassifierSettings
from collector.settings import CollectorSettings
from compose_spec import PyCompose
from embedded.lockfile import ELASTIC_VERSION, KAFKA_VERSION
from embedded.plan import SERVICES
from router.settings import RouterSettings
from runtime.settings import ServiceSettings
from search.settings import SearchSettings

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
READS = {
    "topics": ServiceSettings,
    "collector": CollectorSettings,
    "classifier": ClassifierSettings,
    "router": RouterSettings,
    "indexer": SearchSettings,
    "stories": SearchSettings,
    "api": SearchSettings,
}
OURS = [card.name for card in SERVICES]


def parse(compose: dict[str, Any]) -> PyCompose:
    return PyCompose.from_yaml(yaml.safe_dump(compose))


def published(part: dict[str, Any]) -> set[int]:
    """The ports on this machine; a range counts as all of its ports."""
    found: set[int] = set()
    for entry in part.get("ports", []):
        first, _, last = entry.split(":")[1].partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_the_file_follows_the_compose_specification():
    assert set(parse(COMPOSE).service_names()) == set(PARTS)


@pytest.mark.parametrize(
    "broken",
    [
        {"imag": "a"},
        {"image": "a", "depends_on": {"y": {"condition": "perhaps"}}},
        {"image": "a", "ports": ["abc"]},
        {"image": "a", "network_mode": "service:x", "networks": ["b"]},
    ],
)
def test_a_broken_file_would_be_noticed(broken: dict[str, Any]):
    with pytest.raises(ValueError, match=r"services\.x"):
        parse({"services": {"x": broken}})


def test_the_engines_are_of_the_versions_that_run_embedded():
    assert PARTS["kafka"]["image"] == f"apache/kafka:{KAFKA_VERSION}"
    assert PARTS["elasticsearch"]["image"] == f"elasticsearch:{ELASTIC_VERSION}"
    assert PARTS["kibana"]["image"] == f"kibana:{ELASTIC_VERSION}"


@pytest.mark.parametrize("card", SERVICES, ids=lambda card: card.name)
def test_a_service_starts_by_the_same_command_as_in_the_embedded_run(card):
    assert PARTS[card.name]["command"][: 1 + len(card.arguments)] == ["-m", *card.arguments]


@pytest.mark.parametrize("card", SERVICES, ids=lambda card: card.name)
def test_health_is_asked_at_the_port_of_the_table_and_the_port_is_published(card):
    assert f"127.0.0.1:{card.port}/health/ready" in PARTS[card.name]["healthcheck"]["test"][-1]
    # The newsroom lives in the collector's network, which publishes for both.
    assert set(card.ports) <= published(PARTS["collector" if card.name == "newsroom" else card.name])


@pytest.mark.parametrize("name", sorted(READS))
def test_every_variable_is_read_by_the_service_that_gets_it(name: str):
    told = {variable for variable in PARTS[name]["environment"] if variable.startswith("PANTAU_")}
    assert told
    assert told <= {f"PANTAU_{field}".upper() for field in READS[name].model_fields}


@pytest.mark.parametrize("name", sorted(READS))
def test_every_value_is_one_the_settings_accept(name: str):
    values = {
        variable.removeprefix("PANTAU_").lower(): re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", value)
        for variable, value in PARTS[name]["environment"].items()
    }
    READS[name](**values)


def test_nothing_is_published_beyond_this_machine():
    entries = [entry for part in PARTS.values() for entry in part.get("ports", [])]
    assert entries
    assert all(entry.startswith("127.0.0.1:") for entry in entries)


def test_no_secret_stands_in_the_file():
    names = [name for part in PARTS.values() for name in part.get("environment", {})]
    assert not [name for name in names if re.search(r"PASSWORD|SECRET|TOKEN|API_KEY|CURSOR_KEY", name)]


@pytest.mark.parametrize("name", [*OURS, "topics"])
def test_an_image_is_built_from_a_package_of_this_repository(name: str):
    build = PARTS[name]["build"]
    root = (DEPLOY / build["context"]).resolve()
    assert (root / build["dockerfile"]).is_file()
    assert (root / build["args"]["PACKAGE"] / "pyproject.toml").is_file()


@pytest.mark.parametrize("name", [*OURS, "topics"])
def test_a_container_can_change_nothing_but_its_volumes(name: str):
    part = PARTS[name]
    assert part["read_only"] is True
    assert part["cap_drop"] == ["ALL"]
    assert "user" not in part, "the image's own user is not root"


@pytest.mark.parametrize("name", ["collector", "classifier", "router", "indexer", "stories"])
def test_a_worker_waits_for_its_topics(name: str):
    assert PARTS[name]["depends_on"]["topics"]["condition"] == "service_completed_successfully"


def test_every_volume_is_declared_and_used():
    used = {entry.split(":")[0] for part in PARTS.values() for entry in part.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_does_not_run_as_root_and_copies_only_what_exists():
    lines = (DEPLOY / "images" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["${UID}:${UID}"]
    assert "ARG UID=10001" in lines
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert all((DEPLOY.parent / each).exists() for each in copied if "$" not in each)
