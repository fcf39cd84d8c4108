"""Guards for every test: the event loop is never blocked by the gateway's code, and nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator

import pytest
from blockbuster import BlockBuster, blockbuster_ctx


@pytest.fixture(autouse=True)
def _never_block_the_loop() -> Iterator[BlockBuster]:
    with blockbuster_ctx("gateway") as guard:
        yield guard


def _refuse_the_network(event: str, args: tuple[object, ...]) -> None:
    """Fail any connection or name look-up beyond loopback, whichever library asks for it."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if not isinstance(host, str) or host in {"", "localhost"}:
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        loopback = False
    if not loopback:
        raise RuntimeError(f"a test tried to reach {host!r}: only loopback is allowed")


sys.addaudithook(_refuse_the_network)
