import msgspec
import pytest

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.migrate.migration import Migration
from gateway.migrate.policy import RampPolicy
from gateway.migrate.ramps import NoSuchRamp, NotAnOrder, Ramps
from gateway.migrate.store import MemoryRampStore
from tests.fakes import Events
from tests.unit.migrate.clocks import WallClock


@pytest.fixture
async def migration() -> Migration:
    policy = RampPolicy(source="old", target="new", gates=GatePolicy(success=0.9, cost=0.02))
    migration = Migration("thai", policy, MemoryRampStore(), observer=Events(), now=WallClock())
    await migration.sync()
    return migration


async def test_an_order_to_one_pair_and_what_follows(migration: Migration):
    view = await Ramps([migration]).order("thai", "advance", "THA-PP")
    assert [(pair.pair, pair.share, pair.following, pair.state, pair.reason) for pair in view.pairs] == [
        ("THA-PP", 5, 25, "running", "operator")
    ]


@pytest.mark.parametrize(
    ("word", "share", "state"),
    [("pause", 1, "paused"), ("resume", 1, "running"), ("advance", 5, "running"), ("rollback", 0, "rolled_back")],
)
async def test_an_order_to_all(migration: Migration, word, share, state):
    view = await Ramps([migration]).order("thai", word)
    assert len(view.pairs) == 25
    assert {(pair.share, pair.state) for pair in view.pairs} == {(share, state)}


async def test_what_there_is_not(migration: Migration):
    ramps = Ramps([migration])
    with pytest.raises(NoSuchRamp, match="no route called viet"):
        await ramps.order("viet", "pause")
    with pytest.raises(NoSuchRamp, match="no such pair; it has VNM-DL"):
        await ramps.order("thai", "pause", "THA-XX")
    for word in ("gone", "returned", "", "stop"):
        with pytest.raises(NotAnOrder, match="pause, resume, advance, rollback"):
            await ramps.order("thai", word)
    assert ramps.views()[0].pairs == ()


async def test_a_view_as_json(migration: Migration):
    evidence = Evidence(counts={"success": (100, 98)}, cost=0.98)
    migration.observe("THA-PP", None, evidence)
    await migration.sync()
    view = msgspec.to_builtins(Ramps([migration]).views())
    assert [(one["route"], one["from"], one["to"], one["known"]) for one in view] == [("thai", "old", "new", True)]
    pair = view[0]["pairs"][0]
    assert (pair["pair"], pair["share"], pair["samples"], pair["since"]) == ("THA-PP", 1, 100, "2026-12-01T00:00:00Z")
    success, cost = pair["gates"]
    assert (success["gate"], success["verdict"], success["counted"], success["value"]) == (
        "success", Verdict.PASS, 100, 0.98,
    )  # fmt: skip
    assert success["low"] < 0.98 < success["high"]
    assert (cost["gate"], cost["verdict"], cost["threshold"], cost["value"]) == (
        "cost",
        "pass",
        0.02,
        pytest.approx(0.01),
    )


async def test_nothing_answered_costs_nothing_per_answer(migration: Migration):
    migration.observe("THA-PP", None, Evidence(counts={"success": (3, 0)}, cost=0.03))
    await migration.sync()
    assert Ramps([migration]).views()[0].pairs[0].gates[1].value is None
