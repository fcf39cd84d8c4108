"""S19 where all vendors are asked at once: different persons in one picture are never put into one answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from tests.functional.scenarios.faulty import MALEE, SOMCHAI, Faulty, answers, found, refuses
from tests.functional.scenarios.front import NAMES, ask, in_front_of
from tests.inprocess import Running


def agreeing(*vendors: Faulty, **policy: Any) -> AbstractAsyncContextManager[Running]:
    """The gateway over ``vendors``, called first, second, third, that are all asked and have to agree."""
    return in_front_of(*vendors, route={"consensus": policy})


def reads(holder: Mapping[str, Any], **changes: Any) -> Faulty:
    """A vendor that reads this holder in every picture, but for ``changes``."""
    return Faulty(answers(found({**holder, **changes})))


def owners(result: Mapping[str, Any]) -> set[str]:
    """Whose values are in an answer, of the fields that the two holders do not share."""
    holders = {"Malee": MALEE, "Somchai": SOMCHAI}
    telling = [name for name in MALEE if MALEE[name] != SOMCHAI[name]]
    return {owner for owner, holder in holders.items() for name in telling if result.get(name) == holder[name]}


@pytest.mark.parametrize("two", [(MALEE, SOMCHAI), (SOMCHAI, MALEE)])
async def test_two_persons_are_refused(two):
    """One vendor against the other: the caller is told that the document was not read, and both are paid"""
    async with agreeing(*map(reads, two)) as gateway:
        reply = await ask(gateway)
    assert (reply.status, reply.result) == (400, {})
    assert sorted(reply.trail) == [("first", "ok"), ("second", "ok")]
    assert reply.headers["X-Gateway-Cost"] == "0.02"
    assert "X-Gateway-Provenance" not in reply.headers


@pytest.mark.parametrize("order", [(SOMCHAI, MALEE, MALEE), (MALEE, SOMCHAI, MALEE), (MALEE, MALEE, SOMCHAI)])
async def test_a_majority_wins_whole(order):
    """Two of three read the same person: the answer is hers alone, also in what the third alone has read"""
    vendors = [reads(holder, **({"address": "7 Lane"} if holder is SOMCHAI else {})) for holder in order]
    async with agreeing(*vendors) as gateway:
        reply = await ask(gateway)
    assert (reply.status, owners(reply.result)) == (200, {"Malee"})
    assert "address" not in reply.result
    stranger = NAMES[order.index(SOMCHAI)]
    assert f'"{stranger}"' not in reply.headers["X-Gateway-Provenance"]
    assert reply.upstream != stranger


async def test_a_couple_with_consecutive_numbers():
    """One figure apart and of one family name: still two persons"""
    wife = {**MALEE, "first_name": "Ratana", "document_number": "3100600445643", "birth_date": "1968-05-21"}
    async with agreeing(reads(MALEE), reads(wife)) as gateway:
        reply = await ask(gateway)
    assert (reply.status, reply.result) == (400, {})


async def test_a_misreading_makes_no_other_person():
    """A wrong digit and a name in capitals are one person, and the majority puts the digit right"""
    vendors = reads(MALEE, birth_date="1991-02-08"), reads(MALEE, first_name="MALEE", last_name="JAIDEE"), reads(MALEE)
    async with agreeing(*vendors) as gateway:
        reply = await ask(gateway)
    assert reply.result == MALEE
    assert 'birth_date=("second" "third")' in reply.headers["X-Gateway-Provenance"]
    assert 'last_name=("first" "second" "third")' in reply.headers["X-Gateway-Provenance"]


async def test_the_third_decides():
    """Only where two differ is a third one asked and paid for"""
    first, second, third = reads(MALEE), reads(SOMCHAI), reads(MALEE)
    async with agreeing(first, second, third, of=2) as gateway:
        reply = await ask(gateway)
        assert owners(reply.result) == {"Malee"}
        assert (reply.headers["X-Gateway-Attempts"], reply.headers["X-Gateway-Cost"]) == ("3", "0.03")
        second.behaviours[:] = [answers(found(MALEE))]
        reply = await ask(gateway)
        assert (reply.result, reply.headers["X-Gateway-Attempts"]) == (MALEE, "2")
    assert len(third.calls) == 1


async def test_one_person_alone_is_no_majority():
    """A vendor that fails is no voice for anybody"""
    async with agreeing(reads(MALEE), Faulty(refuses(500)), reads(SOMCHAI)) as gateway:
        reply = await ask(gateway)
    assert (reply.status, reply.result) == (400, {})
