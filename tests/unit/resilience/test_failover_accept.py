"""Failover by the quality of answers, and what is done when every circuit is open."""

from dataclasses import dataclass
from datetime import date

import pytest

from gateway.errors import CircuitOpen, NoDocument, UpstreamTimeout
from gateway.events import FailedOver
from gateway.model import IdDocument
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.failover import Failover, Target
from tests.fakes import Events, FakeClock, FakeRecognizer, make_query

WANTED = AcceptPolicy(require=("document_number", "birth_date", "sex"))
EMPTY = IdDocument(country_region="THA")
NUMBER = IdDocument(document_number="X1")
BOTH = IdDocument(document_number="X2", birth_date=date(1990, 1, 2))


def chain(*outcomes: IdDocument | BaseException, accept: AcceptPolicy | None = WANTED):
    events = Events()
    fakes = [FakeRecognizer(name, outcome) for name, outcome in zip("abcd", outcomes, strict=False)]
    targets = [Target(fake.name, fake, lambda _query: True) for fake in fakes]
    return Failover("route", targets, observer=events, accept=accept, clock=FakeClock()), fakes, events


async def test_an_answer_that_falls_short_lets_the_next_be_asked():
    whole = IdDocument(document_number="X3", birth_date=date(1990, 1, 2), sex="M")
    failover, fakes, events = chain(NUMBER, whole, whole)
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert (recognition.upstream, recognition.shortfall) == ("b", ())
    assert events == [FailedOver("route", "a", "b", "not_accepted")]
    assert not fakes[2].calls


@pytest.mark.parametrize(
    ("outcomes", "who", "lacks"),
    [
        ((EMPTY, BOTH, NUMBER), "b", ("sex",)),
        ((NUMBER, NUMBER), "a", ("birth_date", "sex")),
        ((NUMBER, UpstreamTimeout(), NoDocument()), "a", ("birth_date", "sex")),
        ((NoDocument(), EMPTY), "b", ("document_number", "birth_date", "sex")),
    ],
)
async def test_when_all_fall_short_the_one_that_lacks_least_is_given(outcomes, who, lacks):
    failover, _, _ = chain(*outcomes)
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert (recognition.upstream, recognition.shortfall) == (who, lacks)


async def test_answers_are_never_mixed():
    failover, _, _ = chain(NUMBER, IdDocument(birth_date=date(1991, 1, 1), sex="F"))
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert recognition.document == IdDocument(birth_date=date(1991, 1, 1), sex="F")


async def test_without_a_policy_every_answer_will_do():
    failover, fakes, _ = chain(EMPTY, BOTH, accept=None)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "a"
    assert not fakes[1].calls


@dataclass
class Circuit:
    available: bool
    failed_at: float | None = None
    may_insist: bool = True


def behind(*circuits: Circuit | None) -> tuple[Failover, list[FakeRecognizer]]:
    fakes = [
        FakeRecognizer(name, CircuitOpen(retry_after=9.0) if circuit and not circuit.available else BOTH)
        for name, circuit in zip("abc", circuits, strict=False)
    ]
    targets = [
        Target(fake.name, fake, lambda _query: True, circuit) for fake, circuit in zip(fakes, circuits, strict=True)
    ]
    return Failover("route", targets, observer=Events(), clock=FakeClock()), fakes


def insisted(fakes: list[FakeRecognizer]) -> list[tuple[str, str]]:
    return [(fake.name, query.purpose) for fake in fakes for query in fake.calls if query.insist]


async def test_where_all_circuits_are_open_the_oldest_failure_is_asked_first():
    failover, fakes = behind(Circuit(False, 50.0), Circuit(False, 30.0), Circuit(False, 40.0))
    with pytest.raises(CircuitOpen):
        await failover.recognize(make_query(deadline=200.0))
    assert insisted(fakes) == [("b", "last_resort")]
    assert [len(fake.calls) for fake in fakes] == [1, 1, 1]


@pytest.mark.parametrize(
    "circuits",
    [
        (Circuit(False, 1.0),),
        (Circuit(False, 1.0), Circuit(True)),
        (Circuit(False, 1.0), None),
        (Circuit(False, 1.0, may_insist=False), Circuit(False, 2.0, may_insist=False)),
    ],
    ids=["a lone one", "another works", "another has none", "asking would be pointless"],
)
async def test_otherwise_nobody_insists(circuits):
    failover, fakes = behind(*circuits)
    query = make_query(deadline=200.0)
    if any(circuit is None or circuit.available for circuit in circuits):
        assert (await failover.recognize(query)).upstream == "b"
    else:
        with pytest.raises(CircuitOpen):
            await failover.recognize(query)
    assert insisted(fakes) == []


async def test_only_one_who_may_be_insisted_on_is():
    failover, fakes = behind(Circuit(False, 1.0, may_insist=False), Circuit(False, 2.0))
    with pytest.raises(CircuitOpen):
        await failover.recognize(make_query(deadline=200.0))
    assert insisted(fakes) == [("b", "last_resort")]
