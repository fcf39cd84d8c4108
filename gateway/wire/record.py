"""What is known of one request while it is answered, and the log line and event made of it in the end."""

from __future__ import annotations

import logging
import re
import socket
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from gateway.events import RequestFinished
from gateway.model import Attempt, IdDocument, Query, Recognition
from gateway.wire import contract
from gateway.wire.decode import Parameters

logger = logging.getLogger("gateway.access")

_HOSTNAME = socket.gethostname()
_ENTERPRISE_PROJECT_ID = re.compile(r"[0-9A-Za-z-]{1,36}")
_ALPHA_3 = re.compile(r"[A-Z]{3}")


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
    project_id: str = ""
    enterprise_project_id: str | None = None
    caller: str = ""
    bytes_in: int = 0
    parameters: Parameters | None = None
    query: Query | None = None
    recognition: Recognition | None = None
    outcome: str = "ok"
    reason: str = ""
    status: int = 0
    error_code: str | None = None
    on_record: bool = False

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


def begin(request: web.Request, now: float, deadline: float) -> RequestRecord:
    """The record of ``request``, which came at ``now`` and has ``deadline`` seconds, with what its head says."""
    return RequestRecord(
        new_request_id(),
        request.method,
        now,
        now + deadline,
        project_id=request.match_info.get("project_id", ""),
        enterprise_project_id=_enterprise_project_id(request),
    )


def _enterprise_project_id(request: web.Request) -> str | None:
    """A tag for billing. One that cannot be an id is dropped, as the old API did: never a reason to refuse."""
    value = request.headers.get(contract.ENTERPRISE_PROJECT_ID, "")
    return value if _ENTERPRISE_PROJECT_ID.fullmatch(value) else None


def finished(record: RequestRecord, now: float) -> RequestFinished:
    """The event for metrics and journal."""
    asked = record.parameters
    read = record.recognition.document if record.recognition else IdDocument()
    country = read.country_region or ""
    return RequestFinished(
        route=record.route,
        upstream=record.upstream,
        outcome=record.outcome,
        status=record.status,
        seconds=now - record.started,
        upstream_seconds=sum(attempt.seconds for attempt in record.attempts),
        method=record.method,
        request_id=record.request_id,
        caller=record.caller,
        project_id=record.project_id,
        enterprise_project_id=record.enterprise_project_id,
        error_code=record.error_code,
        input=asked.input if asked else "",
        asked_countries=tuple(sorted(asked.countries)) if asked else (),
        asked_types=tuple(sorted(asked.types)) if asked else (),
        # an upstream may put anything where a country belongs
        answered_country=country if _ALPHA_3.fullmatch(country) else None,
        answered_type=read.id_type,
        attempts=record.attempts,
        cache=record.query.trail.cache if record.query else "",
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
            {
                "upstream": attempt.upstream,
                "outcome": attempt.outcome,
                "ms": round(attempt.seconds * 1000, 1),
                "cost": attempt.cost,
                "fitted": attempt.fitted,
            }
            for attempt in record.attempts
        ],
        "cache": record.query.trail.cache if record.query else "",
        "shortfall": list(record.recognition.shortfall) if record.recognition else [],
        "bytes_in": record.bytes_in,
        "input": asked.input if asked else "",
        "country_region": sorted(asked.countries) if asked else [],
        "id_type": sorted(asked.types) if asked else [],
    }
    logger.info("%s %s", event.status, event.outcome, extra={"fields": fields})
