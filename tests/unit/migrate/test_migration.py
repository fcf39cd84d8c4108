import asyncio
import logging

import pytest

from gateway.events import ComparisonFinished, RampChanged, RampHeld, UpstreamVanished
from gateway.migrate.evidence import Evidence, counted
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.migrate.migration import ROUND, Migration
from gateway.migrate.pairs import PAIRS
from gateway.migrate.policy import AdvancePolicy, RampPolicy
from gateway.migrate.ramp import Order, State
from gateway.migrate.store import MemoryRampStore
from gateway.model import DocumentType
from tests.fakes import Events, make_query
from tests.unit.migrate.clocks import FlakyStore, WallClock
from tests.virtual_time import virtual_time

GATES = GatePolicy(success=0.9, agreement={"birth_date": 0.9})
PAIR = "THA-ID"


def policy(**changes) -> RampPolicy:
    advance = AdvancePolicy(samples=60, after=600)
    return RampPolicy(**({"source": "old", "target": "new", "advance": advance, "gates": GATES} | changes))


class Replica(Migration):
    """One process: a clock of its own, and what it has told."""

    def __init__(self, store, clock=None, **changes):
        self.clock, self.told = clock or WallClock(), Events()
        super().__init__("r", policy(**changes), store, observer=self.told, now=self.clock)

    def see(self, n: int, good: int, pair: str = PAIR) -> None:
        counts = {"success": (n, good), "agreement.birth_date": (n, good)}
        self.observe(pair, self.mark(pair), Evidence(counts=counts))

    def place(self, pair: str = PAIR):
        state = self.state(pair)
        return state.share, state.state

    @property
    def changes(self):
        return [(e.pair, e.share, e.state, e.reason, e.decided) for e in self.told if isinstance(e, RampChanged)]


async def replica(store, clock=None, **changes) -> Replica:
    """One that has read what is kept, without its rounds."""
    made = Replica(store, clock, **changes)
    await made.sync()
    return made


def comparison(control="old", candidate="new", kind="shadow", *, country="THA", id_type="ID", route="r"):
    results = {"birth_date": "exact"}
    return ComparisonFinished(route, country, id_type, control, candidate, results, {}, "ok", 1, 1, 0, kind)


async def test_every_pair_begins_on_the_first_step():
    one = await replica(MemoryRampStore())
    assert {one.place(pair) for pair in PAIRS} == {(1, State.RUNNING)}
    assert one.mark(PAIR) is None


async def test_what_is_seen_moves_the_pair_when_it_is_enough():
    one = await replica(MemoryRampStore())
    one.see(100, 100)
    await one.sync()
    assert one.changes == [(PAIR, 1, "running", "started", True)]
    one.clock.pass_(600)
    await one.sync()
    assert one.place() == (5, State.RUNNING)
    assert one.changes[1:] == [(PAIR, 5, "running", "passed", True)]
    assert one.told[-1].verdicts == {"success": Verdict.PASS, "agreement.birth_date": Verdict.PASS}
    assert one.place("VNM-PP") == (1, State.RUNNING)


async def test_replicas_count_together_and_decide_once():
    store, clock = MemoryRampStore(), WallClock()
    one, other = await replica(store, clock), await replica(store, clock)
    one.see(1, 1)
    await one.sync()
    await other.sync()
    one.see(40, 40)
    other.see(40, 40)
    clock.pass_(600)
    await one.sync()
    assert one.place() == (1, State.RUNNING)
    await other.sync()
    await one.sync()
    assert one.place() == other.place() == (5, State.RUNNING)
    assert one.changes[1:] == [(PAIR, 5, "running", "passed", False)]
    assert other.changes[1:] == [(PAIR, 5, "running", "passed", True)]


async def test_replicas_that_write_at_once_lose_nothing():
    store, clock = MemoryRampStore(), WallClock()
    replicas = [await replica(store, clock) for _ in range(4)]
    replicas[0].see(1, 1)
    for one in replicas:
        await one.sync()
    for _ in range(5):
        for one in replicas:
            one.see(3, 3)
        await asyncio.gather(*(one.sync() for one in replicas))
    assert (await replica(store)).state(PAIR).evidence.samples == 1 + 5 * 4 * 3


