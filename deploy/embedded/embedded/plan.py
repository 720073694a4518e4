"""Which processes a run consists of, in which order they start, and what each is told. Data and pure functions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from embedded.errors import EmbeddedError
from embedded.ports import LOOPBACK, require_real

NEWSROOM_PORTS = (18080, 18081, 18082, 18083)
_LOOPBACK_PORT = re.compile(r"\b(127\.0\.0\.1|localhost):(\d{4,5})\b")


@dataclass(frozen=True)
class ServiceCard:
    """One process of Pantau: how it is started, where it answers, which settings it needs from the run.

    `arguments` follow `python -m`. The first of `ports` answers `/health/ready`; it is given to the process by
    `port_setting` (an environment variable) or `port_argument` (an option).
    """

    name: str
    arguments: tuple[str, ...]
    ports: tuple[int, ...]
    port_setting: str | None = None
    port_argument: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return self.ports[0]

    def shifted(self, offset: int) -> ServiceCard:
        """The same process on ports `offset` higher. Raises EmbeddedError when there are no such ports."""
        ports = tuple(port + offset for port in self.ports)
        for port in ports:
            require_real(port)
        return replace(self, ports=ports)

    def paced(self, speed: float) -> ServiceCard:
        """The same process told how fast the sample newsroom's time runs; only the newsroom is."""
        return replace(self, arguments=(*self.arguments, "--speed", f"{speed:g}")) if self.name == "newsroom" else self


# In the order they start, once the engines are up: the newsroom too, so that no slow start misses what it shows first.
# What reads stands before what writes, so that nothing waits longer than it must.
SERVICES: tuple[ServiceCard, ...] = (
    ServiceCard("newsroom", ("newsroom",), NEWSROOM_PORTS, port_argument="--port"),
    ServiceCard("indexer", ("search", "index"), (18004,), port_setting="PANTAU_SEARCH_INDEX_HEALTH_PORT"),
    ServiceCard("stories", ("search", "stories"), (18005,), port_setting="PANTAU_SEARCH_STORIES_HEALTH_PORT"),
    ServiceCard("api", ("search", "api"), (8000,), port_setting="PANTAU_SEARCH_API_PORT"),
    ServiceCard("classifier", ("classifier", "run"), (18002,), port_setting="PANTAU_CLASSIFIER_HEALTH_PORT"),
    ServiceCard("router", ("router", "run"), (18003,), port_setting="PANTAU_ROUTER_HEALTH_PORT"),
    ServiceCard("collector", ("collector", "run"), (18001,), port_setting="PANTAU_COLLECTOR_HEALTH_PORT"),
)


@dataclass(frozen=True)
class RunAddresses:
    """Where the engines of this run are; None leaves a process to its own settings (outside servers)."""

    kafka_bootstrap: str | None
    elastic_url: str | None


@dataclass(frozen=True)
class ProcessPlan:
    """One process, ready to be started. `environment` holds only what is set on top of the supervisor's own."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    ports: tuple[int, ...]

    @property
    def ready_url(self) -> str:
        return f"http://{LOOPBACK}:{self.ports[0]}/health/ready"

    @property
    def marker(self) -> str:
        """Stands in the command line of the process and of no other process of a run."""
        return " ".join(self.command[1:4])


def choose(cards: Iterable[ServiceCard], only: Iterable[str] | None, *, newsroom: bool) -> tuple[ServiceCard, ...]:
    """The cards a run consists of. Raises EmbeddedError when `only` names something that does not exist."""
    all_cards = tuple(cards)
    known = [card.name for card in all_cards]
    wanted = set(known if only is None else only)
    unknown = sorted(wanted - set(known))
    if unknown:
        raise EmbeddedError(f"there is no service {', '.join(unknown)}", f"choose among {', '.join(known)}")
    return tuple(card for card in all_cards if card.name in wanted and (newsroom or card.name != "newsroom"))


def plan(
    card: ServiceCard, addresses: RunAddresses, *, sources: Path | None, archive: Path, newsroom_ports: tuple[int, ...]
) -> ProcessPlan:
    """What to start for a card whose ports are already the wanted ones.

    `sources` is the collector's registry (None: its own setting), `archive` its folder for raw pages;
    `newsroom_ports` are empty when the run has no sample newsroom.
    """
    command = [sys.executable, "-m", *card.arguments]
    # Two arenas keep glibc from holding on to memory per thread; unbuffered output keeps the logs current.
    environment = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "2", **card.settings}
    if addresses.kafka_bootstrap is not None:
        environment["PANTAU_KAFKA_BOOTSTRAP_SERVERS"] = addresses.kafka_bootstrap
    if addresses.elastic_url is not None:
        environment["PANTAU_ELASTIC_URLS"] = addresses.elastic_url
    if card.port_setting is not None:
        environment[card.port_setting] = str(card.port)
    if card.port_argument is not None:
        command += [card.port_argument, str(card.port)]
    if card.name == "collector":
        environment["PANTAU_COLLECTOR_ARCHIVE_DIR"] = str(archive)
        if sources is not None:
            environment["PANTAU_COLLECTOR_REGISTRY"] = str(sources)
        if newsroom_ports:
            # The sample newsroom is on this machine; every other private address stays refused.
            environment["PANTAU_COLLECTOR_ALLOWED_PRIVATE"] = ",".join(f"{LOOPBACK}:{port}" for port in newsroom_ports)
    return ProcessPlan(card.name, tuple(command), environment, card.ports)


def shift_sources(text: str, offset: int) -> str:
    """A source registry whose sample newsroom stands on ports `offset` higher; other addresses stay."""

    def moved(match: re.Match[str]) -> str:
        port = int(match[2])
        return f"{match[1]}:{port + offset}" if port in NEWSROOM_PORTS else match[0]

    return _LOOPBACK_PORT.sub(moved, text)
