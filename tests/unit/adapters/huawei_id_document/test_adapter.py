import json
from typing import Any

import msgspec
import pytest

from gateway.adapters.huawei_id_document import HuaweiIdDocument
from gateway.exchange import VendorRequest
from gateway.model import DocumentType, ImageFormat
from tests.fakes import IMAGE_BASE64, make_image, make_query

OPTIONS = {"endpoint": "https://ocr.example.com", "project_id": "p1"}


def asked(query_changes: dict[str, Any] | None = None, **options: str) -> VendorRequest:
    adapter = HuaweiIdDocument(**(OPTIONS | options))
    return next(adapter.exchange(make_query(**(query_changes or {}))))


def body(request: VendorRequest) -> dict[str, Any]:
    return json.loads(b"".join(request.body))


def test_the_callers_base64_is_passed_on_as_the_very_same_buffer():
    received = memoryview(b'{"image":"' + IMAGE_BASE64 + b'"}')[10:-2]
    request = asked({"image": make_image(base64=received)})
    assert request.body == (b'{"image":"', received, b'"}')
    assert request.body[1] is received


def test_a_downloaded_picture_is_encoded():
    request = asked({"image": make_image(base64=None, content=b"\xff\xd8\xff")})
    assert body(request) == {"image": "/9j/"}


def test_without_filter_nothing_but_the_image_is_sent():
    request = asked()
    assert request.method == "POST"
    assert request.url == "https://ocr.example.com/v2/p1/ocr/id-document"
    assert request.headers == {"content-type": "application/json", "x-project-id": "p1"}
    assert body(request) == {"image": IMAGE_BASE64.decode()}


def test_filters_and_portrait_are_passed_on_in_a_stable_order():
    changes = {
        "countries": frozenset({"VNM", "ALB"}),
        "types": frozenset({DocumentType.PASSPORT, DocumentType.IDENTITY_CARD}),
        "portrait": True,
    }
    assert b"".join(asked(changes).body) == (
        b'{"image":"' + IMAGE_BASE64 + b'","country_region":["ALB","VNM"],"id_type":["ID","PP"],'
        b'"return_portrait_image":true}'
    )


def test_a_country_that_the_original_does_not_know_is_left_out_of_the_filter():
    assert body(asked({"countries": frozenset({"USA", "THA"})}))["country_region"] == ["THA"]


@pytest.mark.parametrize(
    ("caller", "option", "sent"),
    [
        (None, None, None),
        ("0", None, "0"),
        ("0", "b4d1-2", "0"),
        (None, "b4d1-2", "b4d1-2"),
        ("", "b4d1-2", "b4d1-2"),
        ("no: such\r\nthing", None, None),
        ("ü", None, None),
    ],
)
def test_enterprise_project_id(caller: str | None, option: str | None, sent: str | None):
    options = {} if option is None else {"enterprise_project_id": option}
    request = asked({"enterprise_project_id": caller}, **options)
    assert request.headers.get("enterprise-project-id") == sent


def test_a_path_prefix_stays_and_a_project_id_cannot_leave_its_segment():
    request = asked(endpoint="http://127.0.0.1:81/huawei/", project_id="a/b")
    assert request.url == "http://127.0.0.1:81/huawei/v2/a%2Fb/ocr/id-document"


def test_accepts_what_the_api_page_says():
    limits = HuaweiIdDocument(**OPTIONS).accepts
    assert limits.formats == set(ImageFormat)
    assert (limits.min_side, limits.max_side) == (100, 8192)
    assert limits.max_bytes * 4 // 3 == 10 * 1024 * 1024


def test_supports_what_table_1_holds():
    adapter = HuaweiIdDocument(**OPTIONS)
    assert adapter.supports(make_query())
    assert adapter.supports(make_query(countries=frozenset({"THA"}), types=frozenset({DocumentType.PASSPORT})))
    assert not adapter.supports(
        make_query(countries=frozenset({"THA"}), types=frozenset({DocumentType.DRIVING_LICENCE}))
    )


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"endpoint": "ocr.example.com", "project_id": "p"}, "http"),
        ({"endpoint": "https://ocr.example.com", "project_id": ""}, "project_id is empty"),
        ({"endpoint": "https://ocr.example.com"}, "project_id"),
        ({"endpoint": "https://ocr.example.com", "project_id": "p", "region": "x"}, "region"),
    ],
)
def test_bad_options_are_refused_when_they_are_read(options: dict[str, str], complaint: str):
    with pytest.raises(msgspec.ValidationError, match=complaint):
        msgspec.convert(options, type=HuaweiIdDocument)
