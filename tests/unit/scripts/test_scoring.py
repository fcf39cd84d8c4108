"""What counts as right, wrong but valid, incomplete and refused."""

from datetime import date

import pytest

from gateway.model import IdDocument, Sex
from scripts.scoring import judge, judge_visual, printed_zone

PASSPORT = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
RIGHT = {
    "document_number": "L898902C3",
    "nationality": "UTO",
    "country_region": "UTO",
    "birth_date": date(1974, 8, 12),
    "sex": Sex.FEMALE,
    "expiry_date": date(2012, 4, 15),
    "first_name": "ANNA MARIA",
    "last_name": "ERIKSSON",
}
SURE = dict.fromkeys(RIGHT, 0.95)


def answer(**changes):
    confidence = {**SURE, **changes.pop("confidence", {})}
    return IdDocument(**{**RIGHT, **changes}, confidence=confidence)


def test_right():
    assert judge(answer(), PASSPORT).outcome == "right"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document_number", "L898902C8"),
        ("birth_date", date(1974, 8, 13)),
        ("sex", Sex.MALE),
        ("sex", Sex.UNSPECIFIED),
        ("last_name", "ERIKSON"),
        ("first_name", "ANNA"),
        ("nationality", "UZB"),
    ],
)
def test_one_trusted_wrong_field_is_wrong_but_valid(field, value):
    verdict = judge(answer(**{field: value}), PASSPORT)
    assert (verdict.outcome, verdict.wrong) == ("wrong", (field,))


def test_a_wrong_field_of_low_confidence_or_an_absent_one_is_incomplete():
    doubted = judge(answer(last_name="ERIKSON", confidence={"last_name": 0.4}), PASSPORT)
    assert (doubted.outcome, doubted.missing) == ("incomplete", ("last_name",))
    assert judge(answer(first_name=None), PASSPORT).outcome == "incomplete"


def test_refused():
    assert judge(None, PASSPORT).outcome == "refused"


def test_printed_names_count_as_the_zones():
    zone = ["P<ALBCELA<SHEHU<<MIRE<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1].replace("UTO", "ALB")]
    document = answer(country_region="ALB", nationality="ALB", last_name="ÇELA-SHEHU", first_name="MIRË")
    assert judge(document, zone).outcome == "right"


def test_a_name_that_the_zone_cuts_may_be_longer():
    zone = ["P<UTOERIKSSON<<ANNA<MARIA<ALEXANDRA<MARGARE", PASSPORT[1]]
    zone[0] = zone[0] + "T"
    assert judge(answer(first_name="ANNA MARIA ALEXANDRA MARGARETHE"), zone).outcome == "right"
    assert judge(answer(first_name="ANNA MARIA ALEXANDRA"), zone).outcome == "wrong"


def test_a_printed_number_whose_check_digit_fails_must_not_be_trusted():
    broken = [PASSPORT[0], "X" + PASSPORT[1][1:]]
    verbatim = {"document_number": "X898902C3"}
    assert judge(answer(**verbatim, confidence={"document_number": 0.3}), broken).outcome == "right"
    assert judge(answer(**verbatim), broken).outcome == "incomplete"
    assert judge(answer(document_number=None), broken).outcome == "right"
    assert judge(None, broken).outcome == "right"
    assert judge(answer(), broken).outcome == "wrong"  # repaired into another number


def test_no_document():
    assert judge(None, {"documents": 0}).outcome == "right"
    assert judge(answer(), {"documents": 2}).outcome == "wrong"


def test_german_codes_and_a_long_card_number():
    german = ["IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"]
    printed = printed_zone(german)
    assert printed.fields["country_region"] == printed.fields["nationality"] == "DEU"
    assert printed.fields["sex"] is None
    belgian = ["IDBEL590330101<86<<<<<<<<<<<<<", "8512017F0901015BEL<<<<<<<<<<<8", "REINARTZ<<ULRIKE<KATIA<E<<<<<<"]
    long = printed_zone(belgian)
    assert long.fields["document_number"] == "5903301018"
    assert "document_number" not in long.doubtful


def test_single_name_and_impossible_date():
    printed = printed_zone(["P<IDNSIREGAR".ljust(44, "<"), "C0582791<4IDN0000000M2607241<<<<<<<<<<<<<<<8"])
    assert (printed.fields["last_name"], printed.fields["first_name"]) == ("SIREGAR", None)
    assert printed.fields["birth_date"] is None


def test_fields_of_the_visual_zone():
    told = {
        "last_name": "ÇELA",
        "mrz_last_name": "CELA",
        "first_name": None,
        "issue_date": "2020-02-03",
        "issuing_authority": "MB",
    }
    assert judge_visual(answer(last_name="ÇELA", issue_date=date(2020, 2, 3), issuing_authority="mb"), told) == {
        "last_name": "right",
        "issue_date": "right",
        "issuing_authority": "right",
    }
    plain = judge_visual(answer(last_name="CELA", issue_date=date(2020, 3, 2)), told)
    assert plain == {"last_name": "plain", "issue_date": "wrong", "issuing_authority": "absent"}
