"""What one finished request or comparison says about the new upstream, by the name of the gate."""

from __future__ import annotations

from gateway.errors import CallerError, DeadlineExceeded, DocumentError, GatewayError
from gateway.events import ComparisonFinished
from gateway.migrate.evidence import SUCCESS, Evidence, agreement, completeness, counted
from gateway.migrate.gates import GatePolicy
from gateway.model import Attempt, Query, Recognition
from gateway.shadow.result import AGREED, Result

_LET_GO = "cancelled"


def answered(policy: GatePolicy, query: Query, recognition: Recognition, upstream: str) -> Evidence:
    """Of a request that asked ``upstream`` first and was answered, perhaps by another."""
    mine = [attempt for attempt in query.trail if attempt.upstream == upstream]
    if recognition.upstream == upstream:
        document = recognition.document
        fields = {completeness(name): getattr(document, name) is not None for name in policy.completeness}
        return counted({SUCCESS: True, **_speed(policy, mine), **fields}, query.trail.cost)
    if mine and mine[-1].outcome == _LET_GO:  # another was asked beside it and was quicker, which is no failure
        return _slow(policy, mine)
    return counted({SUCCESS: False}, query.trail.cost)


def failed(query: Query, error: GatewayError) -> Evidence:
    """Of a request that nobody answered: nothing where the picture, the caller or its haste may be the reason."""
    if isinstance(error, DocumentError | CallerError | DeadlineExceeded):
        return Evidence()
    return counted({SUCCESS: False}, query.trail.cost)


def compared(policy: GatePolicy, event: ComparisonFinished, upstream: str) -> Evidence:
    """Of a comparison of ``upstream`` with the old one, whichever of the two answered the caller.

    A field that the old one has not says nothing; one on which check digits prove the new one right is as good as agreed.
    """
    side, silent = "candidate", Result.MISSING_CONTROL
    if event.control == upstream:
        side, silent = "control", Result.MISSING_CANDIDATE
    return counted(
        {
            agreement(name): event.results[name] in AGREED or event.right.get(name) == side
            for name in policy.agreement
            if name in event.results and event.results[name] != silent
        }
    )


def _speed(policy: GatePolicy, attempts: list[Attempt]) -> dict[str, bool]:
    if policy.p95 is None:
        return {}
    return {policy.within: sum(attempt.seconds for attempt in attempts) <= policy.p95}


def _slow(policy: GatePolicy, attempts: list[Attempt]) -> Evidence:
    """One that was not waited for to the end: it counts where that is already too long."""
    within = _speed(policy, attempts)
    return counted(within) if not all(within.values()) else Evidence()
