from __future__ import annotations

import json
import string
from typing import Any

import msgspec
import pytest
from alibabacloud_cloudauth_intl20220809.client import Client
from alibabacloud_cloudauth_intl20220809.models import DocOcrMaxV2Request, DocOcrMaxV2ResponseBody
from alibabacloud_tea_openapi.models import Config

from gateway.adapters.alibaba_idocr import AlibabaIdOcr
from gateway.adapters.alibaba_idocr.adapter import business_id
from gateway.errors import UpstreamIncapable
from gateway.exchange import Evidence
from gateway.model import Attempt, DocumentType
from tests.adapters.cases import Case, cases, content
from tests.fakes import make_query

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def alibaba(**options: Any) -> AlibabaIdOcr:
    return msgspec.convert({"endpoint": "https://cloudauth.example"} | options, type=AlibabaIdOcr)


def code(adapter: AlibabaIdOcr, *countries: str, types: tuple[DocumentType, ...] = ()) -> str | None:
    """The document type that is asked for; "refused" where the query is not taken."""
    query = make_query(countries=frozenset(countries), types=frozenset(types))
    if not adapter.supports(query):
        with pytest.raises(UpstreamIncapable):
            next(adapter.exchange(query))
        return "refused"
    request = next(adapter.exchange(query))
    form = content(b"".join(request.body), request.headers["content-type"])["form"]
    return form.get("DocType")


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "cloudauth.example"},
        {"model": "generic"},
        {"threshold": "3"},
        {"hong_kong_card": 1987},
        {"zone_only": True, "model": "auto"},
        {"spoof": True},
    ],
)
def test_options_are_checked(options: dict[str, Any]):
    with pytest.raises(msgspec.ValidationError):
        alibaba(**options)


def test_typed_asks_for_the_countrys_own_document_and_else_for_the_zone():
    typed = alibaba()
    assert code(typed, "VNM", types=(PP,)) == "VNM03001"
    assert code(typed, "UKR", types=(PP,)) == "GLB03002"
    assert code(typed, "VNM", "THA", types=(PP,)) == "GLB03002"
    assert code(typed, types=(PP,)) == "GLB03002"
    assert code(typed, "HKG") == "HKG01002"
    assert code(alibaba(hong_kong_card=2003), "HKG") == "HKG01001"
    assert code(alibaba(zone_only=True), "VNM", types=(PP,)) == "GLB03002"


def test_typed_refuses_what_has_no_one_code():
    typed = alibaba()
    assert code(typed) == "refused"
    assert code(typed, "VNM") == "refused"
    assert code(typed, "VNM", "THA", types=(ID,)) == "refused"
    assert code(typed, "ALB", types=(ID,)) == "refused"
    assert code(alibaba(zone_only=True), "THA", types=(ID,)) == "refused"


def test_auto_takes_wide_queries_and_names_no_type():
    auto = alibaba(model="auto")
    assert code(auto) is None
    assert code(auto, "VNM") is None
    assert code(auto, "ALB") is None
    assert not auto.supports(make_query(countries=frozenset({"ALB"}), types=frozenset({ID})))


def test_a_passport_without_a_code_of_its_own_is_read_by_its_zone_unless_it_is_classified():
    assert alibaba().coverage["IND", PP] is Evidence.ZONE
    assert alibaba(model="auto").coverage["IND", PP] is Evidence.GENERAL
    assert alibaba().coverage["THA", PP] is Evidence.LISTED
    assert alibaba(zone_only=True).coverage["THA", PP] is Evidence.ZONE
    assert len(alibaba().coverage) == len(alibaba(model="auto").coverage) == 19


def test_the_business_id_is_found_in_the_log_and_another_for_every_attempt():
    query = make_query(request_id="7d2c1f0e-4a5b-4c6d-8e9f-0a1b2c3d4e5f-1767225600000-gateway")
    first = business_id(query)
    query.trail.add(Attempt("alibaba", "unavailable", 1.0))
    assert first == "7d2c1f0e4a5b4c6d8e9f0a1b2c3d4e00"
    assert business_id(query) == "7d2c1f0e4a5b4c6d8e9f0a1b2c3d4e01"
    assert business_id(make_query(request_id="é-Ω_9")) == "900"


def test_the_callers_name_is_not_told():
    request = next(alibaba(model="auto").exchange(make_query(caller="billing")))
    user = content(b"".join(request.body), request.headers["content-type"])["form"]["MerchantUserId"]
    assert b"billing" not in b"".join(request.body)
    assert len(user) == 32
    assert set(user) <= set(string.hexdigits)


class Listening(Client):
    """The official client, of which we want to know what it would send where."""

    def call_api(self, params: Any, request: Any, _runtime: Any) -> dict[str, Any]:
        self.heard = params, request
        return {"body": {}, "headers": {}, "statusCode": 200}


@pytest.mark.parametrize("case", [case for case in cases("alibaba_idocr") if case.document], ids=str)
def test_the_official_client_would_send_the_same(case: Case):
    ours = next(case.adapter.exchange(case.query))
    form = content(b"".join(ours.body), ours.headers["content-type"])["form"]
    standard = {"OcrValueStandard": "1"} if ours.url.endswith("?OcrValueStandard=1") else {}

    client = Listening(Config(access_key_id="id", access_key_secret="secret", endpoint="cloudauth.example"))
    client.doc_ocr_max_v2(DocOcrMaxV2Request().from_map(form | standard))
    params, request = client.heard
    assert request.body == form
    assert request.query == standard
    assert (params.method, params.pathname) == ("POST", "/")
    assert (params.action, params.version) == (ours.headers["x-acs-action"], ours.headers["x-acs-version"])
    assert params.req_body_type == "formData"


@pytest.mark.parametrize("case", [case for case in cases("alibaba_idocr") if case.document], ids=str)
def test_the_official_client_reads_the_recorded_answer(case: Case):
    recorded = json.loads(case.response(1).body)
    theirs = DocOcrMaxV2ResponseBody().from_map(recorded)
    assert (theirs.code, theirs.result.passed) == ("Success", "Y")
    assert json.loads(theirs.result.ext_id_info)["ocrIdInfo"]
    if case.folder.name != "unknown_fields":
        assert theirs.to_map() == recorded
