"""S16 and S19: who answered, what it cost, and that an answer is of one piece."""

from __future__ import annotations

import json

import pytest

from tests.functional.scenarios.faulty import MALEE, SOMCHAI, Faulty, answers, found, refuses
from tests.functional.scenarios.front import ask, in_front_of

PRICES = {"first": {"price": 0.05}, "second": {"price": 0.02}, "third": {"price": 0.01}}


async def test_s16_accounting():
    """The first fails and the second answers: the reply names who answered, and failed attempts are not billed"""
    async with in_front_of(Faulty(refuses(503)), Faulty(), upstreams=PRICES) as gateway:
        reply = await ask(gateway)
        spent = {
            name: gateway.registry.get_sample_value("gateway_cost_total", {"upstream": name, "kind": kind})
            for name, kind in (("first", "primary"), ("second", "failover"))
        }
    assert reply.headers["X-Gateway-Upstream"] == "second"
    assert (reply.headers["X-Gateway-Cost"], reply.headers["X-Gateway-Attempts"]) == ("0.02", "3")
    assert reply.trail == [("first", "unavailable"), ("first", "unavailable"), ("second", "ok")]
    assert spent == {"first": 0.0, "second": 0.02}


NUMBERLESS = {name: value for name, value in SOMCHAI.items() if name != "document_number"}
NAMELESS = {name: value for name, value in MALEE.items() if name not in {"first_name", "last_name", "birth_date"}}
WHOLE = {"require": ["document_number", "first_name", "last_name", "birth_date"]}


@pytest.mark.parametrize(
    "orders", [(NUMBERLESS, NAMELESS), (NAMELESS, NUMBERLESS)], ids=["number-last", "number-first"]
)
async def test_s19_two_persons(orders: tuple[dict[str, str], dict[str, str]]):
    """Two vendors read different persons, each with gaps: the answer is all one vendor's, and nothing is merged"""
    vendors = [Faulty(answers(found(holder))) for holder in orders]
    async with in_front_of(*vendors, route={"accept": WHOLE}, upstreams=PRICES) as gateway:
        reply = await ask(gateway)
    assert [len(vendor.calls) for vendor in vendors] == [1, 1]
    assert (reply.status, reply.result) == (200, NUMBERLESS)  # it lacks one field and the other three
    assert reply.headers["X-Gateway-Shortfall"] == "document_number"
    assert reply.headers["X-Gateway-Cost"] == "0.07"


async def test_s19_a_whole_answer_is_taken_as_it_is():
    with_gaps, whole = Faulty(answers(found(NUMBERLESS))), Faulty(answers(json.dumps({"result": MALEE}).encode()))
    async with in_front_of(with_gaps, whole, route={"accept": WHOLE}) as gateway:
        reply = await ask(gateway)
    assert (reply.upstream, reply.result) == ("second", MALEE)
