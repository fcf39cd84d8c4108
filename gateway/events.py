"""What happened, as frozen facts. The core emits them; metrics and logs subscribe. No event holds a personal value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AttemptFinished:
    """One try at one upstream is over. ``outcome`` is ``ok`` or an error class's ``outcome``; ``status`` is the vendor's
    last HTTP status, or None where no answer came.
    """

    upstream: str
    kind: str
    outcome: str
    seconds: float
    status: int | None = None
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class FailedOver:
    """A target did not answer and the next one of the route is asked."""

    route: str
    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class RequestFinished:
    """One caller has been answered. ``upstream`` is empty where none answered."""

    route: str
    upstream: str
    outcome: str
    status: int
    seconds: float
    upstream_seconds: float
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class ReaderWorkerReplaced:
    """A process of the embedded reader was ended (``deadline``, ``crash``, ``recycle``) and another started."""

    upstream: str
    reason: str


Event: TypeAlias = AttemptFinished | FailedOver | RequestFinished | ReaderWorkerReplaced
Observer: TypeAlias = Callable[[Event], None]
