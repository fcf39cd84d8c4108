"""Failures as OpenAPI responses: for every HTTP status the very bodies that may come with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

import msgspec

from gateway.errors import GatewayError
from gateway.wire import contract
from gateway.wire.faults import FAULTS, Fault

REQUEST_ID_FORM: Final = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d{13}-\S+$"

_SOME_REQUEST_ID: Final = "6c1d7b0e-3f0f-4a52-9d8c-2f6f7f0f5a11-1767225600000-gateway"
_MAY_SAY_WHEN: Final = {429, 503}


def headers() -> dict[str, Any]:
    """What answers carry beside their body, as components."""
    return {
        contract.REQUEST_ID: {
            "required": True,
            "description": "`<uuid>-<milliseconds>-<hostname>`, also in the gateway's log.",
            "schema": {"type": "string", "pattern": REQUEST_ID_FORM},
        },
        "Retry-After": {
            "description": "Whole seconds, where they are known.",
            "schema": {"type": "integer", "minimum": 1},
        },
    }


def header(name: str) -> dict[str, Any]:
    """One of :func:`headers`, by reference."""
    return {name: {"$ref": f"#/components/headers/{name}"}}


def responses(failures: Iterable[type[GatewayError]], *, body: bool = True) -> dict[str, Any]:
    """The answers to ``failures`` by status; without a ``body`` they are those to HEAD."""
    by_status: dict[int, dict[Fault, list[str]]] = defaultdict(lambda: defaultdict(list))
    for failure in failures:
        by_status[FAULTS[failure].status][FAULTS[failure]].append(_words(failure))
    return {str(status): _response(status, by_status[status], body=body) for status in sorted(by_status)}


def _words(failure: type[GatewayError]) -> str:
    """``UnsupportedImageFormat`` -> ``unsupported image format``."""
    return " ".join(re.findall("[A-Z][a-z]+", failure.__name__)).lower()


def _response(status: int, faults: dict[Fault, list[str]], *, body: bool) -> dict[str, Any]:
    codes = ", ".join(dict.fromkeys(f"`{fault.code}`" for fault in faults if fault.code))
    phrase = HTTPStatus(status).phrase
    response: dict[str, Any] = {
        "description": f"{phrase}: {codes}" if codes else phrase,
        "headers": header(contract.REQUEST_ID) | (header("Retry-After") if status in _MAY_SAY_WHEN else {}),
    }
    if body:
        schemas = [_exactly(_sent(fault)) for fault in faults]
        response["content"] = {
            "application/json": {
                "schema": schemas[0] if len(schemas) == 1 else {"oneOf": schemas},
                "examples": {
                    f"{fault.code} {fault.message.rstrip(': .')}".strip(): {
                        "summary": ", ".join(reasons),
                        "value": _sent(fault),
                    }
                    for fault, reasons in faults.items()
                },
            }
        }
    return response


def _sent(fault: Fault) -> dict[str, Any]:
    """The body of ``fault``, with a request id that was made up."""
    body: dict[str, Any] = msgspec.json.decode(fault.body(_SOME_REQUEST_ID))
    return body


def _exactly(value: Any) -> dict[str, Any]:
    """A schema for ``value`` alone, but for request ids and for details, which follow a colon."""
    if isinstance(value, dict):
        properties = {name: _exactly(content) for name, content in value.items()}
        return {"type": "object", "required": list(value), "properties": properties, "additionalProperties": False}
    if value == _SOME_REQUEST_ID:
        return {"type": "string", "pattern": REQUEST_ID_FORM}
    if isinstance(value, str) and value.endswith(": "):
        return {"type": "string", "pattern": f"^{value}."}
    return {"const": value}
