"""Options and coverage of ``regula``, and its tables, request and cases as Regula's own client sees them."""

from __future__ import annotations

import base64
import json

import msgspec
import pytest
from regula.documentreader.webclient import (
    DocumentReaderApi,
    GraphicFieldType,
    ProcessParams,
    Result,
    Scenario,
    Source,
    TextFieldType,
)
from regula.documentreader.webclient.gen.models import (
    LCID,
    ImageData,
    Light,
    ProcessingStatus,
    ProcessRequest,
    ProcessRequestImage,
)
from regula.documentreader.webclient.gen.models import DocumentType as TheirType

from gateway.adapters.regula import Regula, answer, kinds, mapping, readings
from gateway.adapters.regula.adapter import WHITE_LIGHT
from gateway.exchange import Evidence
from gateway.model import DocumentType
from gateway.normalize.tables import load
from tests.adapters.cases import SAMPLE_BASE64, cases
from tests.fakes import make_image, make_query

CASES = cases("regula")
READ = [case for case in CASES if case.document is not None]


def regula(**options):
    return msgspec.convert({"endpoint": "http://regula:8080"} | options, Regula)


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "regula:8080"},
        {"scenario": "Locate"},
        {"pairs": []},
        {"pairs": ["VNM"]},
        {"pairs": ["FRA PP"]},
        {"pairs": ["VNM XX"]},
        {"pairs": "VNM PP"},
        {"licence": "secret"},
    ],
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        regula(**options)


def test_all_pairs_on_a_general_claim_unless_narrowed():
    assert set(regula().coverage.values()) == {Evidence.GENERAL}
    assert len(regula().coverage) == 23
    assert regula(pairs=["THA PP ID", "HKG ID"]).coverage.keys() == {
        ("THA", DocumentType.PASSPORT),
        ("THA", DocumentType.IDENTITY_CARD),
        ("HKG", DocumentType.IDENTITY_CARD),
    }


def test_the_zone_scenario_reads_what_has_a_zone():
    zones = regula(scenario="Mrz")
    assert set(zones.coverage.values()) == {Evidence.ZONE}
    assert ("CHL", DocumentType.IDENTITY_CARD) in zones.coverage
    for country, kind in (("THA", "ID"), ("HKG", "ID"), ("VNM", "DL")):
        assert not zones.supports(make_query(countries=frozenset({country}), types=frozenset({DocumentType(kind)})))
    assert regula(scenario="Mrz", pairs=["THA PP ID"]).coverage.keys() == {("THA", DocumentType.PASSPORT)}


@pytest.mark.parametrize("portrait", [False, True])
def test_the_request_is_the_one_of_the_vendors_client(portrait):
    query = make_query(image=make_image(base64=SAMPLE_BASE64), portrait=portrait)
    ours = next(regula().exchange(query))

    wanted = [Result.DOCUMENT_TYPE, Result.TEXT, *([Result.IMAGES] if portrait else [])]
    params = ProcessParams(
        scenario=Scenario.FULL_PROCESS, resultTypeOutput=wanted, dateFormat="yyyy-MM-dd", alreadyCropped=False
    )
    image = ProcessRequestImage(ImageData=ImageData(image=SAMPLE_BASE64.decode()), light=Light.WHITE, page_idx=0)
    theirs = ProcessRequest(processParam=params, List=[image])

    assert json.loads(b"".join(ours.body)) == json.loads(theirs.to_json())


