"""One route's nest: what its configuration says is what answers, and what is tried out behind the answer."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from gateway.config.schema import RouteConfig
from gateway.consensus.policy import ConsensusPolicy
from gateway.errors import ContradictedDocument, UpstreamGone
from gateway.events import ComparisonFinished
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


@asynccontextmanager
async def route(targets: list[str], leaves: dict[str, FakeRecognizer], **config: object):
    """The route's recognizer and the events; at the end all comparisons are over."""
    events, backlog = Events(), Backlog()
    around = Surroundings(
        nests={name: bare(name, leaf, lambda _query: True) for name, leaf in leaves.items()},
        observer=events,
        baseline=None,
        state=MemoryStore(),
        backlog=backlog,
        busy=lambda: False,
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


def test_a_key_for_values_that_is_none_is_reported():
    at = section("{name: a, targets: [a], shadow: {candidate: b, fraction: 1, values_key: x}}")
    shadow = ShadowPolicy(candidate="b", fraction=1.0, values_key=Secret("no key"))
    check_keys(RouteConfig(name="a", targets=("a",), shadow=shadow, when=Condition(), at=at))
    assert "values_key" in reported(at)[0]
    check_keys(RouteConfig(name="a", targets=("a",), at=at))
    assert len(reported(at)) == 1
