"""What is sent to end the process ends a run in good order first: what is under way has been paid for."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERRUPTED = "it was interrupted"

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts(stop: Callable[[str], None]) -> Iterator[None]:
    """While within, the first signal calls ``stop``, and the next one cancels the task that entered."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    steps = iter([lambda: stop(INTERRUPTED)])

    def on_signal() -> None:
        next(steps, task.cancel)()

    for number in _SIGNALS:
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
