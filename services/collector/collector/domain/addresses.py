"""Which network addresses the collector may connect to: the public internet, and what a setting allows by name.

A feed or a redirect is written by a stranger. Without this rule it could make the collector read what only this
machine or this office network can reach.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NO_URL = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_V4_COMPATIBLE = ip_network("::/96")


@dataclass(frozen=True)
class Allowed:
    """Exceptions to the rule: whole networks, and single `host:port` pairs exactly as they stand in a URL."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, entries: tuple[str, ...]) -> "Allowed":
        """Read entries such as `127.0.0.1:18080`, `newsroom:80`, `[::1]:8080` and `10.1.0.0/16`.

        Raises ValueError naming the entry that is neither.
        """
        networks: list[Network] = []
        hosts: set[tuple[str, int]] = set()
        for entry in entries:
            if "/" in entry:
                networks.append(ip_network(entry))
                continue
            parts = urlsplit(f"//{entry}")
            if not parts.hostname or parts.port is None:
                raise ValueError(f"{entry!r} is neither host:port nor a network such as 10.1.0.0/16")
            hosts.add((parts.hostname.lower(), parts.port))
        return cls(tuple(networks), frozenset(hosts))

    def names(self, host: str, port: int) -> bool:
        return (host.lower(), port) in self.hosts

    def covers(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


def embedded_v4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to: mapped, compatible, 6to4, Teredo or NAT64; else None."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _V4_COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def problem_with(text: str, allowed: Allowed) -> str | None:
    """Return why a resolved address must not be connected to, or None when it may.

    `text` is what a resolver gave, possibly with a scope such as fe80::1%eth0.
    """
    try:
        address = ip_address(text.split("%", 1)[0])
    except ValueError:
        return f"{text!r} is no address"
    return None if allowed.covers(address) else _kind_of_trouble(address)


def _kind_of_trouble(address: Address) -> str | None:
    if isinstance(address, IPv6Address):
        inner = embedded_v4(address)
        if inner is not None:
            trouble = _kind_of_trouble(inner)
            return f"{address} leads to {trouble}" if trouble else None
        if address.is_site_local:
            return f"{address} is site-local"
    for kind in ("loopback", "link_local", "multicast", "unspecified", "reserved", "private"):
        if getattr(address, f"is_{kind}"):
            return f"{address} is {kind.replace('_', '-')}"
    return None if address.is_global else f"{address} is not a public address"


def tidied(url: str) -> str:
    """Return a URL as a browser reads it: without line breaks and tabs, spaces inside it encoded."""
    return re.sub(r"[\t\r\n]", "", url).strip().replace(" ", "%20")


def problem_with_url(url: str) -> str | None:
    """Return why a URL is not even tried: another scheme, no host, a user name, an impossible port."""
    if _NO_URL.search(url):
        return "the URL contains spaces, control characters or what is no character"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"malformed URL: {error}"
    if parts.scheme.lower() not in ("http", "https"):
        return f"the scheme {parts.scheme!r} is neither http nor https"
    if not parts.hostname:
        return "the URL has no host"
    if parts.username is not None or parts.password is not None:
        return "the URL carries a user name or password"
    return "port 0 does not exist" if port == 0 else None
