"""The IAM facade's paths: the login from the types that read it, the answers from answers that were made up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from gateway import errors
from gateway.wire import contract, refusals
from gateway.wire.faults import RequestEntityTooLarge
from gateway.wire.iam import answers
from gateway.wire.iam.login import Login
from gateway.wire.iam.refusals import BadLogin, NoSuchScope, NoSuchToken, NotLoggedIn, TooManyLogins, WrongPassword
from gateway.wire.openapi.faults import header, responses
from gateway.wire.token import Grant

_ANYWHERE: Final = (
    errors.GatewayError,
    errors.MalformedRequest,
    RequestEntityTooLarge,
    errors.DeadlineExceeded,
    errors.Overloaded,
)
_LOGIN: Final = (BadLogin, WrongPassword, NoSuchScope, TooManyLogins)
_LOGGED_IN: Final = (NotLoggedIn, errors.Unauthenticated, refusals.NotAuthorized, refusals.IamUnavailable)

_PROJECT: Final = "0123456789abcdef0123456789abcdef"


def paths() -> dict[str, Any]:
    projects = answers.projects("billing", [(_PROJECT, "ap-southeast-1")])
    return {
        "/v3/auth/tokens": {"post": _create_token(), "get": _validate_token(), "head": _validate_token(body=False)},
        "/v3/projects": {
            "get": _get("KeystoneListProjects", "Projects of the caller", _shape(projects), parameters=[_NAME])
        },
        "/v3/regions": {"get": _get("KeystoneListRegions", "Regions of the old API", _shape(answers.regions()))},
        "/v3/auth/domains": {
            "get": _get("KeystoneListAuthDomains", "The caller's account", _shape(answers.domains("billing")))
        },
    }


def shared_responses() -> dict[str, Any]:
    """What every path but the login answers to a caller that it does not serve."""
    return {f"Iam{status}": response for status, response in responses((*_ANYWHERE, *_LOGGED_IN)).items()}


def schemas() -> dict[str, Any]:
    """What :class:`Login` and the types in it admit, and what only :func:`read_login` demands."""
    _, login = msgspec.json.schema_components((Login,), ref_template="#/components/schemas/Iam{name}")
    login["LoginIdentity"]["properties"]["methods"] = {"const": ["password"]}
    login["Project"]["anyOf"] = [
        {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}} for name in ("id", "name")
    ]
    grants = [
        Grant("billing", project, name, 0.0, 0.0, b"") for project, name in ((_PROJECT, "ap-southeast-1"), ("", ""))
    ]
    token = {"oneOf": [_shape(answers.token(grant)) for grant in grants]}
    return {f"Iam{name}": schema for name, schema in login.items()} | {"IamToken": token}


_NAME: Final = {
    "name": "name",
    "in": "query",
    "description": "The project's name, which is a region's. An account's only project goes by every name.",
    "schema": {"type": "string"},
}
_SUBJECT: Final = {
    "name": contract.SUBJECT_HEADER,
    "in": "header",
    "required": True,
    "description": "A token of the caller's own that was issued here.",
    "schema": {"type": "string"},
}


def _create_token() -> dict[str, Any]:
    return {
        "operationId": "KeystoneCreateUserTokenByPassword",
        "tags": ["IAM"],
        "summary": "A token for a password",
        "description": "The user's name is the account's. `?nocatalog=true` changes nothing, as the catalog is empty.",
        "security": [],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/IamLogin"}}},
        },
        "responses": {"201": _token("The token is in the header")} | responses((*_ANYWHERE, *_LOGIN)),
    }


def _validate_token(*, body: bool = True) -> dict[str, Any]:
    operation = _get(
        "KeystoneValidateToken" if body else "KeystoneValidateTokenHead",
        "What a token says",
        {"$ref": "#/components/schemas/IamToken"},
        parameters=[_SUBJECT],
        failures=(NoSuchToken,),
        body=body,
    )
    operation["responses"]["200"] = _token("The token is good", body=body)
    return operation


def _token(description: str, *, body: bool = True) -> dict[str, Any]:
    subject = {contract.SUBJECT_HEADER: {"required": True, "schema": {"type": "string", "minLength": 1}}}
    return _answer(description, {"$ref": "#/components/schemas/IamToken"}, headers=subject, body=body)


def _get(
    name: str,
    summary: str,
    schema: dict[str, Any],
    *,
    parameters: Iterable[dict[str, Any]] = (),
    failures: Iterable[type[errors.GatewayError]] = (),
    body: bool = True,
) -> dict[str, Any]:
    if body:
        refused = {name.removeprefix("Iam"): {"$ref": f"#/components/responses/{name}"} for name in shared_responses()}
        refused |= responses(failures)
    else:
        refused = responses((*_ANYWHERE, *_LOGGED_IN, *failures), body=False)
    return {
        "operationId": name,
        "tags": ["IAM"],
        "summary": summary,
        "security": [{"token": []}, {"signature": []}],
        "parameters": list(parameters),
        "responses": {"200": _answer(summary, schema, body=body)} | refused,
    }


def _answer(
    description: str, schema: dict[str, Any], *, headers: dict[str, Any] | None = None, body: bool = True
) -> dict[str, Any]:
    answer = {"description": description, "headers": header(contract.REQUEST_ID) | (headers or {})}
    return answer | ({"content": {"application/json": {"schema": schema}}} if body else {})


def _shape(value: Any) -> dict[str, Any]:
    """A schema for everything that is built like ``value``."""
    if isinstance(value, dict):
        properties = {name: _shape(content) for name, content in value.items()}
        return {"type": "object", "required": list(value), "properties": properties, "additionalProperties": False}
    if isinstance(value, list):
        return {"type": "array", "items": _shape(value[0])} if value else {"type": "array", "maxItems": 0}
    kinds = {str: "string", bool: "boolean", int: "integer", type(None): "null"}
    return {"type": kinds[type(value)]}
