"""One line of the journal: who asked for what kind of document, who answered, how it ended, what it cost."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from gateway.events import RequestFinished

SCHEMA = 1
"""Raised when a field changes its meaning or goes; readers ignore fields that are new to them."""


class AttemptEntry(Struct, frozen=True, kw_only=True):
    """One try at one upstream; ``cost`` is in the currency of the configured prices. ``fitted`` says what was done to the
    picture, where something was.
    """

    upstream: str
    outcome: str
    milliseconds: float
    cost: float
    fitted: str = ""


class Kinds(Struct, frozen=True, kw_only=True):
    """The kinds of document that a caller asked for; empty means any."""

    country_region: tuple[str, ...] = ()
    id_type: tuple[str, ...] = ()


class Kind(Struct, frozen=True, kw_only=True):
    """The kind of document that was read: its country and type and nothing of what it says."""

    country_region: str | None = None
    id_type: str | None = None


class RequestEntry(Struct, frozen=True, kw_only=True, tag_field="kind", tag="request"):
    """One request. ``time`` is when it ended, in UTC; ``milliseconds`` is what it took.

    ``caller`` is an account's name, ``anonymous``, or empty for somebody unknown. ``enterprise_project_id`` is None
    where the caller gave none or one that cannot be an id: the old API billed those to the project ``default``.
    ``outcome`` is ``ok`` or the name of an error, ``error_code`` what the caller got to see of it. ``answered`` is None
    where no document was given, and both of its parts where the reader did not say. ``cost`` is that of all attempts. ``cache`` is ``hit``, ``miss`` or ``coalesced``, or empty.
    """

    version: int = SCHEMA
    time: datetime
    request_id: str
    caller: str
    project_id: str
    enterprise_project_id: str | None
    route: str
    upstream: str
    outcome: str
    status: int
    error_code: str | None
    milliseconds: float
    input: str
    asked: Kinds
    answered: Kind | None
    attempts: tuple[AttemptEntry, ...]
    cost: float
    cache: str = ""


def request_entry(event: RequestFinished, at: datetime) -> RequestEntry:
    """The line for ``event``; ``at`` is an aware time."""
    answered = None
    if event.outcome == "ok" and event.upstream:
        answered = Kind(country_region=event.answered_country, id_type=event.answered_type)
    return RequestEntry(
        time=at,
        request_id=event.request_id,
        caller=event.caller,
        project_id=event.project_id,
        enterprise_project_id=event.enterprise_project_id,
        route=event.route,
        upstream=event.upstream,
        outcome=event.outcome,
        status=event.status,
        error_code=event.error_code,
        milliseconds=_milliseconds(event.seconds),
        input=event.input,
        asked=Kinds(country_region=event.asked_countries, id_type=event.asked_types),
        answered=answered,
        attempts=tuple(
            AttemptEntry(
                upstream=attempt.upstream,
                outcome=attempt.outcome,
                milliseconds=_milliseconds(attempt.seconds),
                cost=attempt.cost,
                fitted=attempt.fitted,
            )
            for attempt in event.attempts
        ),
        cache=event.cache,
        cost=round(sum(attempt.cost for attempt in event.attempts), 6),
    )


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
