"""The core of the official Node.js SDK against a running application; docs/migrating.md gives the lines."""

from __future__ import annotations

import base64

import pytest
import trustme

from gateway import errors
from tests.fakes import FakeRecognizer
from tests.pictures import jpeg
from tests.snippets import snippet
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.programs import NODE, ROOT, ask
from tests.wire.tls import tls_in_front

GUIDE = ROOT / "docs" / "migrating.md"
BODY = {"image": base64.b64encode(jpeg(640, 480)).decode(), "country_region": ["ALB"], "id_type": ["PP"]}
KEYS = {"ak": "BILLING-AK", "sk": "billing-sk", "projectId": PROJECT}


@pytest.fixture
async def gateway():
    async with running(FakeRecognizer("fake", SPECIMEN)) as gateway:
        yield gateway


async def call(client, body=BODY, *, environment=None, **values):
    (answer,) = await ask(NODE, {"client": client, "values": values, "calls": [body]}, environment)
    return answer


def assert_answered(answer, gateway, caller="billing", project_id=PROJECT):
    assert "response" in answer, answer
    response = answer["response"]
    assert (response["httpStatusCode"], response["result"]["document_number"]) == (200, "BA0000001")
    (query,) = gateway.recognizer.calls
    assert (query.caller, query.project_id, query.enterprise_project_id) == (caller, project_id, "0")
    assert response["X-Request-Id"] == query.request_id


async def test_endpoint_and_project_id(gateway):
    assert_answered(await call(snippet(GUIDE, "node-endpoint", gateway.url), **KEYS), gateway)


async def test_region_and_the_project_looked_up(gateway):
    answer = await call(snippet(GUIDE, "node-region", gateway.url), ak="BILLING-AK", sk="billing-sk")
    assert_answered(answer, gateway)
    assert len(gateway.events) == 2  # the look-up, a GET with the body {}, and the call


async def test_keys_and_the_address_of_iam_from_the_environment(gateway):
    client = snippet(GUIDE, "node-region", gateway.url)
    kept = [line for line in client.splitlines() if "withCredential" not in line]
    variables = {
        "HUAWEICLOUD_SDK_AK": "BILLING-AK",
        "HUAWEICLOUD_SDK_SK": "billing-sk",
        "HUAWEICLOUD_SDK_IAM_ENDPOINT": gateway.url,
    }
    assert_answered(await call("\n".join(kept), environment=variables), gateway)


async def test_temporary_credentials(gateway):
    client = snippet(GUIDE, "node-endpoint", gateway.url).replace(
        ".withSk(sk)", ".withSk(sk).withSecurityToken(securityToken)"
    )
    keys = {"ak": "CLAIMS-AK", "sk": "claims-sk", "projectId": "2" * 32, "securityToken": "security-token-of-claims"}
    assert_answered(await call(client, **keys), gateway, "claims", "2" * 32)


async def test_temporary_credentials_without_their_security_token(gateway):
    answer = await call(
        snippet(GUIDE, "node-endpoint", gateway.url), ak="CLAIMS-AK", sk="claims-sk", projectId="2" * 32
    )
    assert (answer["exception"]["httpStatusCode"], answer["exception"]["errorCode"]) == (401, "APIG.0301")


async def test_a_slash_at_the_end_of_the_endpoint(gateway):
    assert_answered(await call(snippet(GUIDE, "node-endpoint", f"{gateway.url}/"), **KEYS), gateway)


async def test_a_certificate_of_ones_own_authority(gateway, tmp_path):
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    async with tls_in_front(gateway.port, authority) as url:
        client = snippet(GUIDE, "node-endpoint", url)
        answer = await call(client, environment={"NODE_EXTRA_CA_CERTS": str(file)}, **KEYS)
    assert_answered(answer, gateway)


REFUSED = "Incorrect IAM authentication information: verify aksk signature fail"
UNKNOWN = "The API does not exist or has not been published in the environment."


@pytest.mark.parametrize(
    ("changes", "status", "code", "message"),
    [
        ({"sk": "another-sk"}, 401, "APIG.0301", REFUSED),
        ({"ak": "nobody-s-ak"}, 401, "APIG.0301", REFUSED),
        ({"projectId": "f" * 32}, 404, "APIG.0101", UNKNOWN),
        ({"projectId": None}, 404, "APIG.0101", UNKNOWN),  # the placeholder goes out unfilled
    ],
)
async def test_a_caller_who_is_not_let_in(gateway, changes, status, code, message):
    answer = await call(snippet(GUIDE, "node-endpoint", gateway.url), **(KEYS | changes))
    exception = answer["exception"]
    assert exception.pop("requestId")
    assert exception == {
        "name": "ClientRequestException",
        "httpStatusCode": status,
        "errorCode": code,
        "errorMsg": message,
    }
    assert gateway.recognizer.calls == []


async def test_a_bad_parameter(gateway):
    answer = await call(snippet(GUIDE, "node-endpoint", gateway.url), BODY | {"country_region": ["USA"]}, **KEYS)
    assert (answer["exception"]["httpStatusCode"], answer["exception"]["errorCode"]) == (400, "AIS.0101")


FAILURES = {
    errors.NoDocument: ("ClientRequestException", 400, "AIS.0104"),
    errors.RecognitionFailed: ("ClientRequestException", 400, "AIS.0105"),
    errors.UpstreamThrottled: ("ClientRequestException", 429, "APIG.0308"),
    errors.UpstreamBusy: ("ClientRequestException", 429, "ModelArts.4401"),
    errors.NoRoute: ("ClientRequestException", 403, "ModelArts.4204"),
    errors.UpstreamProtocolError: ("ServerResponseException", 502, "APIG.0201"),
    errors.UpstreamUnavailable: ("ServerResponseException", 503, "ModelArts.4403"),
    errors.DeadlineExceeded: ("ServerResponseException", 504, "ModelArts.4402"),
    ValueError: ("ServerResponseException", 500, "APIG.0601"),
}


async def test_every_class_of_failure_arrives_as_the_sdk_s_exception():
    recognizer = FakeRecognizer("fake", *(error() for error in FAILURES))
    async with running(recognizer) as gateway:
        client = snippet(GUIDE, "node-endpoint", gateway.url)
        bodies = [BODY | {"number": number} for number in range(len(FAILURES))]  # one that differs is no repetition
        answers = await ask(NODE, {"client": client, "values": KEYS, "calls": bodies})
    exceptions = [answer["exception"] for answer in answers]
    assert [(e["name"], e["httpStatusCode"], e["errorCode"]) for e in exceptions] == list(FAILURES.values())
    assert all(exception["errorMsg"] for exception in exceptions)
    assert [exception["requestId"] for exception in exceptions] == [query.request_id for query in recognizer.calls]
