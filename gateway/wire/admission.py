"""Letting a request in: the caller is known, there is memory for the body, the body has arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from gateway.wire.body import Lease, read_body
from gateway.wire.record import RECORD
from gateway.wire.serving import SERVING


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that may be answered. ``lease`` is the memory that it holds."""

    caller: str
    project_id: str
    body: bytearray = field(repr=False)
    lease: Lease


@asynccontextmanager
async def admitted(request: web.Request) -> AsyncIterator[Admission]:
    """For as long as it takes to answer. Callers are judged first: nobody unknown gets a body read."""
    serving, record = request.app[SERVING], request[RECORD]
    project_id = request.match_info["project_id"]
    serving.under_way += 1
    try:
        record.caller = serving.callers.authenticate(request.headers, project_id)
        with serving.memory.lease() as lease:
            body = await read_body(request, lease)
            record.bytes_in = len(body)
            yield Admission(record.caller, project_id, body, lease)
    finally:
        serving.under_way -= 1
