"""S08 to S11, S17 and S18: answers that come, but not whole, not sound or not as one."""

from __future__ import annotations

import json

import pytest

from tests.functional.scenarios.faulty import (
    MALEE,
    Behaviour,
    Faulty,
    answers,
    chunk,
    closes,
    falls_silent,
    found,
    head,
    refuses,
    resets,
    sends,
)
from tests.functional.scenarios.front import QUICK, SETTLED_SOON, ask, in_front_of

WHOLE = found()
HALF = WHOLE[: len(WHOLE) // 2]
SIZED = head(content_length=len(WHOLE))
CHUNKED = head(transfer_encoding="chunked")
UNTIL_CLOSED = head(connection="close")

MANY_FAILURES = {"each": {**QUICK, "breaker": {"mode": "disabled"}}}


async def never_a_success(*spoilt: Behaviour, outcome: str, status: int) -> None:
    """None of these answers gets through, alone or before another vendor, and the gateway is well afterwards. What may
    have been billed is not bought twice.
    """
    lone = Faulty(*spoilt, answers())
    async with in_front_of(lone, **MANY_FAILURES) as gateway:
        for _ in spoilt:
            reply = await ask(gateway)
            assert (reply.status, reply.result, reply.trail) == (status, {}, [("first", outcome)])
            assert reply.seconds < SETTLED_SOON
        assert (await ask(gateway)).result == MALEE
    first = Faulty(*spoilt)
    async with in_front_of(first, Faulty(), **MANY_FAILURES) as gateway:
        for _ in spoilt:
            reply = await ask(gateway)
            assert (reply.result, reply.trail) == (MALEE, [("first", outcome), ("second", "ok")])
    assert (len(lone.calls), len(first.calls)) == (len(spoilt) + 1, len(spoilt))


async def test_s08_cut_mid_body():
    """The answer is cut off: never given as a success"""
    by_length = [sends(SIZED, HALF, then=end) for end in (closes, resets)]
    by_chunk = [sends(CHUNKED, chunk(WHOLE)[: len(HALF)], then=end) for end in (closes, resets)]
    # an answer that ends with its connection looks whole wherever it is cut
    by_closing = [sends(UNTIL_CLOSED, WHOLE[:length], then=closes) for length in range(0, len(WHOLE), 7)]
    await never_a_success(*by_length, *by_chunk, *by_closing, outcome="protocol_error", status=502)


async def test_s09_stall_mid_body():
    """The answer stops halfway: the limit on silence fires, and nothing partial is given (10 s scaled to 0.3 s)"""
    await never_a_success(sends(SIZED, HALF, then=falls_silent), outcome="timeout", status=504)


async def test_s10_malformed_chunking():
    """Chunks that are none: an error, and the process is alive for the next request"""
    nonsense = (b"zz\r\n" + WHOLE + b"\r\n0\r\n\r\n", b"-1\r\n\r\n0\r\n\r\n", chunk(WHOLE)[:-2] + b"!!0\r\n\r\n")
    garbled = [sends(CHUNKED, part, then=falls_silent) for part in nonsense]
    not_http = [sends(part, then=closes) for part in (b"\x16\x03\x01 hello\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n")]
    await never_a_success(*garbled, *not_http, outcome="protocol_error", status=502)


async def test_s11_missing_end_marker():
    """Every byte of the answer and no end: taken for cut off, and not waited for beyond the limit on silence (10 s scaled to 0.3 s)"""
    await never_a_success(sends(CHUNKED, chunk(WHOLE), then=closes), outcome="protocol_error", status=502)
    await never_a_success(sends(CHUNKED, chunk(WHOLE), then=falls_silent), outcome="timeout", status=504)


@pytest.mark.parametrize(
    ("code", "outcome", "told"),
    [
        ("ModelArts.4505", "unavailable", "ModelArts.4403"),
        ("APIG.0308", "throttled", "APIG.0308"),
        ("ModelArts.4204", "gone", "ModelArts.4403"),
        ("AIS.0104", "unreadable_document", "AIS.0104"),
        ("Unheard.Of", "protocol_error", "APIG.0201"),
    ],
)
async def test_s17_error_in_200(code: str, outcome: str, told: str):
    """200 with an error in the body: the error that it says, and the next vendor is asked"""
    once = {"each": {"retry": {"attempts": 1}}}
    async with in_front_of(Faulty(refuses(200, code)), Faulty(), **once) as gateway:
        reply = await ask(gateway)
    assert (reply.result, reply.trail) == (MALEE, [("first", outcome), ("second", "ok")])
    async with in_front_of(Faulty(refuses(200, code)), **once) as gateway:
        reply = await ask(gateway)
    assert (reply.status >= 400, reply.outcome, reply.result) == (True, told, {})


async def test_s18_all_fields_empty():
    """200 with every field empty or null: nothing was read, so that the next vendor is asked, and never a success"""
    nothing = [
        {},
        dict.fromkeys(MALEE, ""),
        dict.fromkeys(MALEE),
        {"portrait_image": "QUJD", "confidence": {"sex": 0.9}},
    ]
    for holder in nothing:
        empty = answers(json.dumps({"result": holder}).encode())
        async with in_front_of(Faulty(empty), Faulty()) as gateway:
            reply = await ask(gateway)
        assert (reply.result, reply.trail) == (MALEE, [("first", "unreadable_document"), ("second", "ok")])
        async with in_front_of(Faulty(empty)) as gateway:
            reply = await ask(gateway)
        assert (reply.status, reply.outcome) == (400, "AIS.0104")
