"""A shadow on the bench: readers that take their time, a loop whose time jumps, and what was told."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from gateway.events import ComparisonFinished, ShadowDropped
from gateway.model import Attempt, IdDocument, Query, Recognition
from gateway.resilience.failover import Target
from gateway.shadow.backlog import Backlog
from gateway.shadow.mirror import Shadow
from gateway.shadow.policy import ShadowPolicy
from gateway.state.purse import Purse
from tests.fakes import Events, make_image, make_query

BLANK = IdDocument()
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def now() -> datetime:
    """The wall clock that goes with the loop's, on which tests begin at 1000."""
    return NOON + timedelta(seconds=asyncio.get_running_loop().time() - 1000)


def loop_time() -> float:
    return asyncio.get_running_loop().time()


class Reader:
    """Answers after ``seconds``, leaves an attempt in the trail, and knows when it was asked, by whom, and let go."""

    def __init__(
        self, name: str, outcome: IdDocument | BaseException = BLANK, *, seconds: float = 1.0, price: float = 0.5
    ):
        self.name = name
        self.outcome = outcome
        self.seconds = seconds
        self.price = price
        self.asked: list[tuple[float, Query]] = []
        self.under_way = 0
        self.most = 0
        self.cancelled = 0

    async def recognize(self, query: Query, /) -> Recognition:
        self.asked.append((loop_time(), query))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.under_way -= 1
            query.trail.add(Attempt(self.name, "ok", self.seconds, self.price))
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return Recognition(self.outcome, self.name)

    def target(self, supports: Callable[[Query], bool] = lambda _: True) -> Target:
        return Target(self.name, self, supports)

    @property
    def moments(self) -> list[float]:
        """When it was asked, in seconds after the test began."""
        return [round(moment - 1000, 3) for moment, _ in self.asked]


class Bench:
    """``shadow`` of the route ``thai``: ``control`` answers, ``candidate`` is compared."""

    def __init__(
        self,
        control: Reader,
        candidate: Reader,
        *,
        backlog: Backlog | None = None,
        supports: Callable[[Query], bool] = lambda _: True,
        purse: Purse | None = None,
        busy: Callable[[], bool] = lambda: False,
        **policy: object,
    ):
        self.control = control
        self.candidate = candidate
        self.events = Events()
        self.backlog = backlog or Backlog()
        self.shadow = Shadow(
            control,
            ShadowPolicy(**{"candidate": candidate.name, "fraction": 1.0, **policy}),
            candidate.target(supports),
            route="thai",
            controls={control.name: control.target()},
            observer=self.events,
            backlog=self.backlog,
            purse=purse,
            busy=busy,
            now=now,
            clock=loop_time,
        )

    async def ask(self, **query: object) -> Recognition:
        return await self.shadow.recognize(a_query(**query))

    @property
    def findings(self) -> list[ComparisonFinished]:
        return [event for event in self.events if isinstance(event, ComparisonFinished)]

    @property
    def drops(self) -> list[tuple[str, str]]:
        return [(event.candidate, event.reason) for event in self.events if isinstance(event, ShadowDropped)]


def a_query(**changes: object) -> Query:
    """Of a caller with ten seconds."""
    return make_query(**{"deadline": loop_time() + 10, **changes})


def picture(number: int):
    return make_image(base64=None, content=b"picture %d" % number, size=10)
