from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.state.redis import CONNECTIONS, PREFIX, RedisStore
from gateway.state.store import StateUnavailable
from tests.redis_server import Line, RedisServer, redis_server

Connect = Callable[..., RedisStore]


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


async def test_two_processes_draw_from_one_bucket(server: RedisServer, connect: Connect, key: str):
    here, there = connect(server.port), connect(server.port)
    waits = [await store.take(key, 0.1, 2.0, 1.0, 0.0) for store in (here, there, here, there)]
    assert waits[:2] == [0, 0]
    assert waits[2:] == pytest.approx([10, 10], abs=1)


async def test_a_bucket_fills_up_again(server: RedisServer, connect: Connect, key: str):
    store = connect(server.port)
    waits = [await store.take(key, 1000.0, 1.0, 1.0, 0.0)]
    while waits[-1] == 0:
        waits.append(await store.take(key, 1000.0, 1.0, 1.0, 0.0))
    while waits[-1] > 0:
        waits.append(await store.take(key, 1000.0, 1.0, 1.0, 0.0))
    assert max(waits) <= 0.001


async def test_a_bucket_never_holds_more_than_its_burst(server: RedisServer, connect: Connect, key: str):
    store = connect(server.port)
    assert await store.take(key, 50.0, 1.0, 1.0, 0.0) == 0
    ends = time.monotonic() + 0.1
    while time.monotonic() < ends:
        await store.ping()
    waits = [await store.take(key, 50.0, 1.0, 1.0, 0.0) for _ in range(4)]
    assert waits[0] == 0
    assert max(waits) > 0


async def test_two_processes_share_places(server: RedisServer, connect: Connect, key: str):
    here, there = connect(server.port), connect(server.port)
    assert await here.acquire(key, "one", 2, 30.0)
    assert await there.acquire(key, "two", 2, 30.0)
    assert not await here.acquire(key, "three", 2, 30.0)
    await there.release(key, ["two", "nobody"])
    assert await here.acquire(key, "three", 2, 30.0)


async def test_the_places_of_a_process_that_died_are_free_after_their_time(
    server: RedisServer, connect: Connect, key: str
):
    dead, alive = connect(server.port), connect(server.port)
    assert await dead.acquire(key, "dead", 2, 0.1)
    assert await alive.acquire(key, "alive", 2, 0.1)
    async with asyncio.timeout(5):
        while not await alive.acquire(key, "next", 2, 30.0):
            await alive.renew(key, ["alive"], 30.0)
    assert not await alive.acquire(key, "one more", 2, 30.0)


async def test_places_are_renewed_where_the_server_has_forgotten_them(server: RedisServer, connect: Connect, key: str):
    store = connect(server.port)
    await store.renew(key, ["one", "two"], 30.0)
    assert not await store.acquire(key, "three", 2, 30.0)


async def test_each_process_s_sum_counts_once(server: RedisServer, connect: Connect, key: str):
    here, there = connect(server.port), connect(server.port)
    assert await here.tally(key, 1.5, 60.0) == 0
    assert await there.tally(key, 0.0, 60.0) == 1.5
    assert await there.tally(key, 0.25, 60.0) == 1.5
    for mine in (2.0, 2.0, 1.5):  # what comes late, or again, changes nothing
        assert await here.tally(key, mine, 60.0) == 0.25
    assert await there.tally(key, 0.25, 60.0) == 2.0


async def test_all_keys_have_the_prefix_and_end(server: RedisServer, connect: Connect, key: str):
    store = connect(server.port)
    await store.take(key, 2.0, 10.0, 1.0, 0.0)
    await store.acquire(key, "one", 1, 30.0)
    await store.tally(key, 1.0, 100.0)
    lives = {
        name: await store._redis.pttl(f"{PREFIX}{name}") for name in (f"rate:{key}", f"held:{key}", f"spent:{key}")
    }
    assert list(lives.values()) == pytest.approx([1500, 30_000, 100_000], abs=500)
    assert sorted(lives) == sorted(
        [name.decode().removeprefix(PREFIX) async for name in store._redis.scan_iter(f"*{key}")]
    )


async def test_looking_leaves_no_key_behind(server: RedisServer, connect: Connect, key: str):
    store = connect(server.port)
    await store.tally(key, 0.0, 100.0)
    assert [name async for name in store._redis.scan_iter(f"*{key}")] == []


async def test_databases_are_apart(server: RedisServer, connect: Connect, key: str):
    first, second = connect(server.port), connect(server.port, database=1)
    await first.tally(key, 1.0, 60.0)
    assert await second.tally(key, 0.0, 60.0) == 0


@pytest.mark.parametrize("mode", ["reset", "gone"])
async def test_whatever_goes_wrong_is_one_failure(line: Line, connect: Connect, mode: str):
    line.mode = "reset"
    store = connect(line.port if mode == "reset" else 1)
    for call in (store.ping(), store.take("a", 1.0, 1.0, 1.0, 0.0), store.tally("a", 1.0, 1.0)):
        with pytest.raises(StateUnavailable, match="ConnectionError"):
            await call


async def test_what_is_no_redis_is_a_failure(connect: Connect):
    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        store = connect(server.sockets[0].getsockname()[1])
        with pytest.raises(StateUnavailable):
            await store.ping()


async def test_who_gives_up_leaves_nothing_behind_that_hurts_the_next(line: Line, connect: Connect, key: str):
    """An answer that comes after all must not be taken for the next one's."""
    store = connect(line.port)
    assert await store.tally(key, 1.0, 60.0) == 0
    line.mode = "mute"
    for _ in range(2 * CONNECTIONS):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.005):
                await store.take(key, 1.0, 1000.0, 1.0, 0.0)
    line.mode = "good"
    results = await asyncio.gather(*(store.acquire(key, str(number), 50, 30.0) for number in range(100)))
    assert sum(results) == 50


async def test_a_server_that_was_killed_and_started_again(tmp_path: Path, connect: Connect, key: str):
    with redis_server(tmp_path) as server:
        store = connect(server.port)
        assert await store.acquire(key, "one", 1, 30.0)
        server.kill()
        with pytest.raises(StateUnavailable):
            await store.ping()
        server.start()
        assert await store.acquire(key, "two", 1, 30.0)  # its scripts and keys are gone with it
