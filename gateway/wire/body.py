"""Bodies of requests: read once, under a limit, and only while there is memory for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from gateway.errors import MalformedRequest, Overloaded
from gateway.wire import contract
from gateway.wire.faults import RequestEntityTooLarge

_RETRY_AFTER = 1.0


class Lease:
    """The share of one request in a :class:`BodyMemory`."""

    def __init__(self, memory: BodyMemory) -> None:
        self._memory = memory
        self._size = 0

    def hold(self, size: int) -> None:
        """Make ``size`` bytes the whole share; raises :class:`Overloaded`, and changes nothing, where they are not free."""
        self._memory.resize(self._size, size)
        self._size = size


class BodyMemory:
    """Counts the bytes of pictures in flight against ``limit``, which may be changed at any time."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held = 0

    @property
    def held(self) -> int:
        return self._held

    def resize(self, old: int, new: int) -> None:
        if new > old and self._held - old + new > self.limit:
            raise Overloaded("the bodies in flight take all the memory they may", retry_after=_RETRY_AFTER)
        self._held += new - old

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        lease = Lease(self)
        try:
            yield lease
        finally:
            lease.hold(0)


async def answer_expect_later(_: web.Request) -> None:
    """For ``expect_handler``: "100 Continue" is said by :func:`read_body`, once it is sure that the body is wanted."""


class IncomingBody:
    """The body of one request, which is read when it is first asked for, and once."""

    def __init__(self, request: web.Request, lease: Lease, limit: int = contract.MAX_REQUEST) -> None:
        self._request = request
        self._lease = lease
        self._limit = limit
        self._body: bytearray | None = None

    async def read(self) -> bytearray:
        """See :func:`read_body`."""
        if self._body is None:
            self._body = await read_body(self._request, self._lease, self._limit)
        return self._body


async def read_body(request: web.Request, lease: Lease, limit: int = contract.MAX_REQUEST) -> bytearray:
    """The body as sent, up to ``limit`` bytes, held by ``lease`` before the first of them is read.

    A body without a length counts as the largest there may be until it is read. Raises
    :class:`RequestEntityTooLarge`, :class:`Overloaded`, and :class:`MalformedRequest` for a ``Content-Encoding``, as no
    SDK compresses. A caller that goes away meanwhile cancels the task.
    """
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise MalformedRequest("the body is compressed")
    expected = request.content_length
    if expected is None:
        expected = limit if request.body_exists else 0
    if expected > limit:
        raise RequestEntityTooLarge("by its Content-Length")
    lease.hold(expected)
    if request.transport is not None and request.headers.get("Expect", "").lower() == "100-continue":
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise RequestEntityTooLarge("by its chunks")
    lease.hold(len(body))
    return body
