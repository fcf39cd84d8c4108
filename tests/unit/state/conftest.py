from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from gateway.state.address import Address
from gateway.state.redis import RedisStore
from tests.redis_server import Line, RedisServer, line_to, redis_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
async def line(server: RedisServer) -> AsyncIterator[Line]:
    async with line_to(server.port) as forwarding:
        yield forwarding


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., RedisStore]]:
    """Makes stores that are closed in the end."""
    opened: list[RedisStore] = []

    def opening(port: int, **address: object) -> RedisStore:
        opened.append(RedisStore(Address("127.0.0.1", port, **address)))
        return opened[-1]

    yield opening
    for store in opened:
        await store.close()
