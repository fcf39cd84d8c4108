"""A good and a bad newcomer over seeded traffic, in virtual time and through the whole of a route but for the network."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import UpstreamUnavailable
from gateway.events import ComparisonFinished, RampChanged
from gateway.migrate.gates import GatePolicy
from gateway.migrate.migration import Migration
from gateway.migrate.policy import AdvancePolicy, RampPolicy
from gateway.migrate.steering import RampShares, head
from gateway.migrate.store import MemoryRampStore
from gateway.model import Attempt, DocumentType, IdDocument, Query, Recognition
from gateway.resilience.failover import Failover, Target
from gateway.routing.shares import Key
from tests.fakes import make_image
from tests.virtual_time import virtual_time

THAI, VIET = ("THA", DocumentType.PASSPORT), ("VNM", DocumentType.IDENTITY_CARD)


@dataclass
class Reader:
    """Reads most of the time, at the price of a cent, in about half a second."""

    name: str
    dice: random.Random
    failing: dict[str, float] = field(default_factory=dict)
    slow: frozenset[str] = frozenset()

    async def recognize(self, query: Query, /) -> Recognition:
        country = next(iter(query.countries))
        seconds = self.dice.lognormvariate(-0.7, 0.3) * (8 if country in self.slow else 1)
        await asyncio.sleep(seconds)
        good = self.dice.random() >= self.failing.get(country, 0.001)
        query.trail.add(Attempt(self.name, "ok" if good else "unavailable", seconds, 0.01))
        if not good:
            raise UpstreamUnavailable
        return Recognition(IdDocument(address="x"), self.name)


class Traffic:
    """Requests of a hundred callers, half of them with Thai passports and half with Vietnamese cards, of which one in five
    is put to both readers. ``wrong`` is how often the newcomer misreads a birth date, by country.
    """

    def __init__(
        self, seed: int, newcomer: dict, *, wrong: dict[str, float] | None = None, replicas: int = 1, **policy
    ):
        self.dice = random.Random(seed)  # noqa: S311 - repeatable
        self.wrong = wrong or {}
        self.changes: list[RampChanged] = []
        store = MemoryRampStore()
        loop = asyncio.get_running_loop()
        begun = loop.time()
        ramp = RampPolicy(
            source="old",
            target="new",
            advance=AdvancePolicy(samples=200, after=600),
            gates=GatePolicy(success=0.98, p95=2.5, agreement={"birth_date": 0.95}, cost=0.02),
            **policy,
        )
        readers = {"old": Reader("old", self.dice), "new": Reader("new", self.dice, **newcomer)}
        targets = {name: Target(name, reader, lambda _: True) for name, reader in readers.items()}

        def arm(names):
            return Failover("r", [targets[name] for name in names], observer=lambda _: None, clock=loop.time)

        def now():
            return datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=loop.time() - begun)

        self.migrations = [Migration("r", ramp, store, observer=self.tell, now=now) for _ in range(replicas)]
        self.routes = [
            head("r", ["old"], arm, shares=RampShares(migration, lambda _: True), migration=migration)
            for migration in self.migrations
        ]

    def tell(self, event):
        if isinstance(event, RampChanged) and event.decided:
            self.changes.append(event)

    async def run(self, requests: int, each: float = 0.5) -> None:
        async with asyncio.TaskGroup() as callers:
            for number in range(requests):
                callers.create_task(self.request(number))
                await asyncio.sleep(each)

    async def request(self, number: int) -> None:
        country, kind = THAI if number % 2 else VIET
        at = self.dice.randrange(len(self.routes))
        caller = f"caller-{self.dice.randrange(100)}"
        query = Query(
            image=make_image(),
            countries=frozenset({country}),
            types=frozenset({kind}),
            caller=caller,
            request_id=str(number),
            deadline=asyncio.get_running_loop().time() + 30,
        )
        with suppress(UpstreamUnavailable):  # the old one alone fails now and then
            await self.routes[at].recognize(query)
        if self.dice.random() < 0.2:
            result = "conflict" if self.dice.random() < self.wrong.get(country, 0.005) else "exact"
            self.migrations[at](
                ComparisonFinished(
                    "r", country, kind, "old", "new", {"birth_date": result}, {}, "ok", 1, 1, 0, "shadow"
                )
            )

    def steps(self, pair: str) -> list[float]:
        return [event.share for event in self.changes if event.pair == pair]

    def reasons(self, pair: str) -> Counter[str]:
        failed = (event for event in self.changes if event.pair == pair and event.reason == "failed")
        return Counter(gate for event in failed for gate, verdict in event.verdicts.items() if verdict == "fail")


async def entered(traffic: Traffic, requests: int) -> Traffic:
    async with asyncio.TaskGroup() as group:
        opened = [await migration.__aenter__() for migration in traffic.migrations]
        await group.create_task(traffic.run(requests))
    for migration in opened:
        await migration.__aexit__(None, None, None)
    return traffic


@virtual_time
async def test_a_good_newcomer_climbs_to_the_top():
    traffic = await entered(Traffic(1, {}, key=Key.REQUEST, steps=(10.0, 25.0, 50.0, 100.0)), 11_000)
    for pair in ("THA-PP", "VNM-ID"):
        assert traffic.steps(pair) == [10, 25, 50, 100, 100]
        assert traffic.migrations[0].state(pair).state == "done"


@pytest.mark.parametrize(
    ("newcomer", "wrong", "gate"),
    [
        ({"failing": {"VNM": 0.2}}, {}, "success"),
        ({"slow": frozenset({"VNM"})}, {}, "p95"),
        ({}, {"VNM": 0.15}, "agreement.birth_date"),
    ],
)
def test_a_newcomer_that_is_bad_at_one_pair_is_stopped_there_and_nowhere_else(newcomer, wrong, gate):
    @virtual_time
    async def run():
        traffic = Traffic(2, newcomer, wrong=wrong, key=Key.REQUEST, steps=(10.0, 50.0, 100.0))
        await entered(traffic, 9_000)
        assert traffic.steps("THA-PP") == [10, 50, 100, 100]
        assert traffic.reasons("THA-PP") == Counter()
        assert traffic.steps("VNM-ID")[-1] == 0
        assert max(traffic.steps("VNM-ID")) <= 50
        assert traffic.migrations[0].state("VNM-ID").state == "rolled_back"
        assert gate in traffic.reasons("VNM-ID")
        assert set(traffic.reasons("VNM-ID")) == {gate}

    run()


@virtual_time
async def test_replicas_decide_as_one():
    traffic = Traffic(3, {"failing": {"VNM": 0.2}}, key=Key.REQUEST, steps=(10.0, 100.0), replicas=3)
    await entered(traffic, 7_000)
    assert traffic.steps("THA-PP") == [10, 100, 100]
    assert traffic.steps("VNM-ID") == [10, 0]
    for pair in ("THA-PP", "VNM-ID", "any"):
        assert len({(m.state(pair).share, m.state(pair).state) for m in traffic.migrations}) == 1
