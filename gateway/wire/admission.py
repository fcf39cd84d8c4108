"""Letting a request in: the caller is known, there is memory for the body, the body has arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from gateway.wire import contract
from gateway.wire.account import Identity
from gateway.wire.body import IncomingBody, Lease
from gateway.wire.head import Head
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
    """For as long as it takes to answer. Callers are judged first: unless it is signed, nobody unknown gets a body read."""
    serving, record = request.app[SERVING], request[RECORD]
    project_id = request.match_info["project_id"]
    serving.under_way += 1
    try:
        with serving.memory.lease() as lease:
            incoming = IncomingBody(request, lease)
            head = Head.of(request)
            identity = await serving.callers.authenticate(head, incoming.read)
            record.caller = identity.name
            identity.enter(project_id, head.text(contract.PROJECT_HEADER))
            body = await incoming.read()
            record.bytes_in = len(body)
            yield Admission(record.caller, project_id, body, lease)
    finally:
        serving.under_way -= 1


@asynccontextmanager
async def identified(request: web.Request) -> AsyncIterator[Identity]:
    """The same for the IAM facade, whose callers are not yet in a project and whose bodies are small."""
    serving, record = request.app[SERVING], request[RECORD]
    with serving.memory.lease() as lease:
        incoming = IncomingBody(request, lease, contract.MAX_IAM_REQUEST)
        identity = await serving.callers.authenticate(Head.of(request), incoming.read)
        record.caller = identity.name
        yield identity
