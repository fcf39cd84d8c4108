"""An event loop whose time jumps to the next timer as soon as nothing else is to be done."""

from __future__ import annotations

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any


class _Jumping(selectors.DefaultSelector):
    now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        events = super().select(0)
        if not events:
            assert timeout is not None, "everybody waits for somebody else"
            self.now += timeout
        return events


def virtual_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs ``test`` on such a loop: hours pass in no time, always in the same order."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        selector = _Jumping()

        def open_loop() -> asyncio.AbstractEventLoop:
            loop = asyncio.SelectorEventLoop(selector)
            loop.time = lambda: selector.now  # type: ignore[method-assign]
            return loop

        with asyncio.Runner(loop_factory=open_loop) as runner:
            runner.run(test(*args, **kwargs))

    return run
