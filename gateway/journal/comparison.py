"""One line of the journal: how a second answer to a request compares with the first, field by field, without a value."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from gateway.events import ComparisonFinished, FieldTrace
from gateway.journal.entry import SCHEMA, Kind


class TraceEntry(Struct, frozen=True, kw_only=True):
    """What is kept of a value: its length and the kinds of its characters, and a mark. Equal marks of one file, day and
    field mean equal values; of different ones they mean nothing.
    """

    shape: str
    mark: str


class FieldEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``result`` is ``exact``, ``equivalent``, ``near``, ``conflict``, ``missing_control`` or ``missing_candidate``.
    ``right`` says whose value check digits bear out, where they decide; ``control`` and ``candidate`` are there for some
    fields that do not agree.
    """

    result: str
    right: str = ""
    control: TraceEntry | None = None
    candidate: TraceEntry | None = None


class AnswerEntry(Struct, frozen=True, kw_only=True):
    """One of the two answers. ``truth`` is ``holds`` where check digits speak for it, ``fails`` where something speaks
    against it, else empty.
    """

    upstream: str
    outcome: str
    milliseconds: float
    truth: str = ""


class ComparisonEntry(Struct, frozen=True, kw_only=True, tag_field="kind", tag="comparison"):
    """One comparison. ``relation`` is ``shadow``, ``reverse`` or ``noise``. ``document`` is what kind was read, by the
    control where it gave an answer. ``fields`` is empty where one of the two failed. ``cost`` is that of asking the
    candidate. ``sealed`` are the values that do not agree, for the holder of ``values_key``; empty without one.
    """

    version: int = SCHEMA
    time: datetime
    request_id: str
    route: str
    relation: str
    document: Kind
    control: AnswerEntry
    candidate: AnswerEntry
    fields: dict[str, FieldEntry]
    cost: float
    sealed: str = ""


def comparison_entry(event: ComparisonFinished, at: datetime) -> ComparisonEntry:
    """The line for ``event``; ``at`` is an aware time."""
    return ComparisonEntry(
        time=at,
        request_id=event.request_id,
        route=event.route,
        relation=event.kind,
        document=Kind(country_region=event.country or None, id_type=event.id_type or None),
        control=_answer(event, "control", event.control, event.control_outcome, event.control_seconds),
        candidate=_answer(event, "candidate", event.candidate, event.outcome, event.candidate_seconds),
        fields={name: _field(event, name) for name in event.results},
        cost=round(event.cost, 6),
        sealed=event.sealed,
    )


def _answer(event: ComparisonFinished, side: str, upstream: str, outcome: str, seconds: float) -> AnswerEntry:
    truth = event.truth.get(side, "")
    return AnswerEntry(upstream=upstream, outcome=outcome, milliseconds=round(seconds * 1000, 1), truth=truth)


def _field(event: ComparisonFinished, name: str) -> FieldEntry:
    control, candidate = event.traces.get(name, (None, None))
    return FieldEntry(
        result=event.results[name],
        right=event.right.get(name, ""),
        control=_trace(control),
        candidate=_trace(candidate),
    )


def _trace(trace: FieldTrace | None) -> TraceEntry | None:
    return None if trace is None else TraceEntry(shape=trace.shape, mark=trace.mark)
