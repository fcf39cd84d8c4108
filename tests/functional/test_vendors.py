"""Every recorded case of every vendor through the whole gateway: a caller, HTTP, routing, the driver, the credentials, and
a vendor on a port of its own that verifies the signature and compares the request with the recorded one.
"""

from __future__ import annotations

import json

import pytest

from gateway import errors
from gateway.wire.faults import fault_of
from tests.adapters.cases import SAMPLE_BASE64, Case, every_case
from tests.inprocess import running
from tests.vendors.fake import fake_vendor
from tests.vendors.verifiers import yaml_for

CASES = [case for case in every_case() if "image" not in case.asked]
"""Those that are about a picture's own properties are for the adapter alone."""


def configuration(case: Case, url: str) -> str:
    credentials = case.credentials
    upstream = {
        "adapter": case.vendor,
        "options": case.options | {"endpoint": url},
        "price": 0.5,
        "timeout": 3,
        "retry": {"attempts": 1},
        "breaker": {"mode": "disabled"},
    }
    if credentials is not None:
        upstream["credentials"] = yaml_for(credentials, url)
    config = {
        "server": {"countries": "any"},
        "upstreams": {"vendor": upstream},
        "routes": [{"name": "all", "targets": ["vendor"]}],
    }
    return "\n".join(f"{name}: {json.dumps(section)}" for name, section in config.items())


def asked(case: Case) -> tuple[dict[str, object], dict[str, str]]:
    body = {
        "image": SAMPLE_BASE64.decode(),
        "country_region": case.asked.get("countries"),
        "id_type": case.asked.get("types"),
        "return_portrait_image": case.asked.get("portrait"),
    }
    tag = case.asked.get("enterprise_project_id")
    headers = {"Enterprise-Project-Id": tag} if tag else {}
    return {name: value for name, value in body.items() if value is not None}, headers


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_case(case: Case):
    body, headers = asked(case)
    async with (
        fake_vendor(case, case.credentials) as vendor,
        running(configuration(case, vendor.url), **vendor.environ) as gateway,
    ):
        status, answer, got = await gateway.ask(body, **headers)

    assert vendor.problems == []
    assert vendor.requests >= len(case.requests)
    expected = case.answer
    assert expected is not None
    if "error" in expected:
        fault = fault_of(getattr(errors, expected["error"])())
        assert (status, answer["error_code"]) == (fault.status, fault.code)
    else:
        assert (status, answer) == (200, {"result": expected})
        assert got["X-Gateway-Upstream"] == "vendor"
    bought = [number for number, request in enumerate(case.requests, 1) if not request.get("repeatable")]
    billed = any(200 <= case.response(number).status < 300 for number in bought)
    assert (got["X-Gateway-Attempts"], got["X-Gateway-Cost"]) == ("1", "0.5" if billed else "0")
