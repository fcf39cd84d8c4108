"""The document of the caller side against the cases on disk, the real answers of the IAM facade, and its copy in docs/."""

from __future__ import annotations

import json
import re

import aiohttp
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from gateway.wire.openapi import document, text
from tests.wire import case
from tests.wire.gateway import PROJECT, running
from tests.wire.programs import ROOT

DOCUMENT = json.loads(text())
RECOGNIZE = "/v2/{project_id}/ocr/id-document"


def conforms(schema: dict[str, object], value: object) -> bool:
    """References in ``schema`` point into the document."""
    return Draft202012Validator(schema | {"components": DOCUMENT["components"]}).is_valid(value)


def response_for(path: str, method: str, status: int) -> dict[str, object]:
    response = DOCUMENT["paths"][path][method]["responses"][str(status)]
    reference = response.get("$ref")
    return DOCUMENT["components"]["responses"][reference.rpartition("/")[2]] if reference else response


def schema_for(path: str, method: str, status: int) -> dict[str, object]:
    return response_for(path, method, status)["content"]["application/json"]["schema"]


def described(raw: bytes) -> tuple[str, str] | None:
    """Path and method of a request, as the document calls them, if it does."""
    method, target = raw.split(b" ", 2)[:2]
    path = re.sub(r"^/v2/[0-9A-Za-z_-]{1,64}/", "/v2/{project_id}/", target.decode().partition("?")[0])
    return (path, method.decode().lower()) if method.decode().lower() in DOCUMENT["paths"].get(path, {}) else None


CASES = [name for name in case.names() if described(case.read_request(name).raw)]


def test_the_copy_in_docs_is_up_to_date():
    assert (ROOT / "docs" / "openapi.json").read_text() == text(), "run: make openapi"


def test_it_is_openapi_3_1():
    validate(document())
    assert document()["openapi"].startswith("3.1.")


def test_most_cases_are_described():
    assert len(CASES) > 80


@pytest.mark.parametrize("name", CASES)
def test_the_answer_of_a_case(name):
    path, method = described(case.read_request(name).raw)
    expected = case.read_response(name)
    request_id = "6c1d7b0e-3f0f-4a52-9d8c-2f6f7f0f5a11-1767225600000-gateway"
    body = json.loads(expected.body.replace("{{request id}}", request_id))
    assert conforms(schema_for(path, method, expected.status), body)


def judged(name: str) -> bool:
    """Whether a case tells if its parameters are valid: it was answered, or refused for nothing else."""
    request, expected = case.read_request(name), case.read_response(name)
    if request.settings.get("any_country") or described(request.raw) != (RECOGNIZE, "post"):
        return False
    return expected.status == 200 or "AIS.0101" in expected.body


@pytest.mark.parametrize("name", [name for name in CASES if judged(name)])
def test_the_parameters_of_a_case(name):
    body = case.read_request(name).raw.partition(b"\r\n\r\n")[2]
    if b"chunked" in case.read_request(name).raw:
        body = b"".join(re.split(rb"\r\n[0-9a-f]+\r\n|^[0-9a-f]+\r\n", body))
    valid = conforms({"$ref": "#/components/schemas/IdDocumentRequestBody"}, json.loads(body))
    assert valid == (case.read_response(name).status == 200)


async def test_the_answers_of_the_iam_facade():
    user = {"name": "billing", "password": "password-of-billing", "domain": {"name": "IAMDomain"}}
    login = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}}
    async with running() as gateway, aiohttp.ClientSession(gateway.url) as session:
        for scope in ({"project": {"id": PROJECT}}, {"project": {"name": "ap-southeast-1"}}, {"domain": {"name": "x"}}):
            login["auth"]["scope"] = scope
            assert conforms({"$ref": "#/components/schemas/IamLogin"}, login)
            async with session.post("/v3/auth/tokens", json=login) as response:
                assert response.status == 201
                assert conforms(schema_for("/v3/auth/tokens", "post", 201), await response.json())
                token = response.headers["X-Subject-Token"]
            headers = {"X-Auth-Token": token, "X-Subject-Token": token}
            async with session.get("/v3/auth/tokens", headers=headers) as response:
                assert response.status == 200
                assert conforms(schema_for("/v3/auth/tokens", "get", 200), await response.json())
        for path in ("/v3/projects", "/v3/regions", "/v3/auth/domains"):
            async with session.get(path, headers=headers) as response:
                assert response.status == 200
                assert conforms(schema_for(path, "get", 200), await response.json())


def test_every_status_has_the_request_id():
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            for status in operation["responses"]:
                assert "X-Request-Id" in response_for(path, method, int(status))["headers"]
