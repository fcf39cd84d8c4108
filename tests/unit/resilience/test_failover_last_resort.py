"""Asking in spite of an open circuit, where nobody else does any work for a request."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pytest

from gateway.errors import CircuitOpen, GatewayError, NoDocument, UpstreamBusy, UpstreamTimeout, UpstreamUnavailable
from gateway.events import FailedOver
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.failover import Failover, Target
from gateway.resilience.hedge import HedgePolicy
from tests.fakes import Events, FakeClock, make_query

READ = IdDocument(document_number="X1")


@dataclass
class Circuit:
    available: bool
    failed_at: float | None = None
    may_insist: bool = True


class Vendor:
    """Behind ``circuit``; ends as ``end`` says once it is asked."""

    def __init__(self, name: str, circuit: Circuit | None, end: IdDocument | GatewayError) -> None:
        self.name = name
        self.circuit = circuit
        self.end = end
        self.asked: list[Query] = []
        self.order: list[str] = []

    async def recognize(self, query: Query, /) -> Recognition:
        if self.circuit is not None and not self.circuit.available and not query.insist:
            raise CircuitOpen(retry_after=9.0)
        self.asked.append(query)
        self.order.append(self.name)
        if isinstance(self.end, GatewayError):
            raise self.end
        return Recognition(self.end, self.name)


def behind(*vendors: Vendor, hedge: HedgePolicy | None = None, accept: AcceptPolicy | None = None):
    """A failover along ``vendors``, the names of those that did work, in order, and the events."""
    order: list[str] = []
    for vendor in vendors:
        vendor.order = order
    events = Events()
    targets = [Target(vendor.name, vendor, lambda _query: True, vendor.circuit) for vendor in vendors]
    return Failover("route", targets, observer=events, accept=accept, hedge=hedge, clock=FakeClock()), order, events


def down(
    name: str, failed_at: float, end: IdDocument | GatewayError | None = None, *, may_insist: bool = True
) -> Vendor:
    return Vendor(name, Circuit(False, failed_at, may_insist), end or UpstreamUnavailable(name))


def up(name: str, end: IdDocument | GatewayError = READ) -> Vendor:
    return Vendor(name, Circuit(True), end)


WAYS = pytest.mark.parametrize("hedge", [None, HedgePolicy(after=60)], ids=["in turn", "side by side"])


@WAYS
async def test_where_all_circuits_are_open_the_oldest_failure_is_asked_first(hedge):
    vendors = [down("a", 50.0), down("b", 30.0), down("c", 40.0)]
    failover, order, events = behind(*vendors, hedge=hedge)
    with pytest.raises(UpstreamUnavailable, match="b"):
        await failover.recognize(make_query(deadline=200.0))
    assert order == ["b", "c", "a"]
    assert {query.purpose for vendor in vendors for query in vendor.asked} == {"last_resort"}
    assert events[2] == FailedOver("route", "c", "b", "circuit_open")


@WAYS
async def test_one_that_is_well_again_saves_the_request(hedge):
    failover, order, _ = behind(down("a", 50.0), down("b", 30.0), down("c", 40.0, READ), hedge=hedge)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "c"
    assert order == ["b", "c"]


@WAYS
@pytest.mark.parametrize("error", [UpstreamUnavailable(), UpstreamTimeout(), UpstreamBusy()])
async def test_it_is_asked_where_those_that_work_fail_too(error: GatewayError, hedge):
    failover, order, events = behind(down("a", 50.0, READ), up("b", error), hedge=hedge)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "a"
    assert order == ["b", "a"]
    assert [(event.source, event.target, event.reason) for event in events] == [
        ("a", "b", "circuit_open"),
        ("b", "a", error.outcome),
    ]


@pytest.mark.parametrize(
    ("vendors", "order"),
    [
        ([down("a", 1.0)], []),
        ([down("a", 1.0), up("b")], ["b"]),
        ([down("a", 1.0), Vendor("b", None, READ)], ["b"]),
        ([down("a", 1.0), up("b", NoDocument())], ["b"]),
        ([down("a", 1.0, may_insist=False), down("b", 2.0, may_insist=False)], []),
    ],
    ids=["a lone one", "another works", "another has none", "another judged the document", "asking would be pointless"],
)
async def test_otherwise_nobody_insists(vendors: list[Vendor], order: list[str]):
    failover, asked, _ = behind(*vendors)
    with suppress(CircuitOpen, NoDocument):
        await failover.recognize(make_query(deadline=200.0))
    assert asked == order
    assert not any(query.insist for vendor in vendors for query in vendor.asked)


async def test_only_one_who_may_be_insisted_on_is():
    failover, order, _ = behind(down("a", 1.0, may_insist=False), down("b", 2.0))
    with pytest.raises(UpstreamUnavailable):
        await failover.recognize(make_query(deadline=200.0))
    assert order == ["b"]


async def test_an_answer_that_falls_short_is_an_answer():
    failover, order, _ = behind(down("a", 1.0), up("b"), accept=AcceptPolicy(require=("sex",)))
    assert (await failover.recognize(make_query(deadline=200.0))).shortfall == ("sex",)
    assert order == ["b"]


async def test_there_is_no_last_resort_once_the_time_is_up():
    vendor, clock = down("a", 1.0), FakeClock(300.0)
    targets = [Target(each.name, each, lambda _query: True, each.circuit) for each in (vendor, down("b", 2.0))]
    with pytest.raises(CircuitOpen):
        await Failover("route", targets, observer=Events(), clock=clock).recognize(make_query(deadline=200.0))
    assert vendor.asked == []
