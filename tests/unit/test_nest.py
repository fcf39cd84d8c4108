import pytest

from gateway.config.schema import UpstreamConfig
from gateway.errors import CircuitOpen, UpstreamUnavailable, WrongDocument
from gateway.model import IdDocument
from gateway.nest import Nest, bare, nest
from gateway.resilience.circuit import BreakerPolicy
from gateway.resilience.retry import RetryPolicy
from tests.fakes import Events, FakeRecognizer, make_query
from tests.unit.config.sections import section


def nested(leaf: FakeRecognizer, **policies: object) -> tuple[Nest, Events]:
    events = Events()
    nothing = section("{}")
    config = UpstreamConfig(adapter="any", options=nothing, at=nothing, **policies)
    return nest("bangkok", leaf, lambda _query: True, config, observer=events), events


async def test_a_failure_is_tried_again_and_each_try_counts_against_the_circuit():
    leaf = FakeRecognizer("bangkok", UpstreamUnavailable())
    whole, events = nested(
        leaf, retry=RetryPolicy(attempts=3, base=0.001, cap=0.001), breaker=BreakerPolicy(consecutive=2)
    )
    with pytest.raises(UpstreamUnavailable):
        await whole.recognizer.recognize(make_query())
    assert len(leaf.calls) == 2
    assert [event.state for event in events] == ["open"]
    with pytest.raises(CircuitOpen):
        await whole.recognizer.recognize(make_query())
    target = whole.target()
    assert (target.name, target.circuit, target.circuit.available) == ("bangkok", whole.breaker, False)


async def test_an_answer_must_be_of_what_was_asked_for():
    leaf = FakeRecognizer("bangkok", IdDocument(country_region="VNM"))
    query = make_query(countries=frozenset({"THA"}))
    for whole in (nested(leaf)[0], bare("bangkok", leaf, lambda _query: True)):
        with pytest.raises(WrongDocument):
            await whole.recognizer.recognize(query)


async def test_a_bare_leaf_has_no_circuit():
    whole = bare("local", FakeRecognizer("local"), lambda _query: False)
    assert (whole.retry, whole.breaker, whole.limit, whole.target().circuit) == (None, None, None, None)
    assert not whole.supports(make_query())
