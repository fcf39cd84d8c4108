"""Every kind of line that the journal has, and which event makes which."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from gateway.events import ComparisonFinished, Event, RampChanged, RampHeld, RequestFinished
from gateway.journal.comparison import ComparisonEntry, comparison_entry
from gateway.journal.entry import RequestEntry, request_entry
from gateway.journal.ramp import RampEntry, ramp_entry

Entry: TypeAlias = RequestEntry | ComparisonEntry | RampEntry
"""``kind`` in the JSON tells them apart."""


def entry_of(event: Event, at: datetime) -> Entry | None:
    """The line for ``event``, at the aware time ``at``; None for an event of which no account is kept."""
    match event:
        case RequestFinished():
            return request_entry(event, at)
        case ComparisonFinished():
            return comparison_entry(event, at)
        case RampChanged() | RampHeld():
            return ramp_entry(event, at)
        case _:
            return None