@pytest.mark.parametrize("case", READ, ids=str)
def test_the_vendors_client_reads_our_recorded_answers(case):
    text = json.dumps(json.loads(case.response(1).body))
    theirs = DocumentReaderApi(host="http://regula:8080").deserialize_to_recognition_response(text)

    assert theirs.low_lvl_response.processing_finished in set(ProcessingStatus)
    chosen = {field.field_type: field.value for field in theirs.text.field_list if field.lcid == LCID.LATIN}
    if TextFieldType.MRZ_STRINGS in chosen:
        assert chosen[TextFieldType.MRZ_STRINGS].split("^") == case.document["mrz"]
    number = {chosen.get(kind) for kind in (TextFieldType.DOCUMENT_NUMBER, TextFieldType.PERSONAL_NUMBER)} - {None}
    assert case.document["document_number"] in {"".join(filter(str.isalnum, value)) for value in number}
    if (candidate := theirs.document_type()) is not None:
        assert kinds.KINDS[candidate.fdsid_list.d_type] == case.document["id_type"]
    if "portrait_image" in case.document:
        portrait = theirs.images.get_field(GraphicFieldType.PORTRAIT).get_value(Source.VISUAL)
        assert portrait == base64.b64decode(case.document["portrait_image"])


def test_every_document_type_is_sorted_once_under_the_vendors_number():
    table = load("gateway.adapters.regula", "document_types.json")
    sorted_out = [entry for group in table.values() for entry in group.items()]
    assert sorted(sorted_out) == sorted((kind.name, kind.value) for kind in TheirType)
    assert table.keys() == {"PP", "DL", "ID", "undecided", "other"}
    assert "DOMESTIC_PASSPORT" in table["other"]


def test_the_numbers_are_those_of_the_vendors_enumerations():
    assert (answer.DOCUMENT_TYPE, answer.TEXT, answer.IMAGES) == (Result.DOCUMENT_TYPE, Result.TEXT, Result.IMAGES)
    assert (readings.LATIN, readings.VIETNAMESE, WHITE_LIGHT) == (LCID.LATIN, LCID.VIETNAMESE, Light.WHITE)
    assert mapping.PORTRAIT == GraphicFieldType.PORTRAIT
    assert kinds.DOCUMENT_CLASS_CODE == TextFieldType.DOCUMENT_CLASS_CODE
    assert {
        "NUMBER": mapping.NUMBER,
        "EXPIRY": mapping.EXPIRY,
        "ISSUE": mapping.ISSUE,
        "BIRTH": mapping.BIRTH,
        "PERSONAL": mapping.PERSONAL_NUMBER,
        "SURNAME": mapping.SURNAME,
        "GIVEN": mapping.GIVEN_NAMES,
        "SEX": mapping.SEX,
        "ADDRESS": mapping.ADDRESS,
        "AUTHORITY": mapping.AUTHORITY,
        "FULL": mapping.FULL_NAME,
        "MRZ": mapping.MRZ_STRINGS,
        "CARD": mapping.IDENTITY_CARD_NUMBER,
        "STATE": readings.ISSUING_STATE_CODE,
        "STATE_NAME": readings.ISSUING_STATE_NAME,
        "NATION": readings.NATIONALITY_CODE,
        "NATION_NAME": readings.NATIONALITY,
    } == {
        "NUMBER": TextFieldType.DOCUMENT_NUMBER,
        "EXPIRY": TextFieldType.DATE_OF_EXPIRY,
        "ISSUE": TextFieldType.DATE_OF_ISSUE,
        "BIRTH": TextFieldType.DATE_OF_BIRTH,
        "PERSONAL": TextFieldType.PERSONAL_NUMBER,
        "SURNAME": TextFieldType.SURNAME,
        "GIVEN": TextFieldType.GIVEN_NAMES,
        "SEX": TextFieldType.SEX,
        "ADDRESS": TextFieldType.ADDRESS,
        "AUTHORITY": TextFieldType.AUTHORITY,
        "FULL": TextFieldType.SURNAME_AND_GIVEN_NAMES,
        "MRZ": TextFieldType.MRZ_STRINGS,
        "CARD": TextFieldType.IDENTITY_CARD_NUMBER,
        "STATE": TextFieldType.ISSUING_STATE_CODE,
        "STATE_NAME": TextFieldType.ISSUING_STATE_NAME,
        "NATION": TextFieldType.NATIONALITY_CODE,
        "NATION_NAME": TextFieldType.NATIONALITY,
    }
