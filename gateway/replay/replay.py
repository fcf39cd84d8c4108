"""The leaf that stands for a vendor: it answers from recordings or inventions, as late and as badly as it is told to."""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from gateway.clock import wall_clock
from gateway.errors import (
    DeadlineExceeded,
    DocumentError,
    GatewayError,
    NoDocument,
    UpstreamIncapable,
    UpstreamTimeout,
)
from gateway.events import AttemptFinished, Observer
from gateway.model import Attempt, DocumentImage, IdDocument, Query, Recognition
from gateway.replay.dice import Dice
from gateway.replay.misread import misread
from gateway.replay.options import FAULTS, Fault, Latency, ReplayOptions, rate_of
from gateway.replay.ordinals import Ordinals
from gateway.replay.person import invented
from gateway.replay.recordings import Recordings
from gateway.table1 import covers
from gateway.truth.check import check

INLINE = 256 * 1024
"""Bytes of a picture that are hashed without leaving the event loop."""


def utc_today() -> date:
    return wall_clock().date()


class Replay:
    """An upstream without HTTP, credentials or anything to start or close.

    ``recordings`` are those of ``options.directory``, read by :func:`gateway.replay.recordings.load`. ``timeout`` is
    seconds for one attempt, ``price`` what an attempt costs that a vendor would bill: one that ends with a document or
    with the word that there is none. ``clock`` is the event loop's.
    """

    def __init__(
        self,
        name: str,
        options: ReplayOptions,
        observer: Observer,
        price: float = 0.0,
        *,
        recordings: Recordings | None = None,
        timeout: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        today: Callable[[], date] = utc_today,
    ) -> None:
        self.name = name
        self._options = options
        self._observer = observer
        self._price = price
        self._timeout = timeout
        self._clock = clock
        self._sleep = sleep
        self._today = today
        self._recordings = recordings
        self._ordinals = Ordinals()

    def supports(self, query: Query) -> bool:
        """With recordings, whether one of them may answer; else every pair of Table 1."""
        if self._recordings is not None:
            return self._recordings.supports(query)
        return covers(query.countries, query.types)

    async def recognize(self, query: Query, /) -> Recognition:
        """Raises the recorded or drawn error, what the truth checks raise, and :class:`UpstreamTimeout` or
        :class:`DeadlineExceeded` where the answer is later than this upstream's time or the request's own.
        """
        if not self.supports(query):
            raise UpstreamIncapable(f"{self.name} has no such document")
        started = self._clock()
        if query.deadline <= started:
            raise DeadlineExceeded("no time left to ask")
        outcome, billed = GatewayError.outcome, False
        try:
            document = await self._answer(query, started)
            outcome, billed = "ok", True
            return Recognition(document, self.name)
        except GatewayError as error:
            outcome, billed = error.outcome, isinstance(error, DocumentError)
            raise
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        finally:
            seconds, cost = self._clock() - started, self._price if billed else 0.0
            kind = query.purpose or query.trail.next_kind(self.name)
            query.trail.add(Attempt(self.name, outcome, seconds, cost))
            self._observer(AttemptFinished(self.name, kind, outcome, seconds, cost=cost))

    async def _answer(self, query: Query, started: float) -> IdDocument:
        sha256 = await _sha256(query.image)
        dice = Dice("request", self._options.seed, self.name, sha256, self._ordinals.next(sha256))
        seconds = _seconds(self._options.latency, dice.share())
        outcome = self._fault(dice.share()) or self._outcome(query, sha256)
        late = isinstance(outcome, UpstreamTimeout)
        await self._wait(math.inf if late else seconds, started, query.deadline)
        if isinstance(outcome, GatewayError):
            raise outcome
        document = check(self._misread(outcome, sha256), today=self._today())
        return document if query.portrait else replace(document, portrait_image=None)

    async def _wait(self, seconds: float, started: float, deadline: float) -> None:
        """Until the answer is due, or until time is up."""
        own = started + self._timeout
        ends, now = min(own, deadline), self._clock()
        if now + seconds < ends:
            await self._sleep(seconds)
            return
        await self._sleep(max(0.0, ends - now))
        error = UpstreamTimeout if own <= deadline else DeadlineExceeded
        raise error(f"{self.name} did not answer in time")

    def _fault(self, share: float) -> GatewayError | None:
        """The fault within whose part of 0..1 ``share`` lies."""
        for name, fault in self._options.faults.items():
            share -= rate_of(fault)
            if share < 0:
                wait = fault.retry_after if isinstance(fault, Fault) else None
                return FAULTS[name]("a fault that was asked for", retry_after=wait)
        return None

    def _outcome(self, query: Query, sha256: str) -> IdDocument | GatewayError:
        if self._recordings is not None:
            recording = self._recordings.find(query, sha256)
            return NoDocument("nothing is recorded for this picture") if recording is None else recording.outcome()
        return invented(query, sha256) or NoDocument("nobody to invent")

    def _misread(self, document: IdDocument, sha256: str) -> IdDocument:
        """What this upstream is wrong about on this picture, each time it sees it."""
        draws = {
            name: Dice("wrong", self._options.seed, self.name, sha256, name).share() for name in self._options.wrong
        }
        names = [name for name, rate in sorted(self._options.wrong.items()) if draws[name] < rate]
        return misread(document, names, Dice("misread", self._options.seed, self.name, sha256))


def _seconds(latency: float | Latency, share: float) -> float:
    return latency.at(share) if isinstance(latency, Latency) else latency


async def _sha256(image: DocumentImage) -> str:
    if image.size <= INLINE:
        return _hash(image)
    return await asyncio.to_thread(_hash, image)


def _hash(image: DocumentImage) -> str:
    return hashlib.sha256(image.decoded()).hexdigest()
