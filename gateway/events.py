"""What happened, as frozen facts. The core emits them; metrics and logs subscribe. No event holds a personal value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class StateChanged:
    """What replicas agree on is had from the server that they share (``healthy``), or kept by this process alone."""

    healthy: bool


@dataclass(frozen=True, slots=True)
class FieldTrace:
    """What is kept of one value that did not agree, for those who look for a pattern: its length with the kinds of its
    characters (``9:A0``), and a mark that is the same for the same value of that field, on this day and in this process.
    """

    shape: str
    mark: str


@dataclass(frozen=True, slots=True)
class ComparisonFinished:
    """A second answer to a request was compared with the one that its caller got; nobody waited for it.

    ``kind``: ``shadow``, ``reverse`` (the candidate is the one of old), or ``noise`` (the control itself, asked again).
    ``control`` and ``candidate`` are upstreams; ``outcome`` is the candidate's and ``control_outcome`` the control's, both
    ``ok`` or an error's name. Only where both are ``ok`` are there ``results``: by field, a value of
    :class:`gateway.shadow.result.Result`. ``country`` and ``id_type`` are those of the control's document, else the
    candidate's, else empty. ``truth`` has ``holds``, ``fails`` or nothing for ``control`` and ``candidate``; ``right``
    names one of them for each field on which check digits decide between the two. ``traces`` has, for fields that
    disagree, what is kept of control and candidate. ``sealed`` are the values that disagree, for the holder of a key.
    """

    route: str
    country: str
    id_type: str
    control: str
    candidate: str
    results: Mapping[str, str]
    truth: Mapping[str, str]
    outcome: str
    control_seconds: float
    candidate_seconds: float
    cost: float
    kind: str
    control_outcome: str = "ok"
    request_id: str = ""
    right: Mapping[str, str] = field(default_factory=dict)
    traces: Mapping[str, tuple[FieldTrace | None, FieldTrace | None]] = field(default_factory=dict)
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class ShadowDropped:
    """A request was to be compared and is not: no room to wait (``queue``, ``bytes``), no strength to spare (``load``), the
    day's money is spent (``budget``), the end date is past (``ended``), the candidate does not take or may not see such a
    document (``unsupported``), or the gateway stops (``stop``).
    """

    route: str
    candidate: str
    reason: str


@dataclass(frozen=True, slots=True)
class BaselineWritten:
    """Answers of the original are sealed and on file, or are lost for ``reason`` (``queue``, ``disk``, ``full``, ``failed``,
    ``stop``).
    """

    records: int
    lost: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RampChanged:
    """A pair of a route has another share or state than before, for ``reason``. ``share`` is the percentage that asks the new
    upstream first. Every replica tells it when it learns of it; ``decided`` is the one whose doing it was. ``verdicts`` are
    those of the gates at that moment, by name.
    """

    route: str
    pair: str
    share: float
    state: str
    reason: str
    decided: bool
    verdicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RampHeld:
    """A step has had its samples and its time, and the gates do not let it go on. Told when their ``verdicts`` change."""

    route: str
    pair: str
    share: float
    verdicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UpstreamVanished:
    """An upstream has said ``attempts`` times in a row, over ``seconds``, that it is no longer there; or, with ``gone``
    false, has answered again after that.
    """

    upstream: str
    gone: bool
    attempts: int = 0
    seconds: float = 0.0


Event: TypeAlias = (
    AttemptFinished
    | FailedOver
    | CircuitChanged
    | RetryDenied
    | RequestFinished
    | ReaderWorkerReplaced
    | JournalWritten
    | BaselineWritten
    | StateChanged
    | ComparisonFinished
    | ShadowDropped
    | RampChanged
    | RampHeld
    | UpstreamVanished
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
