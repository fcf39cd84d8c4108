"""Callers of every kind: they ask alone or together, hang up, are in a hurry, or send what is no picture."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp

from gateway import tasks
from scripts.chaos_gateway import DEADLINE
from scripts.chaos_people import country, differences, missing, picture

PROJECT = "0123456789abcdef0123456789abcdef"
CALLERS = 10
BIG = 400 * 1024
"""Bytes of a large picture, which takes other ways than a small one."""

KINDS = {"single": 66, "large": 4, "together": 12, "leaving": 8, "leader leaves": 4, "hurried": 4, "broken": 2}
"""What a caller does next, by weight."""


@dataclass(slots=True)
class Asked:
    """One request and what came of it. ``status`` is 0 where the caller hung up; ``patience`` is seconds from ``at``."""

    kind: str
    holder: int
    at: float
    ended: float = 0.0
    patience: float = DEADLINE
    status: int = 0
    code: str = ""
    wrong: tuple[str, ...] = ()
    """Fields of somebody else."""
    lacking: bool = False
    """Whether fields are absent and the answer does not say that it falls short."""
    cost: float = 0.0


class Load:
    """``callers`` of them against the gateway at ``url``; ``asked`` holds all their requests."""

    def __init__(self, url: str, seed: int, callers: int = CALLERS) -> None:
        self.asked: list[Asked] = []
        self.failures: list[str] = []
        """Connections that were refused or broken: never a way to answer."""
        self._url = f"{url}/v2/{PROJECT}/ocr/id-document"
        self._dice = [random.Random(f"{seed} caller {number}") for number in range(callers)]  # noqa: S311 - as above
        self._holders: Iterator[int] = itertools.count(1)

    async def run(self, seconds: float) -> None:
        """Until so many seconds have passed and the last answer has come."""
        ends = time.monotonic() + seconds
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await asyncio.gather(*(self._call(session, dice, ends) for dice in self._dice))

    async def _call(self, session: aiohttp.ClientSession, dice: random.Random, ends: float) -> None:
        while time.monotonic() < ends:
            (kind,) = dice.choices(list(KINDS), list(KINDS.values()))
            await self._act(session, kind, dice)
            await asyncio.sleep(dice.uniform(0.03, 0.15))

    async def _act(self, session: aiohttp.ClientSession, kind: str, dice: random.Random) -> None:
        holder = next(self._holders)
        match kind:
            case "together":
                await asyncio.gather(*(self._ask(session, kind, holder) for _ in range(3)))
            case "leaving":
                await self._leave(session, kind, holder, dice.uniform(0.005, 0.1))
            case "leader leaves":
                leader = self._leave(session, kind, holder, dice.uniform(0.02, 0.1))
                await asyncio.gather(leader, self._ask(session, kind, holder, after=0.01))
            case "hurried":
                await self._ask(session, kind, holder, patience=round(dice.uniform(0.02, 0.3), 3))
            case _:
                await self._ask(session, kind, holder)

    async def _leave(self, session: aiohttp.ClientSession, kind: str, holder: int, patience: float) -> None:
        asking = tasks.start(self._ask(session, kind, holder), name="caller")
        await asyncio.wait((asking,), timeout=patience)
        await tasks.stop(asking)

    async def _ask(
        self, session: aiohttp.ClientSession, kind: str, holder: int, *, patience: float = DEADLINE, after: float = 0.0
    ) -> None:
        await asyncio.sleep(after)
        image = picture(holder, BIG if kind == "large" else 0)
        body = {"image": "not Base64!" if kind == "broken" else image, "country_region": [country(holder)]}
        asked = Asked(kind, holder, time.monotonic(), patience=patience)
        self.asked.append(asked)
        headers = {"X-Gateway-Deadline": str(patience)} if patience < DEADLINE else {}
        try:
            async with session.post(self._url, json=body, headers=headers) as response:
                answer = await response.json()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            self.failures.append(type(error).__name__)
            return
        finally:
            asked.ended = time.monotonic()
        asked.status, asked.code = response.status, answer.get("error_code", "")
        asked.cost = float(response.headers.get("X-Gateway-Cost", "0"))
        result = answer.get("result", {})
        asked.wrong = tuple(differences(holder, result))
        asked.lacking = bool(
            response.status == 200 and missing(result) and "X-Gateway-Shortfall" not in response.headers
        )
