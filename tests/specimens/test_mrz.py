"""The specimens' own zones against printed examples of ICAO Doc 9303 and against the other document of its rules."""

import pytest

from tests.specimens import mrz


def holder(**changes):
    values = {
        "code": "P", "state": "UTO", "number": "L898902C3", "nationality": "UTO", "birth": "740812", "sex": "F",
        "expiry": "120415", "surname": "ERIKSSON", "given": "ANNA<MARIA", "optional": "ZE184226B",
    }  # fmt: skip
    return mrz.Holder(**{**values, **changes})


def test_passport_of_doc_9303_part_4_appendix_b():
    assert mrz.td3(holder()) == [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ]


def test_card_of_doc_9303_part_5_appendix_b():
    card = holder(code="I", number="D23145890", optional="")
    assert mrz.td1(card) == [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]


def test_empty_optional_field_carries_the_check_digit_that_the_state_prints():
    filler, zero = (mrz.td3(holder(optional="", empty_check=digit))[1] for digit in "<0")
    assert (filler[42], zero[42]) == ("<", "0")
    assert filler[43] == zero[43]


@pytest.mark.parametrize(
    ("printed", "zone"),
    [
        ("ÇELA", "CELA"),
        ("NGUYỄN", "NGUYEN"),
        ("ĐẶNG", "DANG"),
        ("O'CONNOR", "OCONNOR"),
        ("SMITH-JONES", "SMITH<JONES"),
        ("A/L SUBRAMANIAM", "A<L<SUBRAMANIAM"),
        ("ØSTERGAARD", "OESTERGAARD"),
        ("WEIß", "WEISS"),
        ("MR. D. LUIS", "MR<D<LUIS"),
    ],
)
def test_transliteration(printed, zone):
    assert mrz.transliterate(printed) == zone


def test_umlauts_by_issuer():
    assert mrz.transliterate("MÜLLER") == "MULLER"
    assert mrz.transliterate("MÜLLER", umlauts=True) == "MUELLER"


def test_one_name_has_no_separator():
    field = mrz.name_field("SIREGAR", "", 39)
    assert field == "SIREGAR".ljust(39, "<")


def test_long_names_are_cut_at_the_width_and_keep_both_parts():
    field = mrz.name_field("NILAVADHANANANDA<NILAVADHANANANDA<NILAVADHANANANDA", "CHAYAPA<DEJTHAMRONG<KRASUANG", 39)
    surname, _, given = field.partition("<<")
    assert len(field) == 39
    assert surname.startswith("NILAVADHANANANDA")
    assert given.startswith("CHAYAPA")
