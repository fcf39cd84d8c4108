"""A breaker on the bench: a clock that is turned by hand, a fake upstream, and what was told."""

import asyncio

import pytest

from gateway.errors import CircuitOpen, UpstreamUnavailable
from gateway.events import CircuitChanged
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import BreakerPolicy, State
from gateway.resilience.health import Health
from tests.fakes import Events, FakeClock, FakeRecognizer, make_query

FOUND = IdDocument(country_region="THA")


class Bench:
    """A breaker around a fake whose next outcome is set before each call."""

    def __init__(self, *, health: Health | None = None, **policy: object):
        self.clock = FakeClock(1000.0)
        self.events = Events()
        self.fake = FakeRecognizer("a")
        self.breaker = Breaker(
            self.fake, "a", BreakerPolicy(**policy), observer=self.events, health=health, clock=self.clock
        )

    async def ask(self, outcome: IdDocument | BaseException = FOUND, **query: object) -> Recognition:
        self.fake.outcomes = [outcome]
        return await self.breaker.recognize(make_query(**query))

    async def fail(self, error: BaseException, times: int = 1, **query: object) -> None:
        for _ in range(times):
            with pytest.raises(type(error)) as raised:
                await self.ask(error, **query)
            assert raised.value is error

    async def refused(self, **query: object) -> float | None:
        """The wait that a refusal tells; nobody was asked."""
        calls = self.calls
        with pytest.raises(CircuitOpen) as refusal:
            await self.ask(**query)
        assert self.calls == calls
        return refusal.value.retry_after

    async def open(self) -> None:
        await self.fail(UpstreamUnavailable(), 5)
        assert self.breaker.state is State.OPEN

    @property
    def calls(self) -> int:
        return len(self.fake.calls)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(event.state, event.reason) for event in self.events if isinstance(event, CircuitChanged)]


class Gated:
    """Answers each call when told to."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[Recognition]] = []

    async def recognize(self, _query: Query, /) -> Recognition:
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]
