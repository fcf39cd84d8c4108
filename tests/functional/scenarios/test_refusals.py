"""S12 to S14: what a vendor will not take or judges, and what the caller hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.scenarios.faulty import Behaviour, Faulty, closes, found, head, refuses, sends
from tests.functional.scenarios.front import Reply, ask, in_front_of, picture

CUT = sends(head(content_length=len(found())), found()[:20], then=closes)


async def tried(*behaviours: Behaviour, body: dict[str, Any] | None = None, **settings: Any) -> tuple[Reply, list[int]]:
    """One request along vendors that behave so for ever, and how often each was asked."""
    vendors = [Faulty(behaviour) for behaviour in behaviours]
    async with in_front_of(*vendors, **settings) as gateway:
        reply = await ask(gateway, **(body or {}))
    return reply, [len(vendor.calls) for vendor in vendors]


@pytest.mark.parametrize(
    "too_large",
    [refuses(400, "AIS.0103"), refuses(400, "ModelArts.4104"), refuses(413)],
    ids=["pixels", "bytes", "413"],
)
async def test_s12_400_too_large(too_large: Behaviour):
    """The vendor says that the picture is too large: not sent there again, and another vendor is asked"""
    well = Faulty().behaviours[0]
    reply, asked = await tried(too_large, well)
    assert (reply.upstream, reply.trail[0], asked) == ("second", ("first", "incapable"), [1, 1])
    reply, asked = await tried(too_large)
    assert (reply.status, reply.outcome, asked) == (403, "ModelArts.4204", [1])


@pytest.mark.parametrize(
    ("code", "outcome", "told"),
    [("AIS.0104", "unreadable_document", "AIS.0104"), ("AIS.0105", "recognition_failed", "AIS.0105")],
)
async def test_s13_policy_400(code: str, outcome: str, told: str):
    """The vendor will not answer for what the picture shows: not asked again, and its reason reaches the caller"""
    reply, asked = await tried(refuses(400, code))
    assert (reply.status, reply.outcome, reply.trail, asked) == (400, told, [("first", outcome)], [1])
    reply, asked = await tried(refuses(400, code), refuses(503))
    assert (reply.status, reply.outcome, asked[0]) == (400, told, 1)


async def test_s14_fallback_cannot_take_the_request():
    """The first fails and the second cannot take the request: the caller hears of the first failure"""
    for incapable in (refuses(400, "AIS.0103"), refuses(413), refuses(400, "AIS.0102")):
        reply, asked = await tried(CUT, incapable)
        assert (reply.status, reply.outcome, asked) == (502, "APIG.0201", [1, 1])
        assert reply.trail == [("first", "protocol_error"), ("second", "incapable")]
    small = {"id_type": ["ID"], "country_region": ["VNM"], "image": picture()}
    passports = {"second": {"adapter": "huawei_ocr", "options": {"services": ["passport"]}}}
    reply, asked = await tried(CUT, Faulty().behaviours[0], body=small, upstreams=passports)
    assert (reply.status, reply.outcome, asked) == (502, "APIG.0201", [1, 0])
    full = {"second": {"limits": {"concurrency": 1, "queue": 0, "rate": 0.001}}}
    first, second = Faulty(CUT), Faulty()
    async with in_front_of(first, second, upstreams=full) as gateway:
        assert (await ask(gateway)).upstream == "second"
        reply = await ask(gateway)
    assert (reply.status, reply.outcome, len(second.calls)) == (502, "APIG.0201", 1)
