"""The leaf Recognizer for HTTP vendors: one attempt at one vendor, from the picture as it came to the checked document."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import aiohttp

from gateway.clock import wall_clock
from gateway.errors import (
    DeadlineExceeded,
    GatewayError,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamIncapable,
    UpstreamTimeout,
)
from gateway.events import AttemptFinished, Observer
from gateway.exchange import Adapter, Credentials, VendorRequest, VendorResponse
from gateway.image.fit import can_fit
from gateway.image.fitter import Fitter
from gateway.model import Attempt, IdDocument, Query, Recognition
from gateway.truth.check import check
from gateway.upstream import transport
from gateway.upstream.driver import Account, Driver
from gateway.upstream.pace import Pace
from gateway.upstream.progress import Timeouts


def utc_today() -> date:
    return wall_clock().date()


class Upstream:
    """One vendor endpoint under one name.

    ``timeout`` is seconds for the whole attempt; ``connect_timeout``, ``first_byte_timeout`` and ``idle_timeout`` are
    those of each request in it (:class:`gateway.upstream.progress.Timeouts`). ``price`` is what an attempt costs that
    the vendor took. ``fitter`` is the one that all upstreams share. ``clock`` is the event loop's, the one that
    ``Query.deadline`` is told on; ``today`` is what dates on documents are held against.
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
        first_byte_timeout: float = 20.0,
        idle_timeout: float = 10.0,
        price: float = 0.0,
        fitter: Fitter | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        today: Callable[[], date] = utc_today,
    ) -> None:
        self.name = name
        self._adapter = adapter
        self._session = session
        self._observer = observer
        self._timeout = timeout
        self._timeouts = Timeouts(connect_timeout, first_byte_timeout, idle_timeout)
        self._price = price
        self._fitter = fitter or Fitter()
        self._clock = clock
        self._today = today
        self._driver = Driver(self._send, credentials, clock=clock, sleep=sleep)
        self._pace = Pace()

    def supports(self, query: Query) -> bool:
        return takes(self._adapter, query)

    async def recognize(self, query: Query, /) -> Recognition:
        """Raises what the adapter, the transport and the checks raise, :class:`UnreadableDocument` for an answer in which
        nothing was read, :class:`UpstreamTimeout` when this vendor's time is up, and :class:`DeadlineExceeded` when the
        request's own is; :class:`UpstreamBusy` where it will be before this vendor usually answers, as another may be
        quicker. A query that is refused here is no attempt.
        """
        if not self.supports(query):
            raise UpstreamIncapable(f"{self.name} does not take this picture or document")
        started = self._clock()
        left = query.deadline - started
        if left <= 0:
            raise DeadlineExceeded("no time left to ask")
        if len(query.trail) and left < self._pace.usual():  # the first attempt is made however little time there is
            raise UpstreamBusy("not enough time left to ask")

        account = Account()
        outcome = GatewayError.outcome
        try:
            document = await self._within(min(self._timeout, left), query, account)
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
            self._pace.add(self._clock() - started)
            return Recognition(document, self.name)
        finally:
            self._record(query, outcome, self._clock() - started, account)

    async def _within(self, seconds: float, query: Query, account: Account) -> IdDocument:
        ends = self._clock() + seconds
        async with asyncio.timeout(seconds):
            image, account.fitted = await self._fitter.fit(query.image, self._adapter.accepts)
            exchange = self._adapter.exchange(replace(query, image=image))
            document = await self._driver.converse(exchange, image.size, ends, account)
        document = check(document, today=self._today())
        if _is_empty(document):
            raise UnreadableDocument("nothing was read")
        return document

    async def _send(self, request: VendorRequest) -> VendorResponse:
        return await transport.send(self._session, request, self._timeouts)

    def _record(self, query: Query, outcome: str, seconds: float, account: Account) -> None:
        """Vendors bill what they took, not what they refused, and a job also where nobody waits for its end."""
        cost = self._price if account.billed else 0.0
        kind = query.purpose or query.trail.next_kind(self.name)
        query.trail.add(Attempt(self.name, outcome, seconds, cost, account.fitted))
        self._observer(AttemptFinished(self.name, kind, outcome, seconds, account.status, cost))


def takes(adapter: Adapter, query: Query) -> bool:
    """Whether a vendor takes such a picture, as it is or made to fit, and reads such documents. Asks nobody."""
    return can_fit(query.image, adapter.accepts) and adapter.supports(query)


def _is_empty(document: IdDocument) -> bool:
    """Whether not one field was read. The kind of a document alone is an answer; a portrait and scores alone are none."""
    return replace(document, portrait_image=None, confidence={}, mrz=()) == IdDocument()
