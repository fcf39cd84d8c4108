"""Sends one vendor request over HTTP and says what became of it. The only file that calls vendors."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import aiohttp
from yarl import URL

from gateway import __version__
from gateway.errors import (
    UpstreamError,
    UpstreamGone,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.exchange import VendorRequest, VendorResponse
from gateway.model import Buffer

MAX_ANSWER = 16 * 1024 * 1024
"""Bytes of a decompressed answer; a document with its portrait is well under one megabyte."""

SLICE = 64 * 1024
"""Bytes handed to the socket at a time: a slow vendor holds one slice, not a copy of the picture."""

FAILURES: tuple[tuple[type[Exception], type[UpstreamError]], ...] = (
    (TimeoutError, UpstreamTimeout),
    (aiohttp.ClientSSLError, UpstreamMisconfigured),
    (aiohttp.ServerFingerprintMismatch, UpstreamMisconfigured),
    (aiohttp.InvalidURL, UpstreamMisconfigured),
    (aiohttp.ClientPayloadError, UpstreamProtocolError),  # cut or garbled, yet maybe billed: not to be bought twice
    (aiohttp.ClientResponseError, UpstreamProtocolError),  # not HTTP
    (aiohttp.ClientError, UpstreamUnavailable),
    (OSError, UpstreamUnavailable),
)
"""First match wins. The subclasses come before their bases."""

NO_SUCH_HOST = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


def open_session() -> aiohttp.ClientSession:
    """The one session of the process, to be closed by whoever opened it.

    It keeps no cookies, and it does not cap connections: waiting for a free one would look like a slow vendor.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"id-document-gateway/{__version__}"},
    )


async def send(session: aiohttp.ClientSession, request: VendorRequest, *, connect_timeout: float) -> VendorResponse:
    """One request, one complete answer of any status; redirects are answers too, and nothing is tried again.

    ``connect_timeout`` is seconds for name look-up, connection and TLS together. The caller bounds the whole.
    Raises :class:`UpstreamError`: which one is decided by ``FAILURES``, and its text names the failure's class alone.
    """
    length = sum(map(len, request.body))
    headers = {**request.headers, "Content-Length": str(length)} if length else request.headers
    try:
        async with session.request(
            request.method,
            URL(request.url, encoded=True),
            headers=headers,
            data=_slices(request.body) if length else None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=connect_timeout),
        ) as response:
            lowered = {name.lower(): value for name, value in response.headers.items()}
            return VendorResponse(response.status, lowered, await _read(response.content))
    except (aiohttp.ClientError, OSError) as error:
        # The client's own text may quote what the vendor sent.
        raise _classify(error)(type(error).__name__) from None


async def _slices(body: tuple[Buffer, ...]) -> AsyncIterator[memoryview]:
    for part in body:
        view = memoryview(part)
        for start in range(0, len(view), SLICE):
            yield view[start : start + SLICE]


async def _read(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    async for chunk in content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise UpstreamProtocolError("the answer is too long")
    return bytes(body)


def _classify(error: Exception) -> type[UpstreamError]:
    if isinstance(error, aiohttp.ClientConnectorDNSError) and error.os_error.errno in NO_SUCH_HOST:
        return UpstreamGone
    return next(ours for theirs, ours in FAILURES if isinstance(error, theirs))