async def test_the_state_survives_the_process():
    store = MemoryRampStore()
    one = await replica(store)
    await one.order(Order.ADVANCE, [PAIR])
    again = await replica(store)
    assert again.place() == (5, State.RUNNING)
    assert again.changes == [(PAIR, 5, "running", "operator", False)]


async def test_a_look_at_what_is_kept_needs_no_store():
    store = MemoryRampStore()
    await (await replica(store)).order(Order.ADVANCE, [PAIR])
    one = Replica(MemoryRampStore())
    one.recall(await store.load("r"))
    assert (one.known, one.place(), one.place("VNM-PP")) == (True, (5, State.RUNNING), (1, State.RUNNING))


async def test_who_came_late_is_told_where_every_pair_is():
    one = await replica(MemoryRampStore())
    await one.order(Order.ADVANCE, [PAIR])
    one.told.clear()
    one.announce()
    assert one.changes == [(PAIR, 5, "running", "operator", False)]


async def test_a_store_that_lost_everything_is_told_again():
    store = MemoryRampStore()
    one = await replica(store)
    await one.order(Order.ADVANCE, [PAIR])
    store._kept.clear()
    await one.sync()
    assert (await replica(store)).place() == (5, State.RUNNING)
    assert len(one.changes) == 1


async def test_as_long_as_nothing_is_known_the_old_one_is_asked():
    store = FlakyStore()
    await (await replica(store)).order(Order.ADVANCE, [PAIR])
    store.away = True
    one = await replica(store)
    assert (one.known, one.place()) == (False, (0, State.RUNNING))
    store.away = False
    await one.sync()
    assert (one.known, one.place()) == (True, (5, State.RUNNING))


async def test_without_its_store_a_pair_stays_and_what_was_seen_is_kept(caplog):
    store = FlakyStore()
    one = await replica(store)
    one.see(100, 100)
    await one.sync()
    store.away = True
    one.see(10, 10)
    one.clock.pass_(6000)
    with caplog.at_level(logging.WARNING):
        await one.sync()
        await one.sync()
        assert one.place() == (1, State.RUNNING)
        store.away = False
        await one.sync()
    assert one.place() == (5, State.RUNNING)
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert "ConnectionError" in caplog.text


@pytest.mark.parametrize("start", [Order.PAUSE, Order.RESUME, Order.ADVANCE])
async def test_a_rollback_works_also_while_the_store_is_away(start):
    store = FlakyStore()
    one, other = await replica(store), await replica(store)
    await one.order(start, PAIRS)
    store.away = True
    await one.order(Order.ROLLBACK, PAIRS)
    assert {one.place(pair) for pair in PAIRS} == {(0, State.ROLLED_BACK)}
    store.away = False
    await one.sync()
    await other.sync()
    assert {other.place(pair) for pair in PAIRS} == {(0, State.ROLLED_BACK)}


async def test_an_order_that_arrived_unheard_is_not_obeyed_twice():
    store = FlakyStore()
    one = await replica(store)
    store.deaf = True
    await one.order(Order.ADVANCE, [PAIR])
    store.deaf = False
    await one.sync()
    assert (await replica(store)).place() == one.place() == (5, State.RUNNING)


async def test_what_began_on_an_earlier_step_does_not_count():
    one = await replica(MemoryRampStore())
    mark = one.mark(PAIR)
    await one.order(Order.ADVANCE, [PAIR])
    one.observe(PAIR, mark, counted({"success": False}))
    await one.sync()
    assert not one.state(PAIR).evidence


async def test_why_a_step_holds_is_told_once():
    one = await replica(MemoryRampStore())
    one.observe(PAIR, one.mark(PAIR), Evidence(counts={"success": (100, 100)}))
    await one.sync()
    one.clock.pass_(600)
    for _ in range(3):
        await one.sync()
    held = [event for event in one.told if isinstance(event, RampHeld)]
    assert held == [RampHeld("r", PAIR, 1, {"success": Verdict.PASS, "agreement.birth_date": Verdict.ERROR})]


async def test_comparisons_count_for_the_pair_that_was_read_and_for_any():
    one = await replica(MemoryRampStore())
    for event in (comparison(), comparison("new", "old", "reverse"), comparison(country="JPN"), comparison(country="")):
        one(event)
    await one.sync()
    seen = {pair: one.state(pair).evidence.tally("agreement.birth_date").n for pair in (PAIR, "other", "any")}
    assert seen == {PAIR: 2, "other": 1, "any": 4}


