"""S20 and S24: many at once, as they strain a whole process."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from gateway import tasks
from tests.functional.process import PROJECT, Served
from tests.functional.scenarios.faulty import Call, Faulty, answers
from tests.functional.scenarios.front import picture, process_in_front_of

MIB = 2**20
BODY_MEMORY, BULK, AT_ONCE = 64 * MIB, 10 * MIB - MIB // 16, 50
FIT = 6
"""Bodies with so much Base64 text that the memory for bodies holds."""

ZEROS = b"A" * (MIB // 16)


def memory(served: Served, field: str) -> int:
    """Bytes: ``VmRSS`` now, ``VmHWM`` the most so far."""
    lines = Path(f"/proc/{served.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def start(number: int) -> bytes:
    """The beginning of a request for a picture of its own, in whole groups of Base64."""
    return b'{"image": "' + picture(f"{number:013}").encode()


async def body(number: int) -> AsyncIterator[bytes]:
    """A whole request, a little at a time, so that all of them do not fill the memory of the test."""
    yield start(number)
    for _ in range(BULK // len(ZEROS)):
        yield ZEROS
    yield b'"}'


async def test_s20_50_bodies_of_10_mb(tmp_path):
    """50 bodies of 10 MB at once: the cap on body memory holds, what is beyond it gets 503 with Retry-After, and nobody dies"""
    let_go = asyncio.Event()
    outcomes: Counter[tuple[int, str]] = Counter()

    async def hold(call: Call) -> None:
        await let_go.wait()
        await answers()(call)

    async def post(session: aiohttp.ClientSession, url: str, number: int) -> None:
        headers = {"Content-Type": "application/json", "Content-Length": str(len(start(number)) + BULK + 2)}
        async with session.post(url, data=body(number), headers=headers) as response:
            answer = await response.json()
            assert response.status == 200 or int(response.headers["Retry-After"]) >= 1
            outcomes[response.status, answer.get("error_code", "ok")] += 1
        if outcomes.total() > AT_ONCE - FIT:
            let_go.set()

    async with (
        process_in_front_of(
            Faulty(answers(), hold), folder=tmp_path, server=f"drain: 5, body_memory: {BODY_MEMORY}"
        ) as served,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        url = f"{served.url}/v2/{PROJECT}/ocr/id-document"
        await post(session, url, 0)
        before = memory(served, "VmRSS")
        await asyncio.gather(*(post(session, url, number) for number in range(1, AT_ONCE + 1)))
        assert memory(served, "VmHWM") - before < 2 * BODY_MEMORY
        assert outcomes == {(200, "ok"): 1 + FIT, (503, "ModelArts.4403"): AT_ONCE - FIT}
        code = await asyncio.to_thread(served.stop)
    assert code == 0


async def test_s24_sigterm_under_load(tmp_path):
    """SIGTERM while requests are under way: every one of them is answered, and the process ends by itself with 0"""
    vendor = Faulty(answers(after=0.3))
    statuses: Counter[int] = Counter()
    many, enough = asyncio.Event(), asyncio.Event()

    async def call(session: aiohttp.ClientSession, url: str, number: int) -> None:
        while not enough.is_set():
            async with session.post(url, json={"image": picture(f"{number} {statuses.total()}")}) as response:
                await response.read()
                statuses[response.status] += 1
            if statuses.total() >= 50:
                many.set()

    async with (
        process_in_front_of(vendor, folder=tmp_path) as served,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        url = f"{served.url}/v2/{PROJECT}/ocr/id-document"
        calling = [tasks.start(call(session, url, number), name="caller") for number in range(24)]
        await many.wait()
        enough.set()
        under_way = [task for task in calling if not task.done()]
        code = await asyncio.to_thread(served.stop)
        await asyncio.gather(*calling)
    assert len(under_way) == 24
    assert set(statuses) == {200}
    assert code == 0
