"""A vendor that keeps to the schedule, reads what the picture says, and keeps account of every call."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from scripts.chaos_people import document, holder_of
from scripts.chaos_schedule import WELL, Schedule
from tests.functional.scenarios.faulty import Call, Faulty, head, refuses, resets

FASTEST, SLOWEST = 0.01, 0.05
"""Seconds that an answer takes."""


@dataclass(slots=True)
class Visit:
    """One call: whose picture, and from when to when on the monotonic clock."""

    holder: int
    at: float
    mode: str
    ended: float = 0.0
    billed: bool = False
    """Whether a whole answer with a status of success was handed over."""
    left: bool = False
    """Whether the gateway let go first: then ``ended`` is when that was noticed."""


class Vendor:
    """Number ``number`` of the schedule, which begins at the moment ``began``."""

    def __init__(self, number: int, schedule: Schedule, seed: int) -> None:
        self.number = number
        self.name = "abc"[number]
        self.visits: list[Visit] = []
        self.began = time.monotonic()
        self._schedule = schedule
        self._dice = random.Random(f"{seed} {number}")  # noqa: S311 - to be repeated, not to be secret
        self._faulty = Faulty(self._behave)

    @property
    def url(self) -> str:
        return self._faulty.url

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Vendor]:
        async with self._faulty.serving():
            yield self

    async def _behave(self, call: Call) -> None:
        self._faulty.calls.clear()  # they hold the pictures
        mode = self._schedule.mode(self.number, call.at - self.began)
        visit = Visit(holder_of(call.body), call.at, mode)
        self.visits.append(visit)
        try:
            await asyncio.sleep(self._dice.uniform(FASTEST, SLOWEST))
            await self._answer(call, visit)
        except asyncio.CancelledError:
            visit.left = True
            raise
        finally:
            visit.ended = time.monotonic()

    async def _answer(self, call: Call, visit: Visit) -> None:
        match visit.mode:
            case "unavailable":
                await refuses(503, "ModelArts.4403")(call)
            case "throttled":
                await refuses(429, "APIG.0308", retry_after=1)(call)
            case "reset":
                await resets(call)
            case "silent":
                await asyncio.Event().wait()
            case "cut":
                body = self._body(visit)
                await call.write(head(content_length=len(body)), body[: len(body) // 2])
                call.close()
            case "hidden":
                await self._bill(call, visit, json.dumps({"error_code": "ModelArts.4505", "error_msg": "-"}).encode())
            case "misread" | _:
                await self._bill(call, visit, self._body(visit))

    def _body(self, visit: Visit) -> bytes:
        assert visit.mode in {WELL, "misread", "cut"}
        return json.dumps({"result": document(visit.holder, misread=visit.mode == "misread")}).encode()

    async def _bill(self, call: Call, visit: Visit, body: bytes) -> None:
        call.writer.write(head(content_length=len(body)) + body)
        visit.billed = True
        await call.writer.drain()
