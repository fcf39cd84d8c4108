"""A vendor without a network, and clocks that pass only when told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from gateway.exchange import VendorRequest, VendorResponse

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Calendar:
    """A time of day that passes only when told."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **time: float) -> None:
        self.now += timedelta(**time)


def answer(status: int = 200, body: Any = b"", at: datetime | None = None, **headers: str) -> VendorResponse:
    """``body`` is bytes, or what is sent as JSON; ``at`` is the time in the header ``date``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    dated = {"date": format_datetime(at.astimezone(UTC), usegmt=True)} if at is not None else {}
    return VendorResponse(status, dated | named, body if isinstance(body, bytes) else json.dumps(body).encode())


class FakeVendor:
    """Answers or raises what it was given, one entry a request, the last one for ever. A function makes its answer."""

    def __init__(self, *answers: VendorResponse | Exception | Callable[[VendorRequest], VendorResponse]) -> None:
        self.requests: list[VendorRequest] = []
        self._answers = list(answers)

    async def __call__(self, request: VendorRequest) -> VendorResponse:
        self.requests.append(request)
        given = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(given, Exception):
            raise given
        return given(request) if callable(given) else given


async def never(_request: VendorRequest) -> VendorResponse:
    raise AssertionError("a signature needs no request")
