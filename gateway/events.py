"""What happened, as frozen facts. The core emits them; metrics and logs subscribe. No event holds a personal value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from gateway.model import Attempt


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
class CircuitChanged:
    """An upstream is asked no more (``open``), by one request to find out (``half_open``), or as ever (``closed``).

    ``observed`` says that the breaker only looks on: nobody is refused on account of it.
    """

    upstream: str
    state: str
    reason: str
    observed: bool = False


@dataclass(frozen=True, slots=True)
class RetryDenied:
    """A further attempt at an upstream was due, and too many others were under way there."""

    upstream: str


@dataclass(frozen=True, slots=True)
class RequestFinished:
    """One caller has been answered. ``upstream`` is empty where none answered.

    Codes that were asked for and answered are the kind of document and nothing of what it says. What was not known when
    the request ended is empty or None.
    """

    route: str
    upstream: str
    outcome: str
    status: int
    seconds: float
    upstream_seconds: float
    method: str = "POST"
    request_id: str = ""
    caller: str = ""
    project_id: str = ""
    enterprise_project_id: str | None = None
    error_code: str | None = None
    input: str = ""
    asked_countries: tuple[str, ...] = ()
    asked_types: tuple[str, ...] = ()
    answered_country: str | None = None
    answered_type: str | None = None
    attempts: tuple[Attempt, ...] = ()
    cache: str = ""


@dataclass(frozen=True, slots=True)
class ReaderWorkerReplaced:
    """A process of the embedded reader was ended (``deadline``, ``crash``, ``recycle``) and another started."""

    upstream: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalWritten:
    """Lines of the journal are on file, or are lost for ``reason`` (``queue``, ``disk``, ``stop``)."""

    lines: int
    lost: int = 0
    reason: str = ""


Event: TypeAlias = (
    AttemptFinished
    | FailedOver
    | CircuitChanged
    | RetryDenied
    | RequestFinished
    | ReaderWorkerReplaced
    | JournalWritten
)
Observer: TypeAlias = Callable[[Event], None]


def to_all(*observers: Observer) -> Observer:
    """One Observer that tells each of ``observers``, in order."""

    def tell(event: Event) -> None:
        for observer in observers:
            observer(event)

    return tell


class Recorder(Protocol):
    """Keeps an account of every request, where an answer may go out only once it is on record."""

    @property
    def working(self) -> bool:
        """Whether the last account was kept. While it was not, no work should be paid for that may not be answered."""
        ...

    def record(self, event: RequestFinished, /) -> Awaitable[bool]:
        """Take down ``event``, at once; what is returned tells whether it is kept, to whoever waits for it."""
        ...
