"""Letting a request in: the caller is known and within its limits, there is memory for the body, the body has arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from gateway.state.allowance import request_allowance
from gateway.wire import contract
from gateway.wire.account import Identity
from gateway.wire.body import IncomingBody, Lease
from gateway.wire.choice import Choice, choice
from gateway.wire.head import Head
from gateway.wire.record import RECORD
from gateway.wire.serving import PARTS, SERVING


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that may be answered. ``lease`` is the memory that it holds."""

    caller: str
    project_id: str
    choice: Choice
    body: bytearray = field(repr=False)
    lease: Lease


@asynccontextmanager
async def admitted(request: web.Request) -> AsyncIterator[Admission]:
    """For as long as it takes to answer. Callers are judged first: unless the request is signed, nobody unknown, and
    nobody who asks for more than it may, gets a body read.
    """
    serving, parts, record = request.app[SERVING], request[PARTS], request[RECORD]
    project_id = request.match_info["project_id"]
    serving.under_way += 1
    try:
        with serving.memory.lease() as lease, request_allowance():
            incoming = IncomingBody(request, lease)
            head = Head.of(request)
            identity = await parts.callers.authenticate(head, incoming.read)
            record.caller = identity.name
            identity.enter(project_id, head.text(contract.PROJECT_HEADER))
            chosen = choice(request.headers, permitted=identity.account is not None and identity.account.may_choose)
            async with parts.limits.within(record.caller):
                body = await incoming.read()
                record.bytes_in = len(body)
                yield Admission(record.caller, project_id, chosen, body, lease)
    finally:
        serving.under_way -= 1


@asynccontextmanager
async def identified(request: web.Request) -> AsyncIterator[Identity]:
    """The same for the IAM facade, whose callers are not yet in a project and whose bodies are small."""
    serving, parts, record = request.app[SERVING], request[PARTS], request[RECORD]
    with serving.memory.lease() as lease:
        incoming = IncomingBody(request, lease, contract.MAX_IAM_REQUEST)
        identity = await parts.callers.authenticate(Head.of(request), incoming.read)
        record.caller = identity.name
        yield identity
