"""What is known of one request while it is answered, and the log line and event made of it in the end."""

from __future__ import annotations

import logging
import socket
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from gateway.events import RequestFinished
from gateway.model import Attempt, Query, Recognition
from gateway.wire.decode import Parameters

logger = logging.getLogger("gateway.access")

_HOSTNAME = socket.gethostname()


def new_request_id() -> str:
    """``<uuid>-<timestamp>-<hostname>``, the form that the old API's answers had; the timestamp is in milliseconds."""
    return f"{uuid.uuid4()}-{datetime.now(UTC).timestamp() * 1000:.0f}-{_HOSTNAME}"


@dataclass(slots=True)
class RequestRecord:
    """Filled in step by step on the way down. ``started`` and ``deadline`` are moments on the event loop's clock;
    ``outcome`` is ``ok``, an error's ``outcome``, ``internal_error``, ``caller_gone`` or ``cancelled``.
    """

    request_id: str
    method: str
    started: float
    deadline: float
    caller: str = ""
    bytes_in: int = 0
    parameters: Parameters | None = None
    query: Query | None = None
    recognition: Recognition | None = None
    outcome: str = "ok"
    reason: str = ""
    status: int = 0

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        return tuple(self.query.trail) if self.query else ()

    @property
    def upstream(self) -> str:
        return self.recognition.upstream if self.recognition else ""

    @property
    def route(self) -> str:
        return self.query.trail.route if self.query else ""


RECORD = web.RequestKey("record", RequestRecord)


def finished(record: RequestRecord, now: float) -> RequestFinished:
    """The event for metrics."""
    return RequestFinished(
        route=record.route,
        upstream=record.upstream,
        outcome=record.outcome,
        status=record.status,
        seconds=now - record.started,
        upstream_seconds=sum(attempt.seconds for attempt in record.attempts),
        method=record.method,
    )


def log(record: RequestRecord, event: RequestFinished) -> None:
    """One line, as a dict in ``fields``: what was asked, who answered, how long it took. No value of a document, no
    key, no token, no URL; ``reason`` is the message of one of our own errors, which never holds a value either.
    """
    asked = record.parameters
    fields = {
        "request_id": record.request_id,
        "caller": record.caller,
        "route": event.route,
        "upstream": event.upstream,
        "outcome": event.outcome,
        "reason": record.reason,
        "status": event.status,
        "milliseconds": round(event.seconds * 1000, 1),
        "upstream_ms": round(event.upstream_seconds * 1000, 1),
        "attempts": [
            {"upstream": attempt.upstream, "outcome": attempt.outcome, "ms": round(attempt.seconds * 1000, 1)}
            for attempt in record.attempts
        ],
        "bytes_in": record.bytes_in,
        "input": asked.input if asked else "",
        "country_region": sorted(asked.countries) if asked else [],
        "id_type": sorted(asked.types) if asked else [],
    }
    logger.info("%s %s", event.status, event.outcome, extra={"fields": fields})
