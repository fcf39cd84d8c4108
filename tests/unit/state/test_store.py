"""What every store does, whoever keeps it."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable

import pytest

from gateway.state.guarded import GuardedStore
from gateway.state.memory import MemoryStore
from gateway.state.redis import RedisStore
from gateway.state.store import Store
from tests.fakes import Events
from tests.redis_server import RedisServer


@pytest.fixture(params=["memory", "redis", "no redis"])
async def store(
    request: pytest.FixtureRequest, server: RedisServer, connect: Callable[..., RedisStore]
) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    port = server.port if request.param == "redis" else 1
    async with GuardedStore(connect(port), observer=Events()) as guarded:
        assert guarded.healthy == (request.param == "redis")
        yield guarded


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


async def test_a_burst_and_then_a_wait(store: Store, key: str):
    waits = [await store.take(key, 10.0, 2.0, 1.0, 1.0) for _ in range(4)]
    assert waits[:2] == [0, 0]
    assert waits[2:] == pytest.approx([0.1, 0.2], abs=0.03)


async def test_nothing_is_taken_where_the_wait_is_too_long(store: Store, key: str):
    await store.take(key, 0.1, 1.0, 1.0, 0.0)
    for _ in range(20):
        assert await store.take(key, 0.1, 1.0, 1.0, 1.0) == pytest.approx(10, abs=1)


async def test_places_are_given_until_they_are_gone_and_come_back(store: Store, key: str):
    first, second = await store.acquire(key, 2), await store.acquire(key, 2)
    assert first is not None
    assert second is not None
    assert first != second
    assert await store.acquire(key, 2) is None
    await store.release(key, first)
    assert await store.acquire(key, 2) is not None
    assert await store.acquire(key, 2) is None


async def test_more_places_may_be_had_when_there_are_more(store: Store, key: str):
    assert await store.acquire(key, 1) is not None
    assert await store.acquire(key, 2) is not None
    assert await store.acquire(key, 1) is None


async def test_amounts_add_up_and_looking_changes_nothing(store: Store, key: str):
    assert await store.add(key, 0.0, 60.0) == 0
    assert await store.add(key, 0.25, 60.0) == 0.25
    assert await store.add(key, 0.5, 60.0) == 0.75
    assert await store.add(key, 0.0, 60.0) == 0.75


async def test_keys_and_kinds_do_not_mix(store: Store, key: str):
    await store.take(key, 0.1, 1.0, 1.0, 0.0)
    await store.add(key, 3.0, 60.0)
    await store.acquire(key, 1)
    other = f"{key}-other"
    assert await store.take(other, 0.1, 1.0, 1.0, 0.0) == 0
    assert await store.add(other, 0.0, 60.0) == 0
    assert await store.acquire(other, 1) is not None
