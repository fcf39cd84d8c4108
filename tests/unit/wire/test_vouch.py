from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from gateway.upstream.transport import open_session
from gateway.wire import vouch
from gateway.wire.refusals import IamUnavailable
from gateway.wire.vouch import Iam, Verdict
from tests.fakes import FakeClock
from tests.unit.wire.heads import NOW
from tests.wire.remote_iam import EXPIRES, FakeIam, answer


@pytest.fixture
async def remote() -> AsyncIterator[FakeIam]:
    fake = FakeIam()
    await fake.start()
    yield fake
    await fake.server.close()


@asynccontextmanager
async def asking(url: str, clock: FakeClock | None = None, limit: float = 5.0) -> AsyncIterator[Iam]:
    async with open_session() as session:
        yield Iam(url, session, clock or FakeClock(NOW), limit)


@pytest.fixture
async def iam(remote: FakeIam) -> AsyncIterator[Iam]:
    async with asking(str(remote.server.make_url("/"))) as asked:
        yield asked


async def test_a_token_is_its_own_subject(remote, iam):
    assert await iam.verdict("MIItoken") == Verdict("p1")
    (request,) = remote.asked
    assert (request.headers["X-Auth-Token"], request.headers["X-Subject-Token"]) == ("MIItoken", "MIItoken")
    assert request.path_qs == "/v3/auth/tokens?nocatalog=true"


async def test_a_token_of_30_kb(iam):
    assert await iam.verdict("M" * 30_000) == Verdict("p1")


async def test_a_verdict_is_kept_until_the_token_ends(remote):
    clock = FakeClock(NOW)
    async with asking(str(remote.server.make_url("")), clock) as iam:
        for seconds in (0, 86_000, 400):
            clock.now += seconds
            assert await iam.verdict("MII") == Verdict("p1")
        assert len(remote.asked) == 1
        clock.now += 1
        assert await iam.verdict("MII") == Verdict(None)
        assert len(remote.asked) == 2


async def test_a_token_without_a_project(remote, iam):
    remote.answers(lambda: answer(project=None))
    assert await iam.verdict("MII") == Verdict("")


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_a_refusal_is_kept_shortly(remote, status):
    clock = FakeClock(NOW)
    remote.answers(lambda: web.json_response({"error": {}}, status=status))
    async with asking(str(remote.server.make_url("")), clock) as iam:
        for _ in range(3):
            assert await iam.verdict("MII") == Verdict(None)
        assert len(remote.asked) == 1
        clock.now += 30
        remote.answers(answer)
        assert await iam.verdict("MII") == Verdict("p1")


@pytest.mark.parametrize(
    "make",
    [
        lambda: web.Response(status=500),
        lambda: web.Response(status=429),
        lambda: web.Response(status=302, headers={"Location": "/"}),
        lambda: web.Response(status=204),
        lambda: web.Response(text="<html>"),
        lambda: web.json_response({"token": {}}),
        lambda: web.json_response({"token": {"expires_at": "tomorrow"}}),
        lambda: web.json_response({"token": {"expires_at": EXPIRES, "project": {}}}),
        lambda: web.Response(body=b'{"token":"' + b"x" * vouch.MAX_ANSWER),
    ],
)
async def test_an_iam_that_does_not_answer_as_it_should_is_unavailable_and_not_remembered(remote, iam, make):
    remote.answers(make)
    with pytest.raises(IamUnavailable) as caught:
        await iam.verdict("MIIcanary")
    assert "canary" not in str(caught.value)
    remote.answers(answer)
    assert await iam.verdict("MIIcanary") == Verdict("p1")


async def test_an_iam_that_is_not_there():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        async with asking(f"http://127.0.0.1:{closed.getsockname()[1]}") as iam:
            with pytest.raises(IamUnavailable):
                await iam.verdict("MII")


async def test_an_iam_that_keeps_silent(remote):
    async def stall() -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    remote.behave = stall
    async with asking(str(remote.server.make_url("")), limit=0.05) as iam:
        with pytest.raises(IamUnavailable):
            await iam.verdict("MII")


async def test_many_ask_about_one_token_and_it_is_looked_up_once(remote, iam):
    assert await asyncio.gather(*(iam.verdict("MII") for _ in range(20))) == [Verdict("p1")] * 20
    assert len(remote.asked) == 1
    assert not iam._turns


async def test_one_who_gives_up_does_not_take_the_others_along(remote, iam):
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def hold() -> web.StreamResponse:
        arrived.set()
        await go_on.wait()
        return answer()

    remote.behave = hold
    async with asyncio.TaskGroup() as group:
        first = group.create_task(iam.verdict("MII"))
        await arrived.wait()
        second = group.create_task(iam.verdict("MII"))
        await asyncio.sleep(0)
        first.cancel()
        go_on.set()
    assert await second == Verdict("p1")


async def test_tokens_are_not_kept_and_memory_is_bounded(iam):
    await iam.verdict("MIIcanary")
    assert "canary" not in repr(iam._verdicts._entries)
    assert not any(b"canary" in key for key in iam._verdicts._entries)
    iam._verdicts._size = 5
    for number in range(20):
        await iam.verdict(f"MII{number}")
    assert len(iam._verdicts) == 5


async def test_no_more_than_a_few_look_ups_at_a_time(remote, iam):
    most = now = 0

    async def count() -> web.StreamResponse:
        nonlocal most, now
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        return answer()

    remote.behave = count
    iam._lookups = asyncio.Semaphore(3)
    await asyncio.gather(*(iam.verdict(f"MII{number}") for number in range(20)))
    assert 1 <= most <= 3
    assert len(remote.asked) == 20


async def test_bytes_that_no_token_has_are_not_asked_about(remote, iam):
    assert await iam.verdict("MII\udcff") == Verdict(None)
    assert not remote.asked
