"""What every endpoint works with, made once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass

from contract.gazetteer import Gazetteer
from fastapi import Request
from runtime.clock import Clock

from search.domain.desk import NO_DESK, Desk
from search.domain.library import Library
from search.domain.vocabulary import Vocabulary


@dataclass(frozen=True)
class Gateway:
    """The library, the names, the time, the key that signs cursors, and what people do at the desk."""

    library: Library
    gazetteer: Gazetteer
    vocabulary: Vocabulary
    clock: Clock
    cursor_key: Callable[[], bytes]
    desk: Desk = NO_DESK


def gateway_of(request: Request) -> Gateway:
    """Return the application's gateway; a FastAPI dependency."""
    gateway: Gateway = request.app.state.gateway
    return gateway


def raw_parameters(request: Request) -> dict[str, list[str]]:
    """Return all parameters of the address, repeated ones together."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found
