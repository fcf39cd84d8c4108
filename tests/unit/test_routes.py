"""One route's nest: what its configuration says is what answers, and what is tried out behind the answer."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from gateway.config.schema import RouteConfig, UpstreamConfig
from gateway.consensus.policy import ConsensusPolicy
from gateway.errors import ContradictedDocument, NoRoute, UpstreamGone
from gateway.events import ComparisonFinished
from gateway.migrate.brownout import BrownoutPolicy
from gateway.model import IdDocument
from gateway.nest import bare
from gateway.routes import Surroundings, check_keys, route_of
from gateway.routing.match import Condition
from gateway.secret import Secret
from gateway.shadow.backlog import Backlog
from gateway.shadow.policy import ShadowPolicy
from gateway.state.memory import MemoryStore
from tests.fakes import Events, FakeRecognizer, make_query
from tests.unit.config.sections import reported, section

ANNA = IdDocument(document_number="X1234567", first_name="ANNA", last_name="SHEMBULL")
BELA = IdDocument(document_number="Y7654321", first_name="BELA", last_name="MUSTER")


def upstream(adapter: str = "azure", **settings: object) -> UpstreamConfig:
    return UpstreamConfig(adapter=adapter, options=section("{}"), at=section("{}"), **settings)


@asynccontextmanager
async def route(targets: list[str], leaves: dict[str, FakeRecognizer], *, upstreams=None, ramps=None, **config: object):
    """The route's recognizer and the events; at the end all comparisons are over."""
    events, backlog = Events(), Backlog()
    around = Surroundings(
        nests={name: bare(name, leaf, lambda _query: True) for name, leaf in leaves.items()},
        observer=events,
        baseline=None,
        state=MemoryStore(),
        backlog=backlog,
        busy=lambda: False,
        upstreams=upstreams or {name: upstream() for name in leaves},
        ramps=ramps or {},
    )
    settings = RouteConfig(name="thai", targets=tuple(targets), at=section("{}"), **config)
    made = route_of(settings, around, None, None)
    assert (made.name, made.condition.matches(make_query(), datetime.now(UTC))) == ("thai", True)
    yield made.recognizer, events
    await backlog.drain(5)


async def test_targets_are_asked_in_turn():
    leaves = {"a": FakeRecognizer("a", UpstreamGone()), "b": FakeRecognizer("b", ANNA)}
    async with route(["a", "b"], leaves) as (recognizer, _):
        assert (await recognizer.recognize(make_query())).upstream == "b"


async def test_a_consensus_asks_them_together():
    leaves = {"a": FakeRecognizer("a", ANNA), "b": FakeRecognizer("b", BELA)}
    async with route(["a", "b"], leaves, consensus=ConsensusPolicy()) as (recognizer, _):
        with pytest.raises(ContradictedDocument):
            await recognizer.recognize(make_query())
    assert [len(leaf.calls) for leaf in leaves.values()] == [1, 1]


async def test_a_shadow_is_asked_behind_the_answer_and_compared():
    leaves = {"a": FakeRecognizer("a", ANNA), "b": FakeRecognizer("b", BELA)}
    shadow = ShadowPolicy(candidate="b", fraction=1.0)
    async with route(["a"], leaves, shadow=shadow) as (recognizer, events):
        query = make_query()
        assert (await recognizer.recognize(query)).document == ANNA
        assert not leaves["b"].calls
    (finished,) = [event for event in events if isinstance(event, ComparisonFinished)]
    assert (finished.route, finished.control, finished.candidate) == ("thai", "a", "b")
    assert finished.results["document_number"] == "conflict"


IN_THAILAND = {"a": upstream(region="th"), "b": upstream(region="eu")}


async def test_documents_that_stay_somewhere_are_asked_of_nobody_else():
    leaves = {"a": FakeRecognizer("a", UpstreamGone()), "b": FakeRecognizer("b", ANNA)}
    residency = frozenset({"th"})
    async with route(["a", "b"], leaves, upstreams=IN_THAILAND, residency=residency) as (recognizer, _):
        with pytest.raises(UpstreamGone):
            await recognizer.recognize(make_query())
    consensus = {"residency": residency, "consensus": ConsensusPolicy()}
    async with route(["a", "b"], leaves, upstreams=IN_THAILAND, **consensus) as (recognizer, _):
        with pytest.raises(NoRoute, match="1 take such a document"):
            await recognizer.recognize(make_query())
    assert not leaves["b"].calls


async def test_nor_are_they_tried_out_elsewhere():
    leaves = {"a": FakeRecognizer("a", ANNA), "b": FakeRecognizer("b", ANNA)}
    shadow = ShadowPolicy(candidate="b", fraction=1.0)
    config = {"upstreams": IN_THAILAND, "residency": frozenset({"th"}), "shadow": shadow}
    async with route(["a"], leaves, **config) as (recognizer, _):
        await recognizer.recognize(make_query())
    assert not leaves["b"].calls


async def test_an_end_is_rehearsed():
    leaves = {"a": FakeRecognizer("a", ANNA), "b": FakeRecognizer("b", ANNA)}
    brownout = BrownoutPolicy(before=datetime(2999, 1, 1, tzinfo=UTC))
    upstreams = {"a": upstream(brownout=brownout), "b": upstream()}
    async with route(["a", "b"], leaves, upstreams=upstreams) as (recognizer, _):
        assert (await recognizer.recognize(make_query())).upstream == "b"
    assert not leaves["a"].calls


def test_a_key_for_values_that_is_none_is_reported():
    at = section("{name: a, targets: [a], shadow: {candidate: b, fraction: 1, values_key: x}}")
    shadow = ShadowPolicy(candidate="b", fraction=1.0, values_key=Secret("no key"))
    check_keys(RouteConfig(name="a", targets=("a",), shadow=shadow, when=Condition(), at=at))
    assert "values_key" in reported(at)[0]
    check_keys(RouteConfig(name="a", targets=("a",), at=at))
    assert len(reported(at)) == 1
