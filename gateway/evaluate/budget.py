"""Money that a run may spend: what is under way counts as spent until it is known what it cost."""

from __future__ import annotations

import asyncio
import math


class Budget:
    """``limit`` is an amount in the currency of the prices, or None for any; ``spent`` is what is gone already."""

    def __init__(self, limit: float | None, spent: float = 0.0) -> None:
        self.spent = spent
        self._limit = math.inf if limit is None else limit
        self._reserved = 0.0
        self._changed = asyncio.Condition()

    async def reserve(self, most: float) -> bool:
        """Set ``most`` aside; False where it would be too much even if all that is under way turns out to cost nothing."""
        async with self._changed:
            while self._over(self.spent + self._reserved + most):
                if self._over(self.spent + most):
                    return False
                await self._changed.wait()
            self._reserved += most
            return True

    async def settle(self, most: float, spent: float) -> None:
        """Of ``most`` that was set aside, ``spent`` is gone."""
        async with self._changed:
            self._reserved -= most
            self.spent += spent
            self._changed.notify_all()

    def _over(self, amount: float) -> bool:
        """Cents that do not add up in binary are not money."""
        return amount > self._limit + 1e-9