@pytest.mark.parametrize(
    "event",
    [
        comparison(kind="noise", candidate="old"),
        comparison(control="third"),
        comparison(candidate="third"),
        comparison(route="s"),
    ],
)
async def test_comparisons_of_others_do_not_count(event):
    one = await replica(MemoryRampStore())
    one(event)
    await one.sync()
    assert one.mark("any") is None


async def test_per_route_there_is_one_pair():
    one = await replica(MemoryRampStore(), per="route")
    query = make_query(countries=frozenset({"THA"}), types=frozenset({DocumentType.IDENTITY_CARD}))
    assert (one.pair(query), list(one.pairs)) == ("any", ["any"])
    one(comparison())
    await one.sync()
    assert (one.mark(PAIR), one.mark("any") is None) == (None, False)
    assert (await replica(MemoryRampStore())).pair(query) == PAIR


async def test_the_cutover_does_not_wait_for_the_store():
    store, clock = FlakyStore(), WallClock()
    one = await replica(store, clock, cutover=clock.now)
    assert one.place("VNM-PP") == (100, State.DONE)
    store.away = True
    assert (await replica(store, clock, cutover=clock.now)).place() == (100, State.DONE)
    await one.order(Order.ROLLBACK, [PAIR])
    assert one.place() == (0, State.ROLLED_BACK)


async def test_an_upstream_that_is_gone_is_left_where_that_is_wanted():
    store = MemoryRampStore()
    teller = await replica(store)
    teller(UpstreamVanished("old", gone=True))
    assert teller.place() == (1, State.RUNNING)
    one = await replica(store, on_gone="cutover")
    one(UpstreamVanished("new", gone=True))
    assert one.place() == (1, State.RUNNING)
    one(UpstreamVanished("old", gone=True))
    assert {one.place(pair) for pair in PAIRS} == {(100, State.DONE)}
    await one.sync()
    assert one.changes[0][1:] == (100, "done", "gone", True)
    await one.order(Order.ROLLBACK, [PAIR])
    one(UpstreamVanished("old", gone=True))
    assert one.place() == (0, State.ROLLED_BACK)
    one(UpstreamVanished("old", gone=False))
    one(UpstreamVanished("old", gone=True))
    assert one.place() == (100, State.DONE)


async def test_an_order_given_while_a_round_is_under_way_holds_at_once():
    class Slow(MemoryRampStore):
        def __init__(self):
            super().__init__()
            self.entered, self.go = asyncio.Event(), asyncio.Event()
            self.go.set()

        async def load(self, key, /):
            self.entered.set()
            await self.go.wait()
            return await super().load(key)

    store = Slow()
    one = await replica(store, on_gone="cutover")
    store.entered.clear()
    store.go.clear()
    async with asyncio.TaskGroup() as group:
        group.create_task(one.sync())
        await store.entered.wait()
        one(UpstreamVanished("old", gone=True))
        store.go.set()
    assert one.place() == (100, State.DONE)


@virtual_time
async def test_entered_it_looks_again_and_again_and_a_last_time():
    store = MemoryRampStore()
    other = await replica(store)
    async with Replica(store) as one:
        await other.order(Order.ROLLBACK, [PAIR])
        assert one.place() == (1, State.RUNNING)
        await asyncio.sleep(ROUND * 1.5)
        assert one.place() == (0, State.ROLLED_BACK)
        one.see(7, 7, "VNM-PP")
    await other.sync()
    assert other.state("VNM-PP").evidence.samples == 7


@virtual_time
async def test_a_store_that_hangs_holds_nobody_up():
    class Hanging(MemoryRampStore):
        async def load(self, _key, /):
            await asyncio.Event().wait()

    started = asyncio.get_running_loop().time()
    async with Replica(Hanging()) as one:
        assert not one.known
    assert asyncio.get_running_loop().time() - started <= 5


def test_what_the_gates_say_and_where_it_goes_next():
    one = Replica(MemoryRampStore())
    assert one.verdicts(PAIR) == {"success": Verdict.ERROR, "agreement.birth_date": Verdict.ERROR}
    assert one.following(PAIR) == 1  # nothing is known yet
