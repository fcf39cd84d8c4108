"""Drives one adapter's exchange: signs and sends what it yields, repeats what may be repeated, and keeps the account."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.adapters.status import retry_after
from gateway.errors import GatewayError, UpstreamProtocolError, UpstreamTimeout, UpstreamUnavailable
from gateway.exchange import Credentials, Exchange, Send, VendorRequest, VendorResponse
from gateway.model import IdDocument
from gateway.upstream.origin import same_origin

STEP_INLINE = 256 * 1024
"""Bytes of a picture or an answer that an adapter may work on without leaving the event loop."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 2.0
"""Seconds before a repeatable request is repeated; each pause is twice the one before."""

MOST_REPEATS = 5
"""Times in a row that a repeatable request is repeated, over about seven seconds: what fails for longer will go on."""

CONNECTION_FAILURES = (UpstreamUnavailable, UpstreamTimeout, UpstreamProtocolError)
"""What the transport raises where no whole answer came, though another time one may."""


@dataclass(slots=True)
class Account:
    """What has become of an exchange so far, however it ends."""

    status: int | None = None
    """HTTP status of the last answer."""

    billed: bool = False
    """Whether the vendor has taken a request that is not free to ask again: it answered 2xx."""

    handed_in: bool = False
    """Whether the exchange went on from there: to begin it again would buy the same twice."""

    fitted: str = ""
    """What was done to the picture before."""


class Driver:
    """Performs exchanges. ``send`` is the transport; ``clock`` is the event loop's."""

    def __init__(
        self,
        send: Send,
        credentials: Credentials | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._send = send
        self._credentials = credentials
        self._clock = clock
        self._sleep = sleep

    async def converse(self, exchange: Exchange, size: int, ends: float, account: Account) -> IdDocument:
        """Give the adapter its answers until it returns the document.

        ``size`` is that of the picture, ``ends`` the moment when the caller will lose patience: nothing is waited for
        that comes later, with a TimeoutError where there is no better one. Raises what the adapter, the credentials and
        the transport raise, no longer ``retryable`` once something was handed in, and :class:`UpstreamProtocolError`
        where the vendor points to another origin than the one that was asked first.
        """
        first: VendorRequest | None = None
        try:
            step = await _advance(exchange, None, size)
            while isinstance(step, VendorRequest):
                first = first or step
                if step is not first and not same_origin(first.url, step.url):
                    raise UpstreamProtocolError("the vendor pointed elsewhere")
                await self._pause(step.delay, ends)
                response = await self._answer(step, ends)
                account.status = response.status
                taken = not step.repeatable and 200 <= response.status < 300
                account.billed |= taken
                step = await _advance(exchange, response, len(response.body))
                account.handed_in |= taken and isinstance(step, VendorRequest)
        except GatewayError as error:
            error.retryable = error.retryable and not account.handed_in
            raise
        else:
            return step
        finally:
            # Cancelled during a step in a thread, the generator still runs there; it is closed when the thread lets go.
            with contextlib.suppress(ValueError):
                exchange.close()

    async def _answer(self, request: VendorRequest, ends: float) -> VendorResponse:
        pause = FIRST_PAUSE
        repeats = MOST_REPEATS if request.repeatable else 0
        while True:
            try:
                response = await self._signed(request)
            except CONNECTION_FAILURES:
                if not repeats or self._clock() + pause >= ends:
                    raise
                wait = pause
            else:
                wait = max(pause, retry_after(response.headers) or 0.0)
                again = response.status == 429 or response.status >= 500
                if not (repeats and again) or self._clock() + wait >= ends:
                    return response
            await self._sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)
            repeats -= 1

    async def _signed(self, request: VendorRequest) -> VendorResponse:
        if self._credentials is None:
            return await self._send(request)
        signed = await self._credentials.authorize(request, self._send)
        response = await self._send(signed)
        if self._credentials.refused(signed, response):
            response = await self._send(await self._credentials.authorize(request, self._send))
        return response

    async def _pause(self, seconds: float, ends: float) -> None:
        if seconds > 0:
            if self._clock() + seconds >= ends:
                raise TimeoutError
            await self._sleep(seconds)


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
