"""The guarded network: what a name resolves to at the moment of the connection decides."""

import httpcore
import pytest
from collector.adapters.connect import AddressRefusedError, GuardedBackend
from collector.domain.addresses import Allowed

pytestmark = pytest.mark.asyncio


class Inner(httpcore.AsyncNetworkBackend):
    """Remembers where it was sent; the first `broken` addresses do not answer."""

    def __init__(self, broken=0):
        self.connected = []
        self.broken = broken

    async def connect_tcp(self, host, port, *_rest):
        self.connected.append(host)
        if len(self.connected) <= self.broken:
            raise httpcore.ConnectError("no answer")
        return httpcore.AsyncMockStream([])


def resolver(*answers):
    """Answers the first time the first list, the second time the second, then the last for ever."""
    left = list(answers)

    async def resolve(host, port):
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return resolve


async def test_the_checked_address_is_connected_to_not_the_name():
    inner = Inner()
    await GuardedBackend(Allowed(), resolver=resolver(["8.8.8.8"]), inner=inner).connect_tcp("contoh.id", 80)
    assert inner.connected == ["8.8.8.8"]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["::ffff:192.168.0.1"]])
async def test_one_forbidden_address_among_all_refuses_the_host(addresses):
    inner = Inner()
    with pytest.raises(AddressRefusedError):
        await GuardedBackend(Allowed(), resolver=resolver(addresses), inner=inner).connect_tcp("jahat.id", 80)
    assert inner.connected == []


async def test_a_name_that_answers_differently_the_second_time_is_refused_then():
    inner = Inner()
    backend = GuardedBackend(Allowed(), resolver=resolver(["8.8.8.8"], ["127.0.0.1"]), inner=inner)
    await backend.connect_tcp("ganti.id", 80)
    with pytest.raises(AddressRefusedError):
        await backend.connect_tcp("ganti.id", 80)
    assert inner.connected == ["8.8.8.8"]


async def test_an_allowed_host_and_port_may_be_private_and_no_other_port_of_it():
    inner = Inner()
    backend = GuardedBackend(Allowed.parse(("ruang.lokal:18080",)), resolver=resolver(["127.0.0.1"]), inner=inner)
    await backend.connect_tcp("ruang.lokal", 18080)
    with pytest.raises(AddressRefusedError):
        await backend.connect_tcp("ruang.lokal", 9200)
    assert inner.connected == ["127.0.0.1"]


async def test_the_next_address_is_tried_when_one_does_not_answer():
    inner = Inner(broken=1)
    await GuardedBackend(Allowed(), resolver=resolver(["8.8.8.8", "9.9.9.9"]), inner=inner).connect_tcp("contoh.id", 80)
    assert inner.connected == ["8.8.8.8", "9.9.9.9"]


@pytest.mark.parametrize("error", [OSError("no such host"), UnicodeError("label too long")])
async def test_a_name_that_cannot_be_resolved_is_a_connection_error(error):
    with pytest.raises(httpcore.ConnectError):
        await GuardedBackend(Allowed(), resolver=resolver(error), inner=Inner()).connect_tcp("tiada.id", 80)
