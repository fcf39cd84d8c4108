"""Small real stand-ins for the gateway's one-method interfaces."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from gateway.events import Event
from gateway.model import DocumentImage, IdDocument, ImageFormat, Query, Recognition

IMAGE_BASE64 = base64.b64encode(b"\xff\xd8\xff\xe0 not a picture, but nobody here looks")


def make_image(**changes: Any) -> DocumentImage:
    values = {"format": ImageFormat.JPEG, "width": 1200, "height": 800, "size": 40, "base64": IMAGE_BASE64}
    return DocumentImage(**(values | changes))


def make_query(**changes: Any) -> Query:
    """A query for anything, with ten seconds left."""
    return Query(**({"image": make_image(), "deadline": time.monotonic() + 10} | changes))


class FakeRecognizer:
    """Answers or raises what it was given, one entry a call, the last one for ever."""

    def __init__(self, name: str, *outcomes: IdDocument | BaseException, when_asked: Callable[[], None] | None = None):
        self.name = name
        self.calls: list[Query] = []
        self.outcomes = list(outcomes) or [IdDocument()]
        self._when_asked = when_asked

    async def recognize(self, query: Query, /) -> Recognition:
        self.calls.append(query)
        if self._when_asked is not None:
            self._when_asked()
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return Recognition(outcome, self.name)


class Events(list[Event]):
    """An observer that keeps what it is told."""

    def __call__(self, event: Event) -> None:
        self.append(event)


class FakeClock:
    """Seconds that pass only when told."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now
