"""How aiohttp is to serve the caller side: its limits, its log, and an answer even to what cannot be read as HTTP."""

from __future__ import annotations

import logging
from typing import Any, Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestHandler

from gateway.wire import contract
from gateway.wire.faults import INTERNAL, UNREADABLE
from gateway.wire.record import new_request_id


class _WithoutDetails(logging.Filter):
    """aiohttp logs an unreadable request as its own error and with its bytes, a token perhaps among them. Only its kind
    is kept, and as a caller's mistake.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.msg}: {record.exc_info[0].__name__}"
            if issubclass(record.exc_info[0], HttpProcessingError):
                record.levelno, record.levelname = logging.INFO, "INFO"
            record.exc_info = None
        return True


_http_logger = logging.getLogger("gateway.http")
_http_logger.addFilter(_WithoutDetails())

_OPTIONS: Final[dict[str, Any]] = {
    "access_log": None,  # one line per request is written by the boundary
    "auto_decompress": False,  # compressed bodies are refused, so none is ever unpacked
    "handler_cancellation": True,  # a caller that has gone away costs nothing more
    "logger": _http_logger,
    "max_field_size": contract.MAX_HEADER,
}


class CallerRunner(web.AppRunner):
    """The runner for a :func:`gateway.wire.application.caller_application`. ``drain``: seconds that requests under way
    are given to finish when it is cleaned up.
    """

    def __init__(self, app: web.Application, *, drain: float = 0.0) -> None:
        super().__init__(app, shutdown_timeout=drain, **_OPTIONS)

    def allow(self, drain: float) -> None:
        """Give requests this many seconds instead."""
        self._shutdown_timeout = drain

    async def _make_server(self) -> web.Server:
        # aiohttp makes the protocol's class no parameter; a test over a socket guards this.
        server = await super()._make_server()
        server.__class__ = _Server
        return server


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Connection(RequestHandler):
    """One caller's connection. What fails before a handler is reached gets a fault, never a page of the library's."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        super().handle_error(request, status, exc, message)  # logs, and refuses to answer a second time
        request_id = new_request_id()
        fault = INTERNAL if status >= 500 else UNREADABLE
        headers = {contract.REQUEST_ID: request_id}
        response = web.Response(
            status=fault.status, body=fault.body(request_id), content_type="application/json", headers=headers
        )
        response.force_close()
        return response
