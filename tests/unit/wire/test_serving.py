from __future__ import annotations

from gateway.wire.body import BodyMemory
from gateway.wire.serving import SERVING
from tests.wire.gateway import running


async def test_parts_are_replaced_while_the_application_runs():
    async with running() as gateway:
        serving = gateway.app[SERVING]
        serving.any_country, serving.memory = True, BodyMemory(1)
        assert gateway.app[SERVING] is serving
