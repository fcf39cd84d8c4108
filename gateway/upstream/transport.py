"""Sends one vendor request over HTTP and says what became of it. The only file that calls vendors."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable

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
from gateway.upstream.progress import Progress, Stage, Timeouts, tracing

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


class ConnectionLost(aiohttp.ClientError):
    """A connection that was there ended before anything of the answer was there."""


class AnswerCut(aiohttp.ClientPayloadError):
    """The same amid the headers."""


def open_session(connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """The one session of the process, to be closed by whoever opened it.

    It keeps no cookies, and it does not cap connections: waiting for a free one would look like a slow vendor.
    """
    return aiohttp.ClientSession(
        connector=connector or aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"id-document-gateway/{__version__}"},
        trace_configs=[tracing()],
    )


async def send(
    session: aiohttp.ClientSession,
    request: VendorRequest,
    timeouts: Timeouts,
    *,
    fresh: Callable[[], aiohttp.ClientSession] = open_session,
) -> VendorResponse:
    """One request, one complete answer of any status; redirects are answers too. The caller bounds the whole.

    ``session`` is one of :func:`open_session`. A kept connection that the vendor had given up meanwhile is replaced,
    once, by one of a ``fresh`` session; nothing else is tried again here. An answer with neither a length nor chunks ends
    where its connection does: whether that is all of it, only its reader can tell. Raises :class:`UpstreamError`: which
    one is decided by ``FAILURES``, and its text is ours or names the failure's class alone.
    """
    progress = Progress(timeouts)
    try:
        try:
            return await _exchange(session, request, progress)
        except ConnectionLost:
            if not progress.reused:
                raise
        progress = Progress(timeouts)
        async with fresh() as another:
            return await _exchange(another, request, progress)
    except (aiohttp.ClientError, OSError) as error:
        kind = _classify(error, progress.stage)
        # The client's own text may quote what the vendor sent.
        raise kind(progress.stage.value if kind is UpstreamTimeout else type(error).__name__) from None


async def _exchange(session: aiohttp.ClientSession, request: VendorRequest, progress: Progress) -> VendorResponse:
    length = sum(map(len, request.body))
    headers = {**request.headers, "Content-Length": str(length)} if length else request.headers
    async with (
        progress,
        session.request(
            request.method,
            URL(request.url, encoded=True),
            headers=headers,
            data=_slices(request.body, progress) if length else None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=progress.timeouts.connect),
            middlewares=(_never_again,),
            trace_request_ctx=progress,
        ) as response,
    ):
        progress.answered()
        lowered = {name.lower(): value for name, value in response.headers.items()}
        return VendorResponse(response.status, lowered, await _read(response.content, progress))


async def _never_again(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType, /) -> aiohttp.ClientResponse:
    """Keeps the client from sending a GET or PUT once more by itself, which it does for these two errors alone."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except aiohttp.ServerDisconnectedError as error:
        # Where it holds what had come of the answer, the vendor had begun to answer.
        kind = ConnectionLost if isinstance(error.message, str) else AnswerCut
        raise kind from None
    except (aiohttp.ClientOSError, aiohttp.ClientConnectionResetError):
        raise ConnectionLost from None


async def _slices(body: tuple[Buffer, ...], progress: Progress) -> AsyncIterator[memoryview]:
    for part in body:
        view = memoryview(part)
        for start in range(0, len(view), SLICE):
            yield view[start : start + SLICE]
            progress.taken()
    progress.sent()


async def _read(content: aiohttp.StreamReader, progress: Progress) -> bytes:
    body = bytearray()
    async for chunk in content.iter_any():
        progress.answered()
        body += chunk
        if len(body) > MAX_ANSWER:
            raise UpstreamProtocolError("the answer is too long")
    return bytes(body)


def _classify(error: Exception, stage: Stage) -> type[UpstreamError]:
    if isinstance(error, aiohttp.ClientConnectorDNSError) and error.os_error.errno in NO_SUCH_HOST:
        return UpstreamGone
    kind = next(ours for theirs, ours in FAILURES if isinstance(error, theirs))
    # However an answer ends that had begun: it was worked on, and may be billed.
    return UpstreamProtocolError if stage is Stage.REST and kind is UpstreamUnavailable else kind
