"""What a run consists of and what each process is told."""

from pathlib import Path

import pytest
from embedded.errors import EmbeddedError
from embedded.plan import SERVICES, RunAddresses, choose, plan, shift_sources
from embedded.ports import Ports

HERE = RunAddresses("127.0.0.1:19092", "http://127.0.0.1:19200")
CARDS = {card.name: card for card in SERVICES}


def planned(name: str, addresses: RunAddresses = HERE, offset: int = 0):
    ports = CARDS["newsroom"].shifted(offset).ports
    sources, archive = Path("/c/sources.yaml"), Path("/d/archive")
    return plan(CARDS[name].shifted(offset), addresses, sources=sources, archive=archive, newsroom_ports=ports)


def test_no_two_processes_want_the_same_port():
    ports = [port for card in SERVICES for port in card.ports]
    assert len(ports) == len(set(ports))


def test_every_process_is_told_its_port_in_exactly_one_way():
    assert all((card.port_setting is None) != (card.port_argument is None) for card in SERVICES)


def test_services_are_told_where_the_engines_of_this_run_are():
    environment = planned("router").environment
    assert environment["PANTAU_KAFKA_BOOTSTRAP_SERVERS"] == "127.0.0.1:19092"
    assert environment["PANTAU_ELASTIC_URLS"] == "http://127.0.0.1:19200"


def test_without_engines_of_our_own_the_services_keep_their_own_settings():
    environment = planned("router", RunAddresses(None, None)).environment
    assert not any(name.startswith(("PANTAU_KAFKA", "PANTAU_ELASTIC")) for name in environment)


def test_an_offset_moves_the_port_a_process_is_told_and_asked_at():
    moved = planned("router", offset=1000)
    assert moved.environment["PANTAU_ROUTER_HEALTH_PORT"] == "19003"
    assert moved.ready_url == "http://127.0.0.1:19003/health/ready"


def test_the_newsroom_takes_its_port_as_an_option():
    assert planned("newsroom", offset=10).command[-2:] == ("--port", "18090")


def test_the_collector_may_fetch_from_the_sample_newsroom_and_from_nothing_else_here():
    environment = planned("collector", offset=10).environment
    allowed = ",".join(f"127.0.0.1:{port}" for port in (18090, 18091, 18092, 18093))
    assert environment["PANTAU_COLLECTOR_ALLOWED_PRIVATE"] == allowed
    assert environment["PANTAU_COLLECTOR_REGISTRY"] == "/c/sources.yaml"


def test_without_the_newsroom_the_collector_may_fetch_nothing_private():
    chosen = plan(CARDS["collector"], HERE, sources=None, archive=Path("/d"), newsroom_ports=())
    assert "PANTAU_COLLECTOR_ALLOWED_PRIVATE" not in chosen.environment


def test_a_marker_tells_the_processes_of_a_run_apart():
    markers = [planned(name).marker for name in CARDS]
    assert len(set(markers)) == len(markers)


def test_the_choice_keeps_the_order_of_the_table():
    chosen = choose(SERVICES, ["collector", "api"], newsroom=True)
    assert [card.name for card in chosen] == ["api", "collector"]


def test_the_newsroom_can_be_left_out():
    assert "newsroom" not in [card.name for card in choose(SERVICES, None, newsroom=False)]


def test_an_unknown_service_is_refused_with_the_known_ones():
    with pytest.raises(EmbeddedError, match="no service roter") as problem:
        choose(SERVICES, ["roter"], newsroom=True)
    assert "router" in problem.value.remedy


def test_only_the_sample_newsroom_moves_in_a_shifted_source_registry():
    text = (
        "url: http://127.0.0.1:18080/feed/\nurl: http://localhost:18082/x\nurl: http://127.0.0.1:9999/\nzone: 18080\n"
    )
    assert shift_sources(text, 5) == (
        "url: http://127.0.0.1:18085/feed/\nurl: http://localhost:18087/x\nurl: http://127.0.0.1:9999/\nzone: 18080\n"
    )


def test_ports_of_the_engines_shift_together():
    assert Ports().shifted(7) == Ports(19099, 19100, 19207, 19307)
