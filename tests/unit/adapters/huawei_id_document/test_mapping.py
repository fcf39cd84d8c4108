import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.adapters.huawei_id_document.mapping import NAMES, to_document
from gateway.errors import DocumentError, UnreadableDocument, UpstreamError, UpstreamGone, UpstreamProtocolError
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Sex, Side


def answer(result: Any, status: int = 200) -> VendorResponse:
    return VendorResponse(status, {}, json.dumps({"result": result}).encode())


def test_reads_every_field():
    document = to_document(
        answer(
            {
                "country_region": "THA",
                "id_type": "ID",
                "side": "front",
                "first_name": " Malee ",
                "last_name": "Specimen",
                "sex": "F",
                "nationality": "THA",
                "birth_date": "1990-02-28",
                "issue_date": "2020-01-01",
                "expiry_date": "2029-02-27",
                "document_number": "1234567890121",
                "address": "1 Example Road",
                "issuing_authority": "Example Office",
                "portrait_image": "/9j/4AAQ",
                "confidence": {"first_name": 0.9, "last_name": 1},
            }
        )
    )
    assert document == IdDocument(
        country_region="THA",
        id_type=DocumentType.IDENTITY_CARD,
        side=Side.FRONT,
        first_name="Malee",
        last_name="Specimen",
        sex=Sex.FEMALE,
        nationality="THA",
        birth_date=date(1990, 2, 28),
        issue_date=date(2020, 1, 1),
        expiry_date=date(2029, 2, 27),
        document_number="1234567890121",
        address="1 Example Road",
        issuing_authority="Example Office",
        portrait_image=b"/9j/4AAQ",
        confidence={"first_name": 0.9, "last_name": 1.0},
    )


def test_the_published_sample_is_an_answer():
    document = to_document(answer({"country_region": "ALB", "id_type": "PP", "side": "front"}))
    assert document == IdDocument(country_region="ALB", id_type=DocumentType.PASSPORT, side=Side.FRONT)


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_null_and_blank_are_absent(nothing: str | None):
    document = to_document(answer(dict.fromkeys(NAMES, nothing) | {"country_region": "ALB"}))
    assert document == IdDocument(country_region="ALB")


@pytest.mark.parametrize("result", [{}, {"first_name": ""}, {"confidence": {"first_name": 0.5}}, {"unheard_of": 1}])
def test_an_empty_result_is_an_unreadable_document(result: dict[str, Any]):
    with pytest.raises(UnreadableDocument):
        to_document(answer(result))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("2021-02-29", None),
        ("0000-00-00", None),
        ("20200229", None),
        ("2020-W09-6", None),
        ("29/02/2020", None),
        ("LIFELONG", None),
        ("٢٠٢٠-٠٢-٢٩", None),
    ],
)
def test_a_date_that_is_no_day_costs_only_itself(printed: str, read: date | None):
    result = {"last_name": "Specimen", "expiry_date": printed, "confidence": {"expiry_date": 0.5, "last_name": 0.7}}
    document = to_document(answer(result))
    assert document.expiry_date == read
    assert document.last_name == "Specimen"
    assert ("expiry_date" in document.confidence) == (read is not None)


@pytest.mark.parametrize(
    "confidence",
    [
        {"last_name": 1.5},
        {"last_name": -0.1},
        {"last_name": "high"},
        {"last_name": None},
        {"last_name": True},
        {"last_name": {"score": 0.5}},
        {"first_name": 0.5},
        {"confidence": 0.5},
        {"overall": 0.5},
    ],
)
def test_a_score_that_says_nothing_is_dropped(confidence: dict[str, Any]):
    assert to_document(answer({"last_name": "Specimen", "confidence": confidence})).confidence == {}


@pytest.mark.parametrize(
    "result",
    [
        {"last_name": 7},
        {"last_name": ["Specimen"]},
        {"last_name": "Specimen", "id_type": "PASSPORT"},
        {"last_name": "Specimen", "side": "left"},
        {"last_name": "Specimen", "sex": "male"},
        {"last_name": "Specimen", "confidence": [0.5]},
        {"last_name": "Specimen", "portrait_image": "ü"},
        [{"last_name": "Specimen"}],
        "Specimen",
        None,
    ],
)
def test_what_breaks_the_contract_is_refused_without_being_quoted(result: Any):
    with pytest.raises(UpstreamProtocolError) as refused:
        to_document(answer(result))
    assert "Specimen" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"null", b"<html></html>", b'{"result":{"last_name":"Spe', b"\xff", b"[" * 100_000]
)
def test_what_is_not_the_documented_json_is_refused(body: bytes):
    with pytest.raises(UpstreamProtocolError):
        to_document(VendorResponse(200, {}, body))


def test_an_error_in_a_200_is_an_error():
    with pytest.raises(UpstreamGone):
        to_document(VendorResponse(200, {}, b'{"error_code":"APIG.0101","error_msg":"-","result":{"last_name":"X"}}'))


@pytest.mark.parametrize("status", [100, 302, 404, 500])
def test_a_result_under_another_status_is_no_answer(status: int):
    with pytest.raises(UpstreamError):
        to_document(answer({"last_name": "Specimen"}, status))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NAMES, "confidence", "x"]), inner),
    max_leaves=8,
)


@given(result=st.dictionaries(st.sampled_from([*sorted(NAMES), "confidence", "x"]), json_values) | json_values)
def test_any_json_is_a_document_or_one_of_our_errors(result: Any):
    try:
        document = to_document(answer(result))
    except (DocumentError, UpstreamError):
        return
    assert document != IdDocument()
