"""The network under httpx: resolves names itself, checks every address and connects to a checked one.

The check happens at the moment of the connection and with the very addresses that are then used, so a redirect, or a
name that answers differently the second time, cannot get around it.
"""

import asyncio
import socket
from collections.abc import Iterable
from typing import Any, Protocol

import httpcore
import httpx

from collector.domain.addresses import Allowed, problem_with


class AddressRefusedError(httpx.TransportError):
    """A host resolves to an address that the collector must not connect to."""


class Resolver(Protocol):
    """Turns a host into addresses, in the order to try them. Raises OSError when it cannot."""

    async def __call__(self, host: str, port: int) -> list[str]: ...


async def system_resolver(host: str, port: int) -> list[str]:
    """Ask the operating system, as every other program would; it also reads forms such as 2130706433 and 0x7f.1."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects over TCP to public addresses, and to what `allowed` lists."""

    def __init__(
        self,
        allowed: Allowed,
        *,
        resolver: Resolver = system_resolver,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._resolver = resolver
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first checked address that answers. Raises AddressRefusedError if any one is forbidden."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"resolving {host} took over {timeout} s") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"cannot resolve {host}: {error}") from error
        self._check(host, port, addresses)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:4]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _check(self, host: str, port: int, addresses: list[str]) -> None:
        if self._allowed.names(host, port):
            return
        for address in addresses:
            problem = problem_with(address, self._allowed)
            if problem is not None:
                raise AddressRefusedError(f"{host} resolves to a refused address: {problem}")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over the guarded backend.

    httpx has no parameter for a network backend, so the pool that its constructor made is replaced by one that has.
    """

    def __init__(self, backend: httpcore.AsyncNetworkBackend, *, max_connections: int, keepalive_s: float) -> None:
        trust = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=trust, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust,
            max_connections=max_connections,
            max_keepalive_connections=max_connections // 2,
            keepalive_expiry=keepalive_s,
            http1=True,
            http2=False,
            network_backend=backend,
        )
