"""What no recorded case can show: regions, the choice of a service, and Huawei's own client as the judge of the wire."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkocr.v1 import (
        ChileIdCardRequestBody,
        HkIdCardRequestBody,
        OcrClient,
        PassportRequestBody,
        RecognizeChileIdCardRequest,
        RecognizeHkIdCardRequest,
        RecognizePassportRequest,
        RecognizeThailandIdcardRequest,
        RecognizeVietnamIdCardRequest,
        ThailandIdcardRequestBody,
        VietnamIdCardRequestBody,
    )

from gateway.adapters.coverage import ALL_PAIRS, PASSPORTS
from gateway.adapters.huawei_ocr import HuaweiOcr
from gateway.errors import UpstreamIncapable
from gateway.exchange import Evidence, VendorResponse
from gateway.model import DocumentType
from tests.adapters.cases import SAMPLE_BASE64, Case, cases
from tests.fakes import make_query

PP, ID, DL = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD, DocumentType.DRIVING_LICENCE

CASES = {case.folder.name: case for case in cases("huawei_ocr")}


def adapter(region: str = "ap-southeast-2", **options: Any) -> HuaweiOcr:
    endpoint = f"https://ocr.{region}.myhuaweicloud.com" if region else "https://ocr.private.example"
    return msgspec.convert({"endpoint": endpoint, "project_id": "p1"} | options, type=HuaweiOcr)


def asked(*countries: str, types: set[DocumentType] = frozenset(), **others: Any):
    return make_query(countries=frozenset(countries), types=frozenset(types), **others)


@pytest.mark.parametrize(
    ("region", "cards", "passports"),
    [
        ("ap-southeast-1", {("VNM", ID)}, True),
        ("ap-southeast-2", {("THA", ID)}, True),
        ("la-south-2", {("CHL", ID)}, False),
        ("cn-north-4", set(), True),
    ],
)
def test_a_region_serves_what_is_documented_for_it(region: str, cards: set, passports: bool):
    covered = adapter(region).coverage
    assert {pair for pair, evidence in covered.items() if evidence is Evidence.LISTED} == cards
    assert {pair for pair, evidence in covered.items() if evidence is Evidence.ZONE} == (
        PASSPORTS if passports else set()
    )


def test_the_four_regions_together_read_17_of_the_23_pairs():
    together = set().union(*(adapter(region).coverage for region in ("ap-southeast-1", "ap-southeast-2", "la-south-2")))
    assert len(together) == 17
    assert ("HKG", ID) in ALL_PAIRS - together


def test_the_chinese_domain_names_the_same_region():
    other = msgspec.convert(
        {"endpoint": "https://ocr.ap-southeast-1.myhuaweicloud.cn", "project_id": "p1"}, type=HuaweiOcr
    )
    assert other.served == adapter("ap-southeast-1").served


@pytest.mark.parametrize("region", ["", "ap-southeast-3", "la-north-2", "af-south-1"])
def test_where_nothing_is_documented_the_services_must_be_said(region: str):
    with pytest.raises(msgspec.ValidationError, match="services is required"):
        adapter(region)
    assert set(adapter(region, services=["hk-id-card"]).coverage) == {("HKG", ID)}


def test_the_operator_knows_better_than_the_region():
    assert set(adapter("ap-southeast-1", services=["chile-id-card"]).coverage) == {("CHL", ID)}


@pytest.mark.parametrize("services", [[], ["driver-license"], "passport"])
def test_services_are_those_there_are(services: object):
    with pytest.raises(msgspec.ValidationError, match="services"):
        adapter(services=services)


@pytest.mark.parametrize(
    ("countries", "types", "service"),
    [
        (["THA"], {ID}, "thailand-id-card"),
        (["THA"], {PP}, "passport"),
        ([], {PP}, "passport"),
        (["IND", "NGA"], set(), "passport"),
        (["THA", "USA"], {PP}, "passport"),
        (["THA"], set(), None),
        (["THA"], {PP, ID}, None),
        ([], {ID}, None),
        ([], set(), None),
        (["VNM"], {ID}, None),
        (["VNM"], {DL}, None),
        (["USA"], {PP}, None),
    ],
)
def test_one_service_is_asked_and_only_if_it_reads_all_that_may_come(
    countries: list[str], types: set, service: str | None
):
    query = asked(*countries, types=types)
    assert adapter().supports(query) is (service is not None)
    if service is None:
        with pytest.raises(UpstreamIncapable):
            next(adapter().exchange(query))
    else:
        assert next(adapter().exchange(query)).url.endswith(f"/v2/p1/ocr/{service}")


@pytest.mark.parametrize(
    ("case", "method", "request_kind", "body_kind", "extra"),
    [
        ("passport", "recognize_passport", RecognizePassportRequest, PassportRequestBody, {"country_code": "GENERAL"}),
        (
            "thai_card_with_portrait",
            "recognize_thailand_idcard",
            RecognizeThailandIdcardRequest,
            ThailandIdcardRequestBody,
            {"return_portrait_image": True},
        ),
        ("thai_card_back", "recognize_thailand_idcard", RecognizeThailandIdcardRequest, ThailandIdcardRequestBody, {}),
        (
            "vietnamese_card_with_portrait",
            "recognize_vietnam_id_card",
            RecognizeVietnamIdCardRequest,
            VietnamIdCardRequestBody,
            {"return_portrait_image": True},
        ),
        (
            "vietnamese_card_back",
            "recognize_vietnam_id_card",
            RecognizeVietnamIdCardRequest,
            VietnamIdCardRequestBody,
            {},
        ),
        ("chilean_card", "recognize_chile_id_card", RecognizeChileIdCardRequest, ChileIdCardRequestBody, {}),
        (
            "hong_kong_card",
            "recognize_hk_id_card",
            RecognizeHkIdCardRequest,
            HkIdCardRequestBody,
            {"return_portrait_image": True},
        ),
    ],
)
def test_huaweis_own_client_asks_as_we_do_and_understands_our_recorded_answers(
    case: str, method: str, request_kind: type, body_kind: type, extra: dict[str, object]
):
    recorded = CASES[case]
    ours = next(recorded.adapter.exchange(recorded.query))
    with vendor(recorded.response(1)) as (url, received):
        credentials = BasicCredentials("AK", "SK", recorded.options["project_id"])
        client = OcrClient.new_builder().with_credentials(credentials).with_endpoint(url).build()
        body = body_kind(image=SAMPLE_BASE64.decode(), **extra)
        answer = getattr(client, method)(request_kind(body=body))

    (theirs,) = received
    assert ours.url.endswith(theirs["path"])
    assert json.loads(b"".join(ours.body)) == theirs["body"]
    assert ours.headers["x-project-id"] == theirs["headers"]["x-project-id"]
    assert understood(answer.result) == known(recorded, answer.result)


def understood(model: Any) -> dict[str, Any]:
    """What the client read into its model; confidences are a model of their own in some APIs, and may hold more fields."""
    return {k: v for k, v in model.to_dict().items() if v is not None and k != "confidence"}


def known(case: Case, model: Any) -> dict[str, Any]:
    """The recorded result, of which the client takes the fields of its model."""
    result = json.loads(case.response(1).body)["result"]
    return {k: v for k, v in result.items() if k in model.attribute_map and k != "confidence"}


@contextmanager
def vendor(response: VendorResponse) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server on loopback that answers everything with ``response`` and keeps what it got."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received.append({"path": self.path, "headers": headers, "body": json.loads(body)})
            self.send_response(response.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", received
        finally:
            server.shutdown()
            thread.join()
