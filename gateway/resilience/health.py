"""A free look whether an upstream can be reached at all, before a call is risked that may be billed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from gateway.errors import DeadlineExceeded

Check: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether somebody listens there. Costs nothing, ends within a few seconds, and raises nothing."""


class Health:
    """Looks on behalf of a request, within its time."""

    def __init__(self, check: Check) -> None:
        self._check = check

    async def reachable(self, deadline: float) -> bool:
        """``deadline`` is a moment on the event loop's clock; :class:`DeadlineExceeded` where it comes first."""
        try:
            async with asyncio.timeout_at(deadline):
                return await self._check()
        except TimeoutError:
            raise DeadlineExceeded("while looking whether the upstream can be reached") from None
