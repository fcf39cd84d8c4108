import json

import msgspec
import pytest

from gateway.adapters.huawei_service import HuaweiService
from tests.fakes import IMAGE_BASE64, make_query

SERVICE = HuaweiService(endpoint="https://ocr.example.com", project_id="p1")


def test_a_request_is_a_post_to_the_project_with_the_picture_first():
    request = SERVICE.request("passport", make_query(), {"country_code": "GENERAL"})
    assert (request.method, request.url) == ("POST", "https://ocr.example.com/v2/p1/ocr/passport")
    assert request.headers == {"content-type": "application/json", "x-project-id": "p1"}
    assert list(json.loads(b"".join(request.body)).items()) == [
        ("image", IMAGE_BASE64.decode()),
        ("country_code", "GENERAL"),
    ]


@pytest.mark.parametrize(
    ("caller", "option", "sent"),
    [(None, None, None), ("0", "b4d1-2", "0"), ("", "b4d1-2", "b4d1-2"), ("no: such\r\nthing", None, None)],
)
def test_the_billing_tag_is_the_callers_else_the_option(caller: str | None, option: str | None, sent: str | None):
    service = HuaweiService(endpoint="https://ocr.example.com", project_id="p1", enterprise_project_id=option)
    request = service.request("passport", make_query(enterprise_project_id=caller), {})
    assert request.headers.get("enterprise-project-id") == sent


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "ocr.example.com", "project_id": "p"},
        {"endpoint": "https://ocr.example.com", "project_id": ""},
        {"endpoint": "https://ocr.example.com"},
        {"endpoint": "https://ocr.example.com", "project_id": "p", "x": 1},
    ],
)
def test_bad_options_are_refused_when_they_are_read(options: dict[str, object]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, type=HuaweiService)
