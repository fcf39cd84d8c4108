from __future__ import annotations

import json
import warnings
from typing import Any

import msgspec
import pytest
from tencentcloud.ocr.v20181119 import models

from gateway.adapters.tencent import Tencent
from gateway.errors import UpstreamIncapable
from gateway.exchange import Evidence
from gateway.model import DocumentType, ImageFormat
from tests.adapters.cases import SAMPLE_BASE64, Case, cases
from tests.fakes import make_query

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

IN_BOTH_EDITIONS = ("MLIDPassportOCR", "HKIDCardOCR", "RecognizeThaiIDCardOCR")
"""The official client of the mainland site knows these; that of the other site cannot be installed beside it."""

OF_THE_OTHER_EDITION = {"MiddleName", "HKIDVersion"}


def tencent(**options: Any) -> Tencent:
    return msgspec.convert({"endpoint": "https://ocr.example", "site": "international"} | options, type=Tencent)


@pytest.mark.parametrize(
    "options",
    [
        {"site": "both"},
        {"endpoint": "ocr.example"},
        {"language": "en"},
        {"thai_card": True},
        {"novelty": 1},
    ],
)
def test_options_are_checked(options: dict[str, Any]):
    with pytest.raises(msgspec.ValidationError):
        tencent(**options)


def test_the_site_has_to_be_told():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"endpoint": "https://ocr.example"}, type=Tencent)


def test_a_picture_may_be_as_large_as_the_site_and_its_smallest_action_take():
    assert tencent().accepts.max_bytes == 5_250_000
    assert tencent(site="mainland").accepts.max_bytes == 7_500_000
    assert tencent(site="mainland", thai_card=True).accepts.max_bytes == 5_250_000
    assert tencent().accepts.formats == {ImageFormat.JPEG, ImageFormat.PNG}


def test_the_site_decides_which_cards_are_read():
    international, mainland = tencent().coverage, tencent(site="mainland").coverage
    assert len(international) == 18
    assert international.keys() - mainland.keys() == {("THA", ID), ("PHL", ID), ("PHL", DL)}
    assert tencent(site="mainland", thai_card=True).coverage.keys() - mainland.keys() == {("THA", ID)}


def test_passports_of_countries_that_are_not_named_are_a_general_claim():
    evidence = tencent().coverage
    assert {country for (country, _), word in evidence.items() if word is Evidence.GENERAL} == {"ALB", "RUS", "UKR"}


@pytest.mark.parametrize(
    ("countries", "types", "action"),
    [
        ((), (PP,), "MLIDPassportOCR"),
        (("IND", "UKR"), (), "MLIDPassportOCR"),
        (("HKG",), (), "HKIDCardOCR"),
        (("THA",), (PP,), "MLIDPassportOCR"),
        (("THA",), (ID,), "RecognizeThaiIDCardOCR"),
        (("PHL",), (DL,), "RecognizePhilippinesDrivingLicenseOCR"),
        (("THA",), (), None),
        (("PHL",), (ID, DL), None),
        (("VNM",), (ID,), None),
        (("PHL", "VNM"), (DL,), None),
        ((), (DL,), None),
        ((), (), None),
    ],
)
def test_the_filters_choose_the_action(countries: tuple[str, ...], types: tuple[DocumentType, ...], action: str | None):
    adapter, query = tencent(), make_query(countries=frozenset(countries), types=frozenset(types))
    assert adapter.supports(query) == (action is not None)
    if action is None:
        with pytest.raises(UpstreamIncapable):
            next(adapter.exchange(query))
    else:
        assert next(adapter.exchange(query)).headers["x-tc-action"] == action


def judged() -> list[Case]:
    return [case for case in cases("tencent") if action(case) in IN_BOTH_EDITIONS]


def action(case: Case) -> str:
    return case.requests[0]["headers"]["x-tc-action"]


@pytest.mark.parametrize("case", [case for case in judged() if case.document], ids=str)
def test_the_official_client_would_send_the_same_body(case: Case):
    ours = b"".join(next(case.adapter.exchange(case.query)).body)
    theirs = getattr(models, f"{action(case)}Request")()
    theirs.from_json_string(ours.decode())
    assert theirs._serialize() == json.loads(ours)
    assert theirs.ImageBase64 == SAMPLE_BASE64.decode()


@pytest.mark.parametrize("case", [case for case in judged() if case.document], ids=str)
def test_the_official_client_reads_the_recorded_answer(case: Case):
    recorded = json.loads(case.response(1).body)["Response"]
    theirs = getattr(models, f"{action(case)}Response")()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        theirs._deserialize(recorded)
    if case.folder.name != "unknown_fields":
        unknown = {name for warning in caught for name in str(warning.message).split()[0].split(",")}
        assert unknown <= OF_THE_OTHER_EDITION

    document = case.document
    assert document is not None
    if action(case) == "MLIDPassportOCR":
        assert [line for line in (theirs.CodeSet, theirs.CodeCrc) if line] == document.get("mrz", [])
        read = theirs.ID or theirs.PassportRecognizeInfos.PassportID
    else:
        read = theirs.IdNum if action(case) == "HKIDCardOCR" else theirs.ID
    assert "".join(filter(str.isalnum, read)) == document["document_number"]
