"""The fourteen passports of the old API's Table 1, zone and print together."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.model import DocumentType, Sex, Side
from gateway.reader.document import explain_document, read_document
from gateway.reader.evidence import Evidence
from tests.unit.reader.cases import PASSPORTS
from tests.unit.reader.pages import field, page, zone_lines

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("state", PASSPORTS)
def test_every_field(state):
    case = PASSPORTS[state]
    document = read_document(case.record, page(case.rows), today=TODAY)
    assert (document.country_region, document.nationality) == (state, state)
    assert (document.id_type, document.side, document.sex) == (DocumentType.PASSPORT, Side.FRONT, Sex.FEMALE)
    assert (document.last_name, document.first_name) == (case.last_name, case.first_name)
    assert document.document_number == case.zone["number"]
    assert document.birth_date.strftime("%y%m%d") == case.zone["birth"]
    assert document.expiry_date.strftime("%y%m%d") == case.zone["expiry"]
    assert document.issue_date == case.issue_date
    assert document.issuing_authority == case.issuing_authority
    assert document.address is None


@pytest.mark.parametrize("state", PASSPORTS)
def test_print_agrees_with_the_zone(state):
    case = PASSPORTS[state]
    choices = explain_document(case.record, page(case.rows), today=TODAY)
    checked = {field(choices, name).evidence for name in ("document_number", "birth_date", "expiry_date")}
    assert checked == {Evidence.CHECKED_AND_PRINTED}
    assert field(choices, "country_region").evidence is Evidence.PRINTED


@pytest.mark.parametrize("state", PASSPORTS)
def test_the_zone_among_the_lines_changes_nothing(state):
    case = PASSPORTS[state]
    alone = explain_document(case.record, page(case.rows), today=TODAY)
    assert explain_document(case.record, page(case.rows) + zone_lines(case.record), today=TODAY) == alone


@pytest.mark.parametrize("state", PASSPORTS)
def test_unreadable_labels_leave_the_issue_date_to_deduction_and_the_authority_out(state):
    case = PASSPORTS[state]
    values = [(left, top, text if text.isupper() or text[0].isdigit() else "~~") for left, top, text in case.rows]
    choices = explain_document(case.record, page(values), today=TODAY)
    issued = field(choices, "issue_date")
    assert issued is None or issued.value == case.issue_date
    # The labels of BRA and IDN are capitals too; the code of UKR needs none.
    assert field(choices, "issuing_authority") is None or state in {"BRA", "IDN", "UKR"}


@pytest.mark.parametrize("state", PASSPORTS)
def test_uncertain_print_is_not_returned(state):
    case = PASSPORTS[state]
    faint = [replace(line, scores=(0.6,) * len(line.text)) for line in page(case.rows)]
    document = read_document(case.record, faint, today=TODAY)
    assert document.issuing_authority is None
    assert document.issue_date is None
    assert document.last_name == case.record.surname
