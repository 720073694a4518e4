"""The `sources` command: how each source of the registry is."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from runtime.clock import SystemClock
from runtime.elastic import client

from collector.adapters.indices import ensure_indices
from collector.adapters.state import ElasticFetchStates, Threads
from collector.domain.polling import FetchState
from collector.domain.sources import Registry
from collector.settings import CollectorSettings


def list_sources(settings: CollectorSettings, registry: Registry, out: TextIO) -> int:
    """Print a line per source: switched on or off, state, ages, counts, reason. Return 0."""
    es = client(settings)
    threads = Threads(1)
    try:
        ensure_indices(es, settings.names)
        states = asyncio.run(ElasticFetchStates(es, settings.names, threads).all())
    finally:
        threads.close()
        es.close()
    for line in lines(registry, states, SystemClock().now()):
        out.write(line + "\n")
    return 0


def lines(registry: Registry, states: dict[str, FetchState], now: datetime) -> Iterable[str]:
    """Yield the table's lines."""
    ages = f"{'SINCE':>7} {'WORKED':>7} {'NEXT':>7} {'EVERY':>7}"
    yield f"{'SOURCE':28} {'ON':3} {'STATE':13} {ages} {'ITEMS':>5} {'NEW':>4}  REASON"
    for source in registry.sources:
        state = states.get(source.id)
        switched = "on" if source.enabled else "off"
        if state is None:
            yield f"{source.id:28} {switched:3} {'never polled':13}"
            continue
        yield (
            f"{source.id:28} {switched:3} {state.state.value:13} {_age(state.state_since, now):>7} "
            f"{_age(state.worked_at, now):>7} {_age(state.next_at, now):>7} {_short(state.interval_s):>7} "
            f"{state.items:5} {state.new:4}  {state.reason}"
        )


def _age(moment: datetime | None, now: datetime) -> str:
    return "-" if moment is None else _short(abs((now - moment).total_seconds()))


def _short(seconds: float) -> str:
    for size, letter in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f}{letter}"
    return f"{seconds:.0f}s"
