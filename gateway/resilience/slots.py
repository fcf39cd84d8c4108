"""A number of places, handed from one to the next in order of asking."""

from __future__ import annotations

import asyncio
from collections import deque


class Slots:
    """Bounds what goes on at once. A place that is given up goes straight to who has waited longest: nobody overtakes."""

    def __init__(self, size: int | None) -> None:
        """``size`` places; without, any number."""
        self.size = size
        self.taken = 0
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def _free(self) -> bool:
        return self.size is None or self.taken < self.size

    def resize(self, size: int | None) -> None:
        """From now on there are ``size`` places. More than that may be taken until some are given up."""
        self.size = size
        while self._free and self._hand_over():
            self.taken += 1

    async def acquire(self, patience: float) -> bool:
        """Take a place, waiting up to ``patience`` seconds; False where none came. Who has one must release it."""
        if self._free:
            self.taken += 1
            return True
        if patience <= 0:
            return False
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(patience):
                await turn
        except TimeoutError:
            return self._left_with_one(turn)
        except asyncio.CancelledError:
            if self._left_with_one(turn):
                self.release()
            raise
        return True

    def release(self) -> None:
        """Give a place up, for the next in the queue or for whoever comes."""
        self.taken -= 1
        if self._free and self._hand_over():
            self.taken += 1

    def _hand_over(self) -> bool:
        """Give a place to who has waited longest; False where nobody waits."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return True
        return False

    def _left_with_one(self, turn: asyncio.Future[None]) -> bool:
        """Leave the queue; True where a place had been handed over in the very moment the wait was ended."""
        if turn.done() and not turn.cancelled():
            return True
        if turn in self._queue:
            self._queue.remove(turn)
        return False
