import asyncio

import pytest

from gateway.credentials.token_cache import MARGIN, PAUSE, Token, TokenCache
from gateway.errors import UpstreamError, UpstreamMisconfigured, UpstreamThrottled, UpstreamUnavailable
from gateway.secret import Secret
from tests.fakes import FakeClock

HOUR = 3600.0


class Endpoint:
    """Gives token 1, 2, 3 and so on, or the failures that were queued. While ``gate`` is clear, requests wait."""

    def __init__(self, lifetime: float = HOUR) -> None:
        self.asked = 0
        self.under_way = 0
        self.most_under_way = 0
        self.failures: list[Exception] = []
        self.lifetime = lifetime
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> Token:
        self.asked += 1
        number = self.asked
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await self.gate.wait()
        finally:
            self.under_way -= 1
        if self.failures:
            raise self.failures.pop(0)
        return Token(Secret(f"token-{number}"), self.lifetime)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def cache(clock: FakeClock) -> TokenCache:
    return TokenCache(clock)


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


async def turns() -> None:
    """Let every other task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_token_is_kept_until_shortly_before_its_end(cache, endpoint, clock):
    assert [await cache.get(endpoint) for _ in range(3)] == ["token-1"] * 3
    clock.now += HOUR - MARGIN - 1
    assert await cache.get(endpoint) == "token-1"
    clock.now += 1
    assert await cache.get(endpoint) == "token-2"
    assert endpoint.asked == 2


async def test_a_short_token_is_renewed_after_nine_tenths_of_its_life(cache, clock):
    endpoint = Endpoint(lifetime=60)
    await cache.get(endpoint)
    clock.now += 53.9
    assert await cache.get(endpoint) == "token-1"
    clock.now += 0.1
    assert await cache.get(endpoint) == "token-2"


async def test_its_life_begins_when_it_is_asked_for(cache, clock):
    async def slow() -> Token:
        clock.now += 30
        return Token(Secret("slow"), 31)

    await cache.get(slow)
    clock.now += 1
    assert await cache.get(Endpoint()) == "token-1"


async def test_a_token_that_came_too_late_still_serves_whoever_fetched_it(cache, clock):
    async def late() -> Token:
        clock.now += 2
        return Token(Secret("late"), 1)

    assert await cache.get(late) == "late"


async def test_one_fetches_for_all(cache, endpoint):
    endpoint.gate.clear()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(cache.get(endpoint)) for _ in range(50)]
        await turns()
        assert endpoint.asked == 1
        endpoint.gate.set()
    assert {task.result() for task in tasks} == {"token-1"}
    assert endpoint.asked == 1


@pytest.mark.parametrize("error", [UpstreamMisconfigured("no"), UpstreamThrottled("slow", retry_after=7.0)])
async def test_a_failure_is_shared_by_all_who_waited(cache, endpoint, error: UpstreamError):
    endpoint.gate.clear()
    endpoint.failures = [error]
    tasks = asyncio.gather(*(cache.get(endpoint) for _ in range(50)), return_exceptions=True)
    await turns()
    assert endpoint.asked == 1
    endpoint.gate.set()
    failures = await tasks

    assert endpoint.asked == 1
    assert {type(failure) for failure in failures} == {type(error)}
    assert {str(failure) for failure in failures} == {str(error)}
    assert {failure.retry_after for failure in failures} == {error.retry_after}
    assert len(set(map(id, failures))) == 50


async def test_after_a_failure_the_next_request_tries_again(cache, endpoint):
    endpoint.failures = [UpstreamUnavailable("gone")]
    with pytest.raises(UpstreamUnavailable):
        await cache.get(endpoint)
    assert await cache.get(endpoint) == "token-2"


async def test_a_cancelled_leader_fails_nobody_else(cache, endpoint):
    endpoint.gate.clear()
    leader = asyncio.gather(cache.get(endpoint))
    await turns()
    assert endpoint.asked == 1
    followers = asyncio.gather(*(cache.get(endpoint) for _ in range(10)))
    await turns()

    leader.cancel()
    await turns()
    assert endpoint.asked == 2
    endpoint.gate.set()

    assert await followers == ["token-2"] * 10
    assert (endpoint.asked, endpoint.most_under_way) == (2, 1)
    with pytest.raises(asyncio.CancelledError):
        await leader


async def test_a_cancelled_follower_fails_nobody_else(cache, endpoint):
    endpoint.gate.clear()
    leader = asyncio.gather(cache.get(endpoint))
    follower = asyncio.gather(cache.get(endpoint))
    await turns()
    assert endpoint.asked == 1
    follower.cancel()
    await turns()
    endpoint.gate.set()
    assert await leader == ["token-1"]


async def test_a_forgotten_token_is_fetched_anew_once(cache, endpoint):
    first = await cache.get(endpoint)
    for _ in range(3):
        cache.forget(first)
        assert await cache.get(endpoint) == "token-2"
    assert endpoint.asked == 2


async def test_nothing_to_forget(cache, endpoint):
    cache.forget("token-1")
    assert await cache.get(endpoint) == "token-1"
    cache.forget("another")
    assert await cache.get(endpoint) == "token-1"


async def test_a_token_that_was_forgotten_before_its_turn_came_is_not_used(cache, endpoint):
    endpoint.failures = [UpstreamUnavailable("long ago")]
    with pytest.raises(UpstreamUnavailable):
        await cache.get(endpoint)
    endpoint.gate.clear()

    async def leader() -> None:
        cache.forget(await cache.get(endpoint))

    both = asyncio.gather(leader(), cache.get(endpoint))
    await turns()
    assert endpoint.asked == 2
    endpoint.gate.set()
    assert (await both)[1] == "token-3"


async def test_while_one_renews_the_others_go_on_with_the_token_that_holds(cache, endpoint, clock):
    await cache.get(endpoint)
    clock.now += HOUR - 10
    endpoint.gate.clear()
    renewing = asyncio.gather(cache.get(endpoint))
    await turns()
    assert endpoint.asked == 2

    assert await cache.get(endpoint) == "token-1"
    endpoint.gate.set()
    assert await renewing == ["token-2"]
    assert await cache.get(endpoint) == "token-2"


async def test_a_renewal_that_fails_costs_nothing_while_the_token_holds(cache, endpoint, clock):
    await cache.get(endpoint)
    clock.now += HOUR - MARGIN
    endpoint.failures = [UpstreamUnavailable("gone"), UpstreamUnavailable("gone"), UpstreamUnavailable("still gone")]

    assert [await cache.get(endpoint) for _ in range(5)] == ["token-1"] * 5
    assert endpoint.asked == 2
    clock.now += PAUSE
    assert [await cache.get(endpoint) for _ in range(5)] == ["token-1"] * 5
    assert endpoint.asked == 3
    clock.now += MARGIN - PAUSE
    with pytest.raises(UpstreamUnavailable, match="still gone"):
        await cache.get(endpoint)
    assert await cache.get(endpoint) == "token-5"


async def test_a_renewal_that_is_cancelled_is_put_off(cache, endpoint, clock):
    await cache.get(endpoint)
    clock.now += HOUR - MARGIN
    endpoint.gate.clear()
    renewing = asyncio.gather(cache.get(endpoint))
    await turns()
    assert endpoint.asked == 2
    renewing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await renewing
    assert await cache.get(endpoint) == "token-1"
    assert endpoint.asked == 2


def test_a_token_does_not_show():
    assert "canary" not in repr(Token(Secret("canary"), HOUR))
