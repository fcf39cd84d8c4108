"""The leaf Recognizer for HTTP vendors: drives one adapter's exchange within one deadline and records the attempt."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import aiohttp

from gateway.errors import DeadlineExceeded, GatewayError, UpstreamIncapable, UpstreamTimeout
from gateway.events import AttemptFinished, Observer
from gateway.exchange import Adapter, Credentials, Exchange, VendorRequest, VendorResponse
from gateway.model import Attempt, IdDocument, Query, Recognition, Trail
from gateway.upstream import transport

STEP_INLINE = 256 * 1024
"""Bytes of a picture or an answer that an adapter may work on without leaving the event loop."""


class Upstream:
    """One vendor endpoint under one name.

    ``timeout`` and ``connect_timeout`` are seconds for the whole exchange and for each connection in it; ``price`` is
    what one attempt costs. ``clock`` is the event loop's, the one that ``Query.deadline`` is told on.
    """

    def __init__(
        self,
        name: str,
        adapter: Adapter,
        *,
        session: aiohttp.ClientSession,
        observer: Observer,
        credentials: Credentials | None = None,
        timeout: float = 10.0,
        connect_timeout: float = 3.0,
        price: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._adapter = adapter
        self._session = session
        self._observer = observer
        self._credentials = credentials
        self._timeout = timeout
        self._connect_timeout = connect_timeout
        self._price = price
        self._clock = clock

    def supports(self, query: Query) -> bool:
        return takes(self._adapter, query)

    async def recognize(self, query: Query, /) -> Recognition:
        """Raises what the adapter and the transport raise, :class:`UpstreamTimeout` when this vendor's time is up, and
        :class:`DeadlineExceeded` when the request's own is. A query that is refused here is no attempt.
        """
        if not self.supports(query):
            raise UpstreamIncapable(f"{self.name} does not take this picture or document")
        started = self._clock()
        left = query.deadline - started
        if left <= 0:
            raise DeadlineExceeded("no time left to ask")

        statuses: list[int] = []
        outcome = GatewayError.outcome
        try:
            document = await self._within(min(self._timeout, left), query, statuses)
        except TimeoutError:
            # A caller in a hurry says nothing about the vendor: only the vendor's own limit counts against it.
            error = UpstreamTimeout if self._timeout <= left else DeadlineExceeded
            outcome = error.outcome
            raise error(f"{self.name} did not answer in time") from None
        except GatewayError as error:
            outcome = error.outcome
            raise
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        else:
            outcome = "ok"
            return Recognition(document, self.name)
        finally:
            self._record(query.trail, outcome, self._clock() - started, statuses[-1] if statuses else None)

    async def _within(self, seconds: float, query: Query, statuses: list[int]) -> IdDocument:
        async with asyncio.timeout(seconds):
            return await self._converse(query, statuses)

    async def _converse(self, query: Query, statuses: list[int]) -> IdDocument:
        """Give the adapter its answers until it returns the document."""
        exchange = self._adapter.exchange(query)
        try:
            step = await _advance(exchange, None, query.image.size)
            while isinstance(step, VendorRequest):
                await asyncio.sleep(step.delay)
                response = await self._send(step)
                statuses.append(response.status)
                step = await _advance(exchange, response, len(response.body))
            return step
        finally:
            # Cancelled during a step in a thread, the generator still runs there; it is closed when the thread lets go.
            with contextlib.suppress(ValueError):
                exchange.close()

    async def _send(self, request: VendorRequest) -> VendorResponse:
        if self._credentials is not None:
            request = await self._credentials.authorize(request, self._send_unsigned)
        return await self._send_unsigned(request)

    async def _send_unsigned(self, request: VendorRequest) -> VendorResponse:
        return await transport.send(self._session, request, connect_timeout=self._connect_timeout)

    def _record(self, trail: Trail, outcome: str, seconds: float, status: int | None) -> None:
        """Vendors bill answers, not refusals: an attempt costs its price when the last answer was a 2xx."""
        cost = self._price if status is not None and 200 <= status < 300 else 0.0
        kind = trail.next_kind(self.name)
        trail.add(Attempt(self.name, outcome, seconds, cost))
        self._observer(AttemptFinished(self.name, kind, outcome, seconds, status, cost))


def takes(adapter: Adapter, query: Query) -> bool:
    """Whether a vendor takes such a picture and reads such documents. Asks nobody."""
    image, limits = query.image, adapter.accepts
    return (
        image.format in limits.formats
        and image.size <= limits.max_bytes
        and limits.min_side <= min(image.width, image.height)
        and max(image.width, image.height) <= limits.max_side
        and adapter.supports(query)
    )


async def _advance(exchange: Exchange, response: VendorResponse | None, size: int) -> VendorRequest | IdDocument:
    """The adapter's next request, or its document. Work on more than ``STEP_INLINE`` bytes is done in a thread."""
    if size <= STEP_INLINE:
        return _step(exchange, response)
    return await asyncio.to_thread(_step, exchange, response)


def _step(exchange: Exchange, response: VendorResponse | None) -> VendorRequest | IdDocument:
    try:
        return next(exchange) if response is None else exchange.send(response)
    except StopIteration as finished:
        document: IdDocument = finished.value
        return document
