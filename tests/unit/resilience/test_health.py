import asyncio

import pytest

from gateway.errors import DeadlineExceeded
from gateway.resilience.health import Health
from tests.virtual_time import virtual_time


@pytest.mark.parametrize("there", [True, False])
async def test_tells_what_the_check_found(there):
    async def check() -> bool:
        return there

    assert await Health(check).reachable(asyncio.get_running_loop().time() + 5) is there


@virtual_time
async def test_looks_no_longer_than_the_request_has_time():
    ended = []

    async def check() -> bool:
        try:
            await asyncio.sleep(3)
        finally:
            ended.append(asyncio.get_running_loop().time())
        return True

    started = asyncio.get_running_loop().time()
    with pytest.raises(DeadlineExceeded):
        await Health(check).reachable(started + 2)
    assert ended == [started + 2]
    assert await Health(check).reachable(started + 10)
