"""How long one request may wait for shared state in all.

It goes with the request's context, as the time is one for everything that is asked on its behalf, from admission down to
the rate of an upstream, and none of those in between need know.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

SECONDS: Final = 0.035
"""For all that one request asks. 50 ms are promised: the difference is for timers and the event loop."""


class Allowance:
    """``left`` is what remains, in seconds."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        self.left = max(0.0, self.left - seconds)


_of_request: ContextVar[Allowance] = ContextVar("allowance")


@contextmanager
def request_allowance() -> Iterator[Allowance]:
    """One allowance for everything in this block and in the tasks that it starts."""
    token = _of_request.set(Allowance())
    try:
        yield _of_request.get()
    finally:
        _of_request.reset(token)


def allowance() -> Allowance:
    """That of the request; a new one for work on behalf of none."""
    return _of_request.get(None) or Allowance()
