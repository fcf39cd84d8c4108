"""The OpenAPI document as a whole."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from gateway import __version__
from gateway.config.schema import ServerConfig
from gateway.wire import contract
from gateway.wire.faults import FAULTS
from gateway.wire.iam.refusals import IamRefusal
from gateway.wire.openapi import iam
from gateway.wire.openapi.faults import header, headers, responses
from gateway.wire.openapi.schemas import schemas

_DESCRIPTION = """\
The ID Document API of Huawei Cloud OCR as this gateway answers it. A path or method that is not listed here is answered
with 404 `APIG.0101`; a base URL that ends in a slash (`//v2/…`) is as good as one that does not. `Content-Type` is not
looked at: the body is JSON in UTF-8 or a fault.
"""

_SIGNATURE = """\
`SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`, as Huawei's SDKs make it from an access key and a secret key. \
`X-Sdk-Date` has to be sent and signed.
"""


def document() -> dict[str, Any]:
    """OpenAPI 3.1, as plain data."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ID Document",
            "version": __version__,
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [
            {
                "url": "http://{address}",
                "description": "The caller side, `server.listen`",
                "variables": {"address": {"default": f"127.0.0.1:{ServerConfig().listen.port}"}},
            }
        ],
        "tags": [
            {"name": "OCR", "description": "The discontinued API."},
            {"name": "IAM", "description": "What callers ask Huawei's IAM before their first call."},
        ],
        "paths": {re.sub(r"\{project_id:.*?\}\}", "{project_id}", contract.PATH): {"post": _recognize()}} | iam.paths(),
        "components": {
            "schemas": schemas() | iam.schemas(),
            "responses": iam.shared_responses(),
            "headers": headers(),
            "securitySchemes": {
                "token": {"type": "apiKey", "in": "header", "name": contract.AUTH_HEADER},
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": _SIGNATURE,
                },
            },
        },
    }


def text() -> str:
    """The document as it is served, one key to a line so that changes can be read."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n"


def _recognize() -> dict[str, Any]:
    failures = [failure for failure in FAULTS if not issubclass(failure, IamRefusal)]
    return {
        "operationId": "RecognizeIdDocument",
        "tags": ["OCR"],
        "summary": "Read one side of one identity document",
        "security": [{"token": []}, {"signature": []}],
        "parameters": [_project_id(), _enterprise_project_id(), _deadline()],
        "requestBody": {
            "required": True,
            "description": f"At most {contract.MAX_REQUEST} bytes, not compressed.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/IdDocumentRequestBody"}}},
        },
        "responses": {"200": _document()} | responses(failures),
    }


def _project_id() -> dict[str, Any]:
    form = re.search(r"\{project_id:(.*?\})\}", contract.PATH)
    assert form is not None
    return {
        "name": "project_id",
        "in": "path",
        "required": True,
        "description": "One of the account's own.",
        "schema": {"type": "string", "pattern": f"^{form[1]}$"},
    }


def _deadline() -> dict[str, Any]:
    return {
        "name": contract.DEADLINE,
        "in": "header",
        "description": "Seconds after which the answer is not needed any more; only ever shortens `server.deadline`.",
        "schema": {"type": "string", "pattern": f"^{contract.SECONDS}$"},
    }


def _enterprise_project_id() -> dict[str, Any]:
    return {
        "name": contract.ENTERPRISE_PROJECT_ID,
        "in": "header",
        "description": "A tag for billing, never a reason to refuse.",
        "schema": {"type": "string"},
    }


def _document() -> dict[str, Any]:
    optional = {
        "X-Gateway-Upstream": ("Who read the document.", {"type": "string"}),
        "X-Gateway-Route": ("The route that was taken.", {"type": "string"}),
        "X-Gateway-Attempts": ("How many upstreams were asked, each try counted.", {"type": "integer", "minimum": 0}),
        "X-Gateway-Trail": ("The attempts in order: upstream, outcome, milliseconds, price.", {"type": "string"}),
        "X-Gateway-Cache": (
            "Whether the answer was kept from an equal request (hit), is shared with one under way (coalesced), or is new.",
            {"enum": ["hit", "miss", "coalesced"]},
        ),
        "X-Gateway-Shortfall": ("What the route asks for and no upstream gave.", {"type": "string"}),
        "X-Gateway-Provenance": (
            "Where several upstreams answered: for each field those that agree on it, first the one it is taken from.",
            {"type": "string"},
        ),
        "X-Gateway-Cost": ("The price of all attempts together.", {"type": "number", "minimum": 0}),
    }
    extended = {
        name: {"description": f"{description} Not sent with `server.parity: strict`.", "schema": schema}
        for name, (description, schema) in optional.items()
    }
    return {
        "description": "What was read",
        "headers": header(contract.REQUEST_ID) | extended,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/IdDocumentResponse"}}},
    }
