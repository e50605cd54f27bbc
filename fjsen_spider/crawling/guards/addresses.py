"""Which addresses are of the public internet, in every form that a resolver understands."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_EMBEDDING: Final = tuple(map(IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Networks whose last 32 bits are the IPv4 address that is meant: compatible, mapped, translated, NAT64."""
_NOT_PUBLIC: Final = tuple(map(ip_network, ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b:1::/48", "fec0::/10")))
"""What Python takes for public: metadata services of Oracle and Azure, NAT64 and site-local addresses of a network."""


def literal(host: str) -> Address | None:
    """Return the address that a URL's host is: dotted, short, decimal, octal, hexadecimal or IPv6; None for a name."""
    name = host.strip("[]").partition("%")[0].rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return IPv4Address("127.0.0.1")
    try:
        return ip_address(name)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(name))  # as the C library reads it: 127.1, 0x7f.1, 2130706433
    except (OSError, UnicodeError):
        return None


def is_public(address: Address) -> bool:
    """Tell whether an address, and every one that it stands for, is of the public internet."""
    return all(
        one.is_global and not one.is_multicast and not any(one in net for net in _NOT_PUBLIC) for one in _meant(address)
    )


def is_loopback(address: Address) -> bool:
    """Tell whether an address is of this machine."""
    return any(one.is_loopback for one in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """Yield the address that a packet would go to in the end, and those that it passes."""
    if isinstance(address, IPv4Address):
        yield address
        return
    embedded = [IPv4Address(int(address) & 0xFFFFFFFF)] if any(address in net for net in _EMBEDDING) else []
    if int(address) < 2:  # :: and ::1
        embedded = []
    if not embedded:
        yield address
    yield from embedded
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
