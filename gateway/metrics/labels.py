"""The closed sets that label values come from, so that nothing a caller or a vendor sends can add a series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gateway.consensus.consensus import UNDECIDED
from gateway.errors import GatewayError
from gateway.resilience.circuit import State
from gateway.resilience.failover import HEDGED, NOT_ACCEPTED

KINDS = ("primary", "retry", "failover", "hedge", "last_resort", "shadow", "consensus")
WORKER_REASONS = ("deadline", "crash", "recycle")
LOSSES = ("queue", "disk", "stop")
DROPS = ("queue", "bytes", "load", "budget", "ended", "unsupported", "stop")
CACHE_RESULTS = ("hit", "miss", "coalesced")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STATES = tuple(state.value for state in State)
NONE = "none"
OTHER = "other"


def _outcomes(kind: type[GatewayError]) -> Iterator[type[GatewayError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _outcomes(child)


ERRORS = frozenset(error.outcome for error in _outcomes(GatewayError))
"""The outcomes of all our errors."""

OUTCOMES = ERRORS | {"ok", "internal_error", "caller_gone", "cancelled"}
"""All outcomes of a request or an attempt; the last three are a fault of ours, and callers who did not wait."""

FAILOVER_ERRORS = frozenset(error.outcome for error in _outcomes(GatewayError) if error.failover)
"""The outcomes of one attempt that let the next target be asked."""

FAILOVER_REASONS = FAILOVER_ERRORS | {NOT_ACCEPTED, HEDGED, UNDECIDED}


def known(value: str, values: frozenset[str] | Sequence[str]) -> str:
    """``value`` where it is one of ``values``, else ``other``."""
    return value if value in values else OTHER


def status_label(status: int) -> str:
    return str(status) if 100 <= status <= 599 else OTHER


def status_class(status: int | None) -> str:
    if status is None:
        return NONE
    return f"{status // 100}xx" if 100 <= status <= 599 else OTHER
