"""One line of the journal: a ramp that moved, or that could not, and what its gates said."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from gateway.events import RampChanged, RampHeld
from gateway.journal.entry import SCHEMA


class RampEntry(Struct, frozen=True, kw_only=True, tag_field="kind", tag="ramp"):
    """``share`` is the percentage of ``pair`` that asks the new upstream first from now on. ``reason`` is ``started``,
    ``passed``, ``failed``, ``operator``, ``cutover`` or ``gone``, and ``due`` for a step that is over and may not go on.
    ``gates`` are ``pass``, ``fail``, ``inconclusive`` or ``error`` by name.
    """

    version: int = SCHEMA
    time: datetime
    route: str
    pair: str
    share: float
    state: str
    reason: str
    gates: dict[str, str]


def ramp_entry(event: RampChanged | RampHeld, at: datetime) -> RampEntry | None:
    """The line for ``event``; None for a change that another replica has in its own journal."""
    if isinstance(event, RampHeld):
        state, reason = "running", "due"
    elif event.decided:
        state, reason = event.state, event.reason
    else:
        return None
    return RampEntry(
        time=at,
        route=event.route,
        pair=event.pair,
        share=event.share,
        state=state,
        reason=reason,
        gates=dict(event.verdicts),
    )
