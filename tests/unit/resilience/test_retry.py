import asyncio
import contextlib
import gc
import random
import weakref

import pytest

from gateway.errors import (
    CircuitOpen,
    DeadlineExceeded,
    GatewayError,
    InvalidParameter,
    NoDocument,
    Overloaded,
    UpstreamBusy,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import RetryDenied
from gateway.model import IdDocument, Query, Recognition, Trail
from gateway.resilience.patience import WORTHWHILE
from gateway.resilience.retry import Retry, RetryPolicy
from gateway.resilience.retry_budget import RetryBudget, RetryBudgetPolicy
from tests.fakes import Events, FakeClock, FakeRecognizer, make_query

FOUND = IdDocument(country_region="THA")


class Bench:
    """A retry around a fake, with a clock that sleeping moves and a die that shows its highest or lowest side."""

    def __init__(self, *outcomes: IdDocument | BaseException, policy: RetryPolicy | None = None, lowest: bool = False):
        self.clock = FakeClock(100.0)
        self.fake = FakeRecognizer("a", *outcomes)
        self.events = Events()
        self.waits: list[float] = []
        self.drawn: list[tuple[float, float]] = []
        self.retry = Retry(
            self.fake,
            "a",
            policy or RetryPolicy(),
            observer=self.events,
            clock=self.clock,
            sleep=self.sleep,
            uniform=self.draw,
        )
        self.lowest = lowest

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.now += seconds

    def draw(self, low: float, high: float) -> float:
        self.drawn.append((low, high))
        return low if self.lowest else high

    async def ask(self, left: float = 30.0) -> Recognition:
        return await self.retry.recognize(make_query(deadline=self.clock.now + left))

    @property
    def calls(self) -> int:
        return len(self.fake.calls)


async def test_one_failure_is_made_good():
    bench = Bench(UpstreamUnavailable(), FOUND)
    assert (await bench.ask()).document is FOUND
    assert bench.calls == 2
    assert bench.waits == [0.25]


async def test_what_answers_is_asked_once():
    bench = Bench(FOUND)
    await bench.ask()
    assert bench.calls == 1
    assert bench.waits == []


@pytest.mark.parametrize(
    "error",
    [
        UpstreamTimeout,
        UpstreamMisconfigured,
        UpstreamExhausted,
        UpstreamGone,
        UpstreamProtocolError,
        UpstreamIncapable,
        UpstreamBusy,
        CircuitOpen,
        NoDocument,
        InvalidParameter,
        DeadlineExceeded,
        Overloaded,
    ],
)
async def test_what_will_not_pass_is_not_asked_again(error: type[GatewayError]):
    bench = Bench(error())
    with pytest.raises(error):
        await bench.ask()
    assert bench.calls == 1
    assert bench.waits == []


async def test_an_error_that_says_it_must_not_be_repeated_is_believed():
    error = UpstreamUnavailable()
    error.retryable = False
    bench = Bench(error)
    with pytest.raises(UpstreamUnavailable):
        await bench.ask()
    assert bench.calls == 1


async def test_a_defect_of_ours_is_not_repeated():
    bench = Bench(KeyError("bug"))
    with pytest.raises(KeyError):
        await bench.ask()
    assert bench.calls == 1


@pytest.mark.parametrize("attempts", [1, 2, 3, 5])
async def test_so_many_attempts_and_the_last_error(attempts):
    errors = [UpstreamUnavailable() for _ in range(attempts)]
    bench = Bench(*errors, policy=RetryPolicy(attempts=attempts, base=0.01))
    with pytest.raises(UpstreamUnavailable) as raised:
        await bench.ask()
    assert raised.value is errors[-1]
    assert bench.calls == attempts
    assert len(bench.waits) == attempts - 1


async def test_the_wait_is_full_jitter_that_doubles_up_to_its_cap():
    bench = Bench(UpstreamUnavailable(), policy=RetryPolicy(attempts=5, base=1.0, cap=3.0))
    with pytest.raises(UpstreamUnavailable):
        await bench.ask()
    assert bench.drawn == [(0.0, 1.0), (0.0, 2.0), (0.0, 3.0), (0.0, 3.0)]


async def test_a_jitter_of_zero_is_no_wait():
    bench = Bench(UpstreamUnavailable(), FOUND, lowest=True)
    await bench.ask()
    assert bench.waits == [0.0]


async def test_told_to_wait_it_waits_that_long_and_up_to_half_as_much_again():
    bench = Bench(UpstreamThrottled(retry_after=2.0), FOUND)
    await bench.ask()
    assert bench.drawn == [(2.0, 3.0)]
    assert bench.waits == [3.0]


async def test_an_unavailable_vendor_may_tell_too():
    bench = Bench(UpstreamUnavailable(retry_after=4.0), FOUND, lowest=True)
    await bench.ask()
    assert bench.waits == [4.0]


async def test_told_nothing_of_use_it_waits_as_if_not_told():
    bench = Bench(UpstreamThrottled(retry_after=0.0), FOUND)
    await bench.ask()
    assert bench.drawn == [(0.0, 0.25)]


@pytest.mark.parametrize(("told", "asked_again"), [(5.0, True), (5.1, False), (300.0, False), (999_999_999.0, False)])
async def test_a_long_wait_is_left_to_others(told, asked_again):
    bench = Bench(UpstreamThrottled(retry_after=told), FOUND)
    with contextlib.nullcontext() if asked_again else pytest.raises(UpstreamThrottled):
        await bench.ask(left=1e10)
    assert bench.calls == 1 + asked_again
    assert len(bench.waits) == asked_again


@pytest.mark.parametrize(
    ("left", "wait"),
    [(3.0 + WORTHWHILE, 3.0), (2.5 + WORTHWHILE, 2.5), (2.0 + WORTHWHILE, 2.0), (1.9 + WORTHWHILE, None), (0.1, None)],
)
async def test_no_wait_that_does_not_fit_in_the_time_left(left, wait):
    bench = Bench(UpstreamThrottled(retry_after=2.0), FOUND)
    with contextlib.nullcontext() if wait else pytest.raises(UpstreamThrottled):
        await bench.ask(left)
    assert bench.waits == ([pytest.approx(wait)] if wait else [])


@pytest.mark.parametrize("left", [WORTHWHILE, 0.1, 0.0, -1.0])
async def test_no_attempt_that_has_no_time(left):
    bench = Bench(UpstreamUnavailable(), FOUND)
    with pytest.raises(UpstreamUnavailable):
        await bench.ask(left)
    assert bench.calls == 1


async def test_the_jitter_shrinks_to_the_time_left():
    bench = Bench(UpstreamUnavailable(), FOUND)
    await bench.ask(left=0.1 + WORTHWHILE)
    assert bench.waits == [pytest.approx(0.1)]


@pytest.mark.parametrize("refusal", [UpstreamBusy, CircuitOpen])
async def test_refused_by_ourselves_the_failure_before_says_more(refusal):
    failure = UpstreamThrottled(retry_after=1.0)
    bench = Bench(failure, refusal(retry_after=30.0), FOUND, policy=RetryPolicy(attempts=3))
    with pytest.raises(UpstreamThrottled) as raised:
        await bench.ask()
    assert raised.value is failure
    assert bench.calls == 2


async def test_another_error_at_the_second_attempt_is_the_one_that_counts():
    bench = Bench(UpstreamUnavailable(), NoDocument())
    with pytest.raises(NoDocument):
        await bench.ask()


class Gated:
    """Fails each call when told to."""

    def __init__(self) -> None:
        self.calls = 0
        self.gate = asyncio.Event()

    async def recognize(self, _query: Query, /) -> Recognition:
        self.calls += 1
        await self.gate.wait()
        raise UpstreamUnavailable


async def test_over_budget_nothing_is_repeated_and_it_is_told():
    gated, events, budget = Gated(), Events(), RetryBudget(RetryBudgetPolicy(ratio=0.2, minimum=3))
    waiting = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await waiting.wait()

    retry = Retry(gated, "a", RetryPolicy(), observer=events, budget=budget, sleep=sleep)
    assert retry.budget is budget
    requests = [asyncio.get_running_loop().create_task(retry.recognize(make_query())) for _ in range(10)]
    await asyncio.sleep(0)
    assert budget.active == 10
    gated.gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sum(request.done() for request in requests) == 7
    assert events == [RetryDenied("a")] * 7
    assert (budget.active, budget.retries, budget.remaining) == (3, 3, 0)
    waiting.set()
    results = await asyncio.gather(*requests, return_exceptions=True)
    assert {type(result) for result in results} == {UpstreamUnavailable}
    assert gated.calls == 13
    assert (budget.active, budget.retries, budget.remaining) == (0, 0, 3)


async def test_its_own_budget_is_the_policys():
    bench = Bench(UpstreamUnavailable(), FOUND, policy=RetryPolicy(budget=RetryBudgetPolicy(ratio=0, minimum=0)))
    with pytest.raises(UpstreamUnavailable):
        await bench.ask()
    assert bench.events == [RetryDenied("a")]
    assert bench.retry.budget.limit == 0


async def test_a_retry_holds_its_place_until_it_has_ended():
    seen = []
    bench = Bench(UpstreamUnavailable(), UpstreamUnavailable(), FOUND, policy=RetryPolicy(attempts=3))
    bench.fake._when_asked = lambda: seen.append(bench.retry.budget.retries)
    await bench.ask()
    assert seen == [0, 1, 1]
    assert bench.retry.budget.retries == 0


async def test_a_caller_who_leaves_during_the_wait_frees_the_budget():
    forever = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await forever.wait()

    fake = FakeRecognizer("a", UpstreamUnavailable())
    retry = Retry(fake, "a", RetryPolicy(), observer=Events(), sleep=sleep)
    request = asyncio.get_running_loop().create_task(retry.recognize(make_query()))
    await asyncio.sleep(0)
    assert retry.budget.retries == 1
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    assert (retry.budget.active, retry.budget.retries, len(fake.calls)) == (0, 0, 1)


async def test_many_draws_stay_within_their_bounds():
    die = random.Random(1)  # noqa: S311 - the one that is used, with a seed
    bench = Bench(UpstreamUnavailable(), policy=RetryPolicy(attempts=5))
    bench.retry._uniform = die.uniform
    for _ in range(200):
        with pytest.raises(UpstreamUnavailable):
            await bench.ask()
    assert all(0 <= wait <= 0.25 * 2 ** (number % 4) for number, wait in enumerate(bench.waits))
    assert len(set(bench.waits)) == 800


class Watched(Trail):
    """A trail that can be watched; it lives exactly as long as its query."""


class Refusing:
    async def recognize(self, _query: Query, /) -> Recognition:
        raise UpstreamUnavailable


async def test_errors_do_not_keep_the_query_alive():
    """An error knows the frames that it passed, and these the picture: a circle would hold it until a collection."""

    async def sleep(_seconds: float) -> None:
        pass

    retry = Retry(Refusing(), "a", RetryPolicy(attempts=3), observer=Events(), sleep=sleep)
    query = make_query(trail=Watched())
    watched = weakref.ref(query.trail)
    gc.disable()
    try:
        with contextlib.suppress(UpstreamUnavailable):
            await retry.recognize(query)
        del query
        assert watched() is None
    finally:
        gc.enable()


def test_a_cap_below_the_base_is_a_mistake():
    RetryPolicy(base=2.0, cap=2.0)
    with pytest.raises(ValueError, match="cap: not less than base"):
        RetryPolicy(base=2.0, cap=1.0)
