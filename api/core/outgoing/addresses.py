"""Which addresses a request that somebody else chose may go to: only those of the public internet.

Everything that could be this machine, its network or a tunnel back into it is refused: a webhook's address is
typed by a person, and its name may resolve to anything at any time.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

import msgspec

Address = IPv4Address | IPv6Address

# RFC 6890 and what came after it, written out: `is_global` differs between versions of Python.
_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Of IPv6 only what is given out to networks, without what stands for IPv4 addresses or leads through tunnels:
# Teredo and other protocols of the IETF, documentation, 6to4, AS112, segment routing, and 6bone.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16")
)
_PORTS = frozenset({443, 8443})


class Forbidden(Exception):
    """A request may not go there. The text is a code: "address_refused", "host_refused", "port_refused",
    "scheme_refused"."""


class Allowed(msgspec.Struct, frozen=True):
    """What may be reached although it is not public: host names as they are typed, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def read(cls, text: str) -> Allowed:
        """Host names, addresses and networks separated by commas. Raises ValueError for what is none of them."""
        hosts: set[str] = set()
        networks: list[IPv4Network | IPv6Network] = []
        for part in (part.strip().lower() for part in text.split(",")):
            try:
                networks.append(ip_network(part))
                continue
            except ValueError:
                pass
            if not part or "/" in part or ":" in part or "*" in part or " " in part:
                raise ValueError("hosts and networks separated by commas, like chat.example.org,10.20.0.0/16")
            hosts.add(part.rstrip("."))
        return cls(frozenset(hosts), tuple(networks))

    def covers(self, host: str, addresses: Sequence[Address]) -> bool:
        """Whether this host, or all of its addresses, are named."""
        if host in self.hosts:
            return True
        return bool(addresses) and all(any(address in network for network in self.networks) for address in addresses)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, and to it alone."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def check_host(host: str) -> None:
    """Raise Forbidden for a host that is a number in disguise (2130706433, 0x7f.1, 0177.0.0.1) or no name at all.

    What `ipaddress` reads is an address and is checked as one; everything else that ends in a number
    (WHATWG URL, "ends in a number checker") some resolver would take for an IPv4 address.
    """
    try:
        ipaddress.ip_address(host)
        return
    except ValueError:
        pass
    last = host.rstrip(".").rpartition(".")[2].lower()
    number = last.isdigit() or (last.startswith("0x") and all(c in "0123456789abcdef" for c in last[2:]))
    if not last or number or not host.isascii() or any(c in host for c in "%[]@\\/ \t\r\n\0"):
        raise Forbidden("host_refused")


def check(scheme: str, host: str, port: int, addresses: Sequence[Address], allowed: Allowed) -> None:
    """Raise Forbidden unless a request to all of these addresses of `host` may be sent."""
    if allowed.covers(host.rstrip("."), addresses):
        return
    if not addresses or not all(is_public(address) for address in addresses):
        raise Forbidden("address_refused")
    if scheme != "https":
        raise Forbidden("scheme_refused")
    if port not in _PORTS:
        raise Forbidden("port_refused")
