"""What the YAML of an upstream with ``adapter: replay`` may ask for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import msgspec

from gateway.errors import (
    ContradictedDocument,
    GatewayError,
    NoDocument,
    RecognitionFailed,
    SeveralDocuments,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamTimeout,
    UpstreamUnavailable,
    WrongDocument,
)
from gateway.replay.misread import MISREADABLE

FAULTS: Mapping[str, type[GatewayError]] = {
    kind.__name__: kind
    for kind in (
        ContradictedDocument,
        NoDocument,
        RecognitionFailed,
        SeveralDocuments,
        UnreadableDocument,
        WrongDocument,
        UpstreamExhausted,
        UpstreamGone,
        UpstreamIncapable,
        UpstreamMisconfigured,
        UpstreamProtocolError,
        UpstreamThrottled,
        UpstreamTimeout,
        UpstreamUnavailable,
    )
}
"""What a vendor can do to us, by the name of the error class."""

_P95 = NormalDist().inv_cdf(0.95)


class Latency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds until an answer, log-normal as those of real services are: half of them take up to ``median``, nineteen
    of twenty up to ``p95``.
    """

    median: float
    p95: float

    def __post_init__(self) -> None:
        if not 0 < self.median <= self.p95 < math.inf:
            raise ValueError("latency: median is more than 0, and p95 no less than median")

    def at(self, share: float) -> float:
        """The latency that ``share`` (0..1) of all answers stay below."""
        spread = math.log(self.p95 / self.median) / _P95
        return self.median * math.exp(spread * NormalDist().inv_cdf(min(max(share, 1e-9), 1 - 1e-9)))


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An error that strikes ``rate`` (0..1) of the requests, and the wait that it tells."""

    rate: float
    retry_after: float | None = None

    def __post_init__(self) -> None:
        if self.retry_after is not None and not 0 <= self.retry_after < math.inf:
            raise ValueError("retry_after: 0 seconds or more")


class ReplayOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What ``options`` of an upstream with ``adapter: replay`` may hold."""

    directory: str | None = None
    """Folder of recorded answers (``docs/replay.md``); without it every answer is invented, one person a picture."""

    latency: float | Latency = 0.0
    """Seconds until an answer: a number, or ``{median: 0.8, p95: 2.5}``."""

    faults: dict[str, float | Fault] = {}
    """Share of the requests that fail, by error class: ``{UpstreamUnavailable: 0.01}``, or ``{UpstreamThrottled: {rate:
    0.02, retry_after: 2}}``. An ``UpstreamTimeout`` is waited for."""

    wrong: dict[str, float] = {}
    """Share of the pictures on which a field is misread, by field: ``{birth_date: 0.08}``."""

    seed: int = 0
    """Another number, other draws."""

    def __post_init__(self) -> None:
        if isinstance(self.latency, int | float) and not 0 <= self.latency < math.inf:
            raise ValueError("latency: 0 seconds or more")
        _check_names("faults", self.faults, FAULTS)
        _check_names("wrong", self.wrong, MISREADABLE)
        rates = {name: rate_of(fault) for name, fault in self.faults.items()}
        if not all(0 <= rate <= 1 for rate in (*rates.values(), *self.wrong.values())):
            raise ValueError("faults, wrong: a rate is a number from 0 to 1")
        if sum(rates.values()) > 1:
            raise ValueError("faults: the rates add up to more than 1")


def rate_of(fault: float | Fault) -> float:
    return fault.rate if isinstance(fault, Fault) else fault


def _check_names(section: str, given: Mapping[str, object], known: Mapping[str, object] | frozenset[str]) -> None:
    unknown = sorted(given.keys() - set(known))
    if unknown:
        raise ValueError(f"{section}: {unknown[0]} is none of {', '.join(sorted(known))}")
