"""Which network addresses a picture may be downloaded from: the public internet and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 behind a translator (RFC 6052): the IPv4 address inside is judged."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The one block that IANA hands out for the public internet; all the rest of IPv6 is something else."""

_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "168.63.129.16/32",  # Azure's platform address: public by number, answered by the host of the virtual machine
        "192.0.0.0/24",  # protocol assignments (RFC 6890): metadata of a cloud lives here too
        "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
        "2002::/16",  # 6to4: leads to the IPv4 address inside, whatever that is
        "3fff::/20",  # documentation, RFC 9637
    )
)
"""Blocks that Python's registry of special addresses counts as global, or did in a supported version."""


def is_public(address: Address) -> bool:
    """Whether ``address`` belongs to a host on the public internet: not loopback, private, link-local (where cloud
    metadata services live), shared, reserved, multicast, or a disguise of one of these.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not is_within(address, _NOT_PUBLIC)


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether one of ``networks`` holds ``address``; networks of the other IP version do not."""
    return any(address in network for network in networks)


def parse(text: str) -> Address | None:
    """The address in its canonical notation; None for a name and for every other notation (``127.1``, ``0x7f000001``)."""
    try:
        return ip_address(text)
    except ValueError:
        return None
