"""The run itself: picture after picture to all upstreams at once, compared while it is in memory, then on file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from gateway import tasks
from gateway.clock import wall_clock
from gateway.errors import CallerError
from gateway.evaluate.asking import Answer, Refused, ask
from gateway.evaluate.book import TO_REPEAT, Book
from gateway.evaluate.budget import Budget
from gateway.evaluate.compared import Comparison
from gateway.evaluate.pace import Pace
from gateway.evaluate.pictures import Content, Picture, load
from gateway.evaluate.settings import Wishes
from gateway.model import Query
from gateway.nest import Nest


class Progress(Protocol):
    """Who is told how far it is. :class:`gateway.evaluate.progress.Bar` shows it."""

    def advance(self, spent: float, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Contender:
    """One upstream of the run; ``most`` is what one picture costs there at most, with its retries."""

    nest: Nest
    most: float

    @property
    def name(self) -> str:
        return self.nest.name


@dataclass(slots=True)
class Ending:
    """Why the run is over, empty where all is done, and what could not be asked about."""

    reason: str = ""
    refused: str = ""
    """The upstream that could not be asked any more, where that is the reason."""
    unusable: dict[str, str] = field(default_factory=dict)
    """Pictures that no upstream was asked about, by id, and why."""
    copies: int = 0
    """Pictures that are in the folder under another name, too."""


class Run:
    """Asks every one of ``contenders`` about every picture that ``book`` does not know its answer to.

    ``concurrency`` pictures are under way at a time, each begun when ``pace`` says so and ``budget`` has what it may
    cost. ``deadline`` is seconds for a picture at one upstream, ``limit`` bytes of a file. Ends early when :meth:`stop` is
    called, the budget is used up, or an upstream cannot be asked any more; what is under way is then waited for.
    """

    def __init__(
        self,
        contenders: Sequence[Contender],
        book: Book,
        comparison: Comparison,
        wishes: Wishes,
        *,
        budget: Budget,
        pace: Pace,
        progress: Progress,
        concurrency: int,
        deadline: float,
        limit: int,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: wall_clock().date(),
    ) -> None:
        self._contenders = tuple(contenders)
        self._book = book
        self._comparison = comparison
        self._wishes = wishes
        self._budget = budget
        self._pace = pace
        self._progress = progress
        self._concurrency = concurrency
        self._deadline = deadline
        self._limit = limit
        self._sleep = sleep
        self._clock = clock
        self._today = today
        self._seen: set[str] = set()
        self._said: dict[str, str] = {}
        """What an upstream has said last of our account there, if anything."""
        self._ending = Ending()

    def stop(self, reason: str = "stopped", *, refused: str = "") -> None:
        """Begin no further picture. The first reason counts."""
        if not self._ending.reason:
            self._ending.reason, self._ending.refused = reason, refused

    async def over(self, pictures: Sequence[Picture]) -> Ending:
        """To be called once."""
        queue = iter(pictures)
        workers = [tasks.start(self._work(queue), name=f"evaluate {number}") for number in range(self._concurrency)]
        try:
            await asyncio.gather(*workers)
        finally:
            await tasks.stop(*workers)
        return self._ending

    async def _work(self, queue: Iterator[Picture]) -> None:
        for picture in queue:
            if not self._ending.reason:
                await self._take(picture)
                self._progress.advance(self._budget.spent)

    async def _take(self, picture: Picture) -> None:
        content = await self._load(picture)
        if content is None:
            return
        to_ask = [one for one in self._contenders if not self._book.done(one.name, content.sha256)]
        most = sum(one.most for one in to_ask)
        if not to_ask:
            return
        if not await self._budget.reserve(most):
            self.stop("the budget is used up")
            return
        spent = 0.0
        try:
            await self._pace.turn()
            if not self._ending.reason:
                await self._book.begin([one.name for one in to_ask], content.sha256)
                spent = await self._ask_all(picture, content, to_ask)
        finally:
            await self._budget.settle(most, spent)

    async def _load(self, picture: Picture) -> Content | None:
        """The picture; None where it is none, or one that was there before."""
        try:
            content = await asyncio.to_thread(load, picture, self._limit)
        except OSError as error:
            self._ending.unusable[picture.id] = error.strerror or type(error).__name__
            return None
        except CallerError as error:
            self._ending.unusable[picture.id] = error.outcome
            return None
        if content.sha256 in self._seen:
            self._ending.copies += 1
            return None
        self._seen.add(content.sha256)
        return content

    async def _ask_all(self, picture: Picture, content: Content, to_ask: Sequence[Contender]) -> float:
        """Put on file what came of it at each of ``to_ask``; what it has cost."""
        answers = await asyncio.gather(*(self._ask(one, picture, content) for one in to_ask))
        by_name: Mapping[str, Answer] = {one.name: answer for one, answer in zip(to_ask, answers, strict=True)}
        for name, line in self._comparison.lines(picture.id, content.sha256, by_name, self._book, self._today()):
            await self._book.finish(name, line)
        return sum(answer.cost for answer in answers)

    async def _ask(self, one: Contender, picture: Picture, content: Content) -> Answer:
        countries, types = self._wishes.of(self._comparison.truth_of(picture.id))

        def query() -> Query:
            deadline = self._clock() + self._deadline
            return Query(image=content.image, countries=countries, types=types, deadline=deadline, no_store=True)

        try:
            answer = await ask(one.nest, query, sleep=self._sleep)
        except Refused as refused:
            why = self._said.get(one.name, refused.outcome)
            self.stop(f"{one.name} cannot be asked any more ({why})", refused=one.name)
            return Answer(refused.outcome)
        if answer.outcome in TO_REPEAT:
            self._said[one.name] = answer.outcome
        return answer
