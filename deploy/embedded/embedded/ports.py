"""Which ports the engines take, whether they are free, and who holds one that is not."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice

import psutil

from embedded.errors import EmbeddedError, PortBusyError

_PATIENCE_S = 2.0
_FREE_RANGE = range(20_000, 32_000)
_LAST_PORT = 65_535
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """The ports of both engines, all on the loopback address."""

    kafka: int = 19092
    kafka_controller: int = 19093
    elastic: int = 19200
    elastic_transport: int = 19300

    def __post_init__(self) -> None:
        """Raise EmbeddedError for a port that cannot be, or that is wanted twice."""
        ports = list(asdict(self).values())
        for port in ports:
            require_real(port)
            if ports.count(port) > 1:
                raise EmbeddedError(f"port {port} is given to two engines", "give each of them another port")

    def shifted(self, offset: int) -> Ports:
        """The same ports, each `offset` higher, for a second run on one machine."""
        return Ports(**{name: port + offset for name, port in asdict(self).items()})


def free_tcp_ports(count: int) -> list[int]:
    """`count` different ports that nobody listens on now, drawn by chance.

    They lie below the range from which the system takes the ports of outgoing connections, so that no client
    sits on one before the server does. Another process may still take one before you do.
    """
    drawn = random.SystemRandom().sample(_FREE_RANGE, len(_FREE_RANGE))
    found = list(islice((port for port in drawn if is_free(port)), count))
    if len(found) < count:
        raise PortBusyError(f"fewer than {count} ports are free", "end some of the servers on this machine")
    return found


def free_ports() -> Ports:
    """Free ports for one pair of engines."""
    return Ports(*free_tcp_ports(4))


def require_real(port: int) -> None:
    """Raise EmbeddedError when there is no such port."""
    if not 1 <= port <= _LAST_PORT:
        raise EmbeddedError(
            f"there is no port {port}: ports go from 1 to {_LAST_PORT}", "choose another port, or another --port-offset"
        )


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def holder(port: int) -> str:
    """Who listens on the port, in words; "an unknown process" when the system does not tell."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except (psutil.AccessDenied, OSError):
        return "an unknown process"
    for connection in connections:
        listens = connection.status == psutil.CONN_LISTEN and tuple(connection.laddr)[1:2] == (port,)
        if not listens or connection.pid is None:
            continue
        try:
            process = psutil.Process(connection.pid)
            return f"process {connection.pid} ({process.name()}, started by {process.username()})"
        except psutil.Error:
            return f"process {connection.pid}"
    return "an unknown process"


def require_free(named_ports: Iterable[tuple[str, int, str]]) -> None:
    """Raise PortBusyError for the first port that is taken.

    A process that was just killed needs a moment until the system takes its ports back, so there is some patience.
    Each entry holds what wants the port, the port, and the setting that moves it.
    """
    patient_until = time.monotonic() + _PATIENCE_S
    for wanted_by, port, setting in named_ports:
        while not is_free(port) and time.monotonic() < patient_until:
            # The system tells nobody when it takes a port back; bounded by the patience above.
            time.sleep(0.1)
        if not is_free(port):
            raise PortBusyError(
                f"port {port}, wanted by {wanted_by}, is held by {holder(port)}",
                f"end that process, or choose another port with {setting}",
            )
