from __future__ import annotations

import asyncio

import pytest

from gateway import tasks
from gateway.state.allowance import SECONDS, allowance, request_allowance


def test_it_is_within_what_is_promised():
    assert SECONDS < 0.05


def test_without_a_request_there_is_a_new_one_each_time():
    allowance().spend(1.0)
    assert allowance().left == SECONDS


def test_a_request_has_one_for_all_and_it_does_not_go_below_nothing():
    with request_allowance() as given:
        allowance().spend(0.01)
        assert allowance() is given
        assert given.left == SECONDS - 0.01
        allowance().spend(1.0)
        assert given.left == 0
    assert allowance().left == SECONDS


async def test_what_a_request_starts_shares_it_and_other_requests_do_not():
    async def spend(seconds: float) -> float:
        await asyncio.sleep(0)
        allowance().spend(seconds)
        return allowance().left

    async def request(seconds: float) -> float:
        with request_allowance() as given:
            await asyncio.gather(*(tasks.start(spend(seconds), name="work") for _ in range(2)))
            return given.left

    left = await asyncio.gather(request(0.01), request(0.005))
    assert left == pytest.approx([SECONDS - 0.02, SECONDS - 0.01])
