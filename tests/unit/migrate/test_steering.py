import asyncio

import pytest

from gateway.errors import NoDocument, UpstreamUnavailable
from gateway.migrate.gates import GatePolicy
from gateway.migrate.migration import Migration
from gateway.migrate.policy import RampPolicy
from gateway.migrate.ramp import Order
from gateway.migrate.steering import RampShares, Watched, head
from gateway.migrate.store import MemoryRampStore
from gateway.model import IdDocument, Recognition
from gateway.routing.shares import BUCKETS, Key, bucket
from tests.fakes import Events, FakeRecognizer, make_query
from tests.unit.migrate.clocks import WallClock

PAIRS = ["any"]


async def ramp(**changes) -> Migration:
    policy = RampPolicy(
        **({"source": "old", "target": "new", "per": "route", "gates": GatePolicy(success=0.9)} | changes)
    )
    migration = Migration("r", policy, MemoryRampStore(), observer=Events(), now=WallClock())
    await migration.sync()
    return migration


class Arm:
    """Whoever is first answers."""

    def __init__(self, names):
        self.first = names[0]

    async def recognize(self, _query, /):
        return Recognition(IdDocument(), self.first)


async def samples(migration: Migration):
    await migration.sync()
    return migration.state("any").evidence.tally("success")


async def test_the_new_one_has_as_many_of_the_lowest_buckets_as_its_share():
    migration = await ramp()
    shares = RampShares(migration, lambda _: True)
    assert shares.key is Key.CALLER
    for percent in (1, 5, 25, 50, 100):
        assert list(shares.ranges(make_query())) == [("new", percent * 100), ("old", BUCKETS - percent * 100)]
        await migration.order(Order.ADVANCE, PAIRS)
    await migration.order(Order.ROLLBACK, PAIRS)
    assert list(shares.ranges(make_query())) == [("new", 0), ("old", BUCKETS)]


async def test_what_the_new_one_does_not_take_stays_with_the_old_one():
    migration = await ramp(steps=(100.0,))
    assert list(RampShares(migration, lambda _: False).ranges(make_query())) == [("new", 0), ("old", BUCKETS)]


async def test_moved_callers_stay_moved_on_the_way_up():
    migration = await ramp()
    route = head("r", ["old"], Arm, shares=RampShares(migration, lambda _: True), migration=migration)
    moved: set[str] = set()
    callers = [f"caller-{number}" for number in range(400)]
    for _ in range(5):
        answers = {name: (await route.recognize(make_query(caller=name))).upstream for name in callers}
        now = {name for name, upstream in answers.items() if upstream == "new"}
        assert moved <= now
        moved = now
        await migration.order(Order.ADVANCE, PAIRS)
    assert moved == set(callers)


async def test_who_asks_the_new_one_is_who_has_a_low_bucket():
    migration = await ramp(steps=(25.0,))
    route = head("r", ["old"], Arm, shares=RampShares(migration, lambda _: True), migration=migration)
    for number in range(100):
        query = make_query(caller=f"caller-{number}")
        expected = "new" if bucket("r", Key.CALLER, query) < 2500 else "old"
        assert (await route.recognize(query)).upstream == expected


async def test_what_becomes_of_requests_at_the_new_one_is_counted():
    migration = await ramp()
    outcomes = [IdDocument(), UpstreamUnavailable(), NoDocument(), IdDocument()]
    watched = Watched(FakeRecognizer("new", *outcomes), migration)
    assert (await watched.recognize(make_query())).upstream == "new"
    with pytest.raises(UpstreamUnavailable):
        await watched.recognize(make_query())
    with pytest.raises(NoDocument):
        await watched.recognize(make_query())
    tally = await samples(migration)
    assert (tally.n, tally.agreed) == (2, 1)


async def test_neither_a_chosen_target_nor_the_old_one_nor_who_went_away_is_counted():
    migration = await ramp(steps=(50.0,))
    watched = Watched(FakeRecognizer("new", IdDocument(), asyncio.CancelledError()), migration)
    await watched.recognize(make_query(target="new"))
    with pytest.raises(asyncio.CancelledError):
        await watched.recognize(make_query())
    route = head("r", ["old"], Arm, shares=RampShares(migration, lambda _: False), migration=migration)
    await route.recognize(make_query())
    assert (await samples(migration)).n == 0


async def test_what_began_before_a_change_is_not_counted_after_it():
    migration = await ramp()

    class Meanwhile:
        async def recognize(self, _query, /):
            migration._now.pass_(1)
            await migration.order(Order.ADVANCE, PAIRS)
            raise UpstreamUnavailable

    with pytest.raises(UpstreamUnavailable):
        await Watched(Meanwhile(), migration).recognize(make_query())
    assert (await samples(migration)).n == 0


async def test_arms():
    made = []

    def arm(names):
        made.append(tuple(names))
        return Arm(names)

    head("r", ["old", "local"], arm, migration=await ramp())
    assert set(made) == {
        ("old", "local"), ("local", "old"), ("new", "old", "local"), ("old",), ("local",), ("new",),
    }  # fmt: skip
    made.clear()
    head("r", ["old", "new"], arm)
    assert set(made) == {("old", "new"), ("new", "old"), ("old",), ("new",)}
