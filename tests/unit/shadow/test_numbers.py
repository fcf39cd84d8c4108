import pytest

from gateway.model import DocumentType, IdDocument
from gateway.shadow.numbers import compare_numbers

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD
SAME, NEAR, OTHER = "equivalent", "near", "conflict"


def compared(country, kind, one, other):
    documents = [
        IdDocument(country_region=country, id_type=kind, document_number=number, last_name="LI")
        for number in (one, other)
    ]
    there, back = compare_numbers(*documents), compare_numbers(*reversed(documents))
    assert there is back
    return there


@pytest.mark.parametrize(
    ("country", "kind", "one", "other", "result"),
    [
        ("THA", ID, "1 1017 00230 70 8", "1101700230708", SAME),
        ("THA", ID, "๑๑๐๑๗๐๐๒๓๐๗๐๘", "1101700230708", SAME),
        ("HKG", ID, "A123456(3)", "A1234563", SAME),
        ("HKG", ID, "A123456", "A123456(3)", SAME),  # the check digit is left out, and the other's is right
        ("HKG", ID, "A123456", "A123456(4)", NEAR),
        ("HKG", ID, "A123456(3)", "A123457(3)", NEAR),  # the second cannot be
        ("HKG", ID, "A123456(3)", "B123456(6)", OTHER),  # both can
        ("CHL", ID, "12.345.678-5", "123456785", SAME),
        ("CHL", ID, "12.345.670-K", "12345670k", SAME),
        ("CHL", ID, "7.654.321-6", "7654321", SAME),
        ("CHL", ID, "7.654.321-6", "7.654.321-5", NEAR),
        ("PHL", ID, "CRN-0111-1234567-8", "011112345678", SAME),
        ("PHL", DL, "N01-23-456789", "N0123456789", SAME),
        ("VNM", ID, "079083012345", "083012345", NEAR),  # of the zone, which has room for nine
        ("VNM", ID, "079083012345", "983012345", OTHER),
        ("ALB", PP, "BO1234567", "B01234567", NEAR),
        ("ALB", PP, "BI12345S7", "B1I234557", NEAR),
        ("ALB", PP, "BI12345S7", "B1I23455", OTHER),
        ("MYS", PP, "A12345678", "A1234567", NEAR),
        ("MYS", PP, "A12345678", "A87654321", OTHER),
        ("MYS", PP, "A1234**78", "A12345678", OTHER),
        ("MYS", PP, "A1234*678", "A12345678", NEAR),
        (None, None, "A 123", "A-123", SAME),
        ("MYS", PP, "??", "--", OTHER),
    ],
)
def test_numbers(country, kind, one, other, result):
    assert compared(country, kind, one, other) == result


def test_two_numbers_that_check_digits_prove_are_two_however_alike():
    """One digit differs and both hold: the modulus of 11 becomes one of 10."""
    assert compared("THA", ID, "3101700000041", "8101700000041") == OTHER
    assert compared("THA", PP, "3101700000041", "8101700000041") == NEAR


def test_a_side_that_does_not_say_its_kind_is_of_the_others():
    one = IdDocument(country_region="HKG", id_type=ID, document_number="A123456")
    other = IdDocument(document_number="A123456(3)")
    assert compare_numbers(one, other) == compare_numbers(other, one) == SAME
