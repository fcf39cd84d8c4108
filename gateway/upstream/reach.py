"""Whether somebody listens at a vendor's address: a connection that is closed again at once, and so never billed."""

from __future__ import annotations

import asyncio
import socket
import ssl
from functools import cache
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection

HAPPY_EYEBALLS = 0.25
"""Seconds after which the next of a host's addresses is tried beside the one before, as RFC 8305 advises."""


class Reach:
    """Connects to host and port of ``endpoint``, with TLS and a look at the certificate where it is https."""

    def __init__(self, endpoint: str, *, timeout: float = 3.0, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(endpoint)
        secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if secure else 80)
        self._context = (context or _authorities()) if secure else None
        self._timeout = timeout

    async def __call__(self) -> bool:
        """False where the name is unknown, nobody answers in ``timeout`` seconds, or the certificate is not theirs."""
        try:
            async with asyncio.timeout(self._timeout):
                await self._connect()
        except (OSError, UnicodeError):  # TimeoutError is an OSError; a name that no resolver takes is not
            return False
        return True

    async def _connect(self) -> None:
        """Connect, and close again at once."""
        loop = asyncio.get_running_loop()
        addresses = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        # not left to open_connection: the loop of uvloop has no such option
        wire = await start_connection(addresses, happy_eyeballs_delay=HAPPY_EYEBALLS)
        if self._context is None:
            wire.close()
            return
        _, writer = await asyncio.open_connection(sock=wire, ssl=self._context, server_hostname=self._host)
        writer.transport.abort()  # nothing was said, so there is nothing to say good-bye to


@cache
def _authorities() -> ssl.SSLContext:
    """Reads the system's certificates: to be called before there are requests."""
    return ssl.create_default_context()
