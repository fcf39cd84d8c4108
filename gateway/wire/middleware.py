"""Around every request: an id, a deadline, the fault boundary, one log line, one event."""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

from gateway.errors import DeadlineExceeded, GatewayError, InvalidParameter, UnknownApi, Unrecorded
from gateway.events import Recorder
from gateway.wire import contract
from gateway.wire.faults import INTERNAL, Fault, fault_of
from gateway.wire.record import RECORD, RequestRecord, begin, finished, log
from gateway.wire.reply_headers import reply_headers
from gateway.wire.serving import PARTS, SERVING

logger = logging.getLogger(__name__)

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CALLER_GONE = 499
"""Never sent, as nobody is there to get it: the status under which proxies log a caller that went away."""


@web.middleware
async def boundary(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost middleware. What the request takes here is all that it is answered with."""
    with request.app[SERVING].tenure.taken() as parts:
        request[PARTS] = parts
        clock, recorder = asyncio.get_running_loop().time, parts.recorder
        request[RECORD] = record = begin(request, clock(), parts.settings.deadline)
        try:
            if recorder is None:
                response = await _answer(request, handler, record)
            else:
                response = await _answer_on_record(request, handler, record, recorder)
            record.status = response.status
        except asyncio.CancelledError:
            record.outcome = "caller_gone" if request.transport is None else "cancelled"
            record.status = _CALLER_GONE
            if recorder is not None and not record.on_record:
                recorder.record(finished(record, clock()))
            raise
        finally:
            event = finished(record, clock())
            parts.observer(event)
            log(record, event)
        response.headers.update(reply_headers(record, strict=parts.settings.strict))
        return response


async def _answer_on_record(
    request: web.Request, handler: Handler, record: RequestRecord, recorder: Recorder
) -> web.StreamResponse:
    """As :func:`_answer`, but a fault where the account of it could not be kept. While none can be, nobody is asked."""
    if recorder.working:
        response = await _answer(request, handler, record)
    else:
        response = _failed(record, Unrecorded("the journal cannot be written"))
    record.status, record.on_record = response.status, True
    if await recorder.record(finished(record, asyncio.get_running_loop().time())):
        return response
    record.recognition = None
    return _failed(record, Unrecorded("the journal could not be written"))


async def _answer(request: web.Request, handler: Handler, record: RequestRecord) -> web.StreamResponse:
    """The handler's answer, or the fault that stands for its failure."""
    try:
        record.deadline = min(record.deadline, record.started + _patience(request))
        return await _in_time(request, handler, record.deadline)
    except GatewayError as error:
        return _failed(record, error)
    except Exception as error:  # whatever it is, the caller gets an answer
        record.outcome, record.reason = "internal_error", type(error).__name__
        logger.exception("unforeseen failure", extra={"fields": {"request_id": record.request_id}})
        return _fault_response(INTERNAL, record)


def _failed(record: RequestRecord, error: GatewayError) -> web.Response:
    record.outcome, record.reason = error.outcome, str(error)
    return _fault_response(fault_of(error), record, error.retry_after)


def _patience(request: web.Request) -> float:
    """Seconds that the caller is willing to wait; without end where it does not say."""
    given = request.headers.get(contract.DEADLINE)
    if given is None:
        return math.inf
    if not re.fullmatch(contract.SECONDS, given):
        raise InvalidParameter(f"{contract.DEADLINE} is not a number of seconds above 0")
    return float(given)


async def _in_time(request: web.Request, handler: Handler, deadline: float) -> web.StreamResponse:
    try:
        async with asyncio.timeout_at(deadline) as limit:
            return await handler(request)
    except web.HTTPException:  # aiohttp's own, where its router does not know the path (a request for "*")
        raise UnknownApi(request.method) from None
    except TimeoutError:
        if not limit.expired():
            raise
        raise DeadlineExceeded("the request took all of its time") from None


def _fault_response(fault: Fault, record: RequestRecord, retry_after: float | None = None) -> web.Response:
    record.error_code = fault.code
    response = web.Response(status=fault.status, body=fault.body(record.request_id), content_type="application/json")
    if retry_after is not None:
        response.headers["Retry-After"] = str(max(1, math.ceil(retry_after)))
    return response
