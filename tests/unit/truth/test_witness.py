"""What a sound zone says about a vendor's fields."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.model import DocumentType, IdDocument, Sex
from gateway.truth.witness import changes, differs, vouched
from gateway.truth.zone import zone_of
from tests.unit.truth.documents import PERSON, TODAY, td1, td3

CARD = DocumentType.IDENTITY_CARD


def record(zone):
    found = zone_of(zone)
    assert found is not None
    assert found.valid
    return found.record


def said(document, zone):
    return changes(document, record(zone), today=TODAY)


def test_a_document_that_agrees_stays():
    assert said(PERSON, PERSON.mrz) == {}
    assert not differs(PERSON, record(PERSON.mrz))
    assert vouched(PERSON, record(PERSON.mrz)) == {"birth_date", "expiry_date", "document_number"}


def test_an_empty_document_is_filled():
    assert said(IdDocument(), td3()) == {
        "country_region": "UTO",
        "id_type": DocumentType.PASSPORT,
        "last_name": "ERIKSSON",
        "first_name": "ANNA MARIA",
        "sex": Sex.FEMALE,
        "nationality": "UTO",
        "birth_date": date(1974, 8, 12),
        "expiry_date": date(2032, 4, 15),
        "document_number": "L898902C3",
    }
    assert said(IdDocument(), td1())["id_type"] is CARD
    assert not differs(IdDocument(), record(td3()))
    assert vouched(IdDocument(), record(td3())) == frozenset()


@pytest.mark.parametrize(
    ("given", "zone", "expected"),
    [
        # under check digits: replaced
        ({"birth_date": date(1974, 12, 8)}, {}, {"birth_date": date(1974, 8, 12)}),
        ({"birth_date": date(1874, 8, 12)}, {}, {"birth_date": date(1974, 8, 12)}),
        ({"expiry_date": date(2072, 4, 15)}, {}, {"expiry_date": date(2032, 4, 15)}),
        ({"expiry_date": date(1932, 4, 15)}, {}, {"expiry_date": date(2032, 4, 15)}),
        ({"document_number": "L8989O2C3"}, {}, {"document_number": "L898902C3"}),
        ({"sex": Sex.MALE}, {}, {"sex": Sex.FEMALE}),
        ({"sex": Sex.UNSPECIFIED}, {}, {"sex": Sex.FEMALE}),
        ({"country_region": "VNM"}, {}, {"country_region": "UTO"}),
        ({"country_region": None}, {"state": "D", "nationality": "UTO"}, {"country_region": "DEU"}),
        # a number in another layout is the same number
        ({"document_number": "L898902-C3"}, {}, {}),
        # not under check digits: only where absent
        ({"nationality": "VNM"}, {}, {}),
        ({"nationality": None}, {"nationality": "GBD"}, {"nationality": "GBR"}),
        ({"nationality": None}, {"nationality": "QQQ"}, {}),
        ({"last_name": "ERICSSON-LINDH"}, {}, {}),
        ({"last_name": "Ériksson"}, {}, {}),
        ({"last_name": None}, {}, {"last_name": "ERIKSSON"}),
        ({"first_name": None}, {}, {"first_name": "ANNA MARIA"}),
        ({"id_type": None}, {}, {"id_type": DocumentType.PASSPORT}),
        ({"id_type": CARD}, {}, {}),
        # the zone does not know
        ({}, {"birth": "74<<<<"}, {}),
        ({"birth_date": None}, {"birth": "74<<<<"}, {}),
        ({"sex": None}, {"sex": "<"}, {"sex": Sex.UNSPECIFIED}),
        ({"sex": Sex.FEMALE}, {"sex": "<"}, {}),
        ({"country_region": "VNM"}, {"state": "QQQ"}, {}),
        ({"expiry_date": None}, {"expiry": "991231"}, {}),
        ({"expiry_date": date(2040, 1, 1)}, {"expiry": "991231"}, {}),
        ({"expiry_date": date(2099, 12, 31)}, {"expiry": "991231"}, {"expiry_date": None}),
        # one name is the last name
        (
            {"last_name": None, "first_name": "Sukarno"},
            {"names": "SUKARNO"},
            {"last_name": "Sukarno", "first_name": None},
        ),
        ({"last_name": None, "first_name": "Anna"}, {"names": "SUKARNO"}, {"last_name": "SUKARNO"}),
        ({"last_name": "Sukarno", "first_name": None}, {"names": "SUKARNO"}, {}),
    ],
)
def test_what_is_changed(given, zone, expected):
    document = replace(PERSON, **{"expiry_date": date(2032, 4, 15), **given})
    assert said(document, td3(**zone)) == expected


def test_a_holder_of_more_than_a_hundred_years():
    document = replace(PERSON, birth_date=date(1920, 3, 1), expiry_date=date(2032, 4, 15))
    assert said(document, td3(birth="200301")) == {}
    assert said(replace(document, birth_date=None), td3(birth="200301")) == {"birth_date": date(2020, 3, 1)}


VIETNAMESE = {"state": "VNM", "number": "093004417", "optional": "068093004417"}


@pytest.mark.parametrize(
    ("number", "zone", "expected"),
    [
        ("068093004417", VIETNAMESE, None),
        ("093004417", VIETNAMESE, "068093004417"),
        ("068093004411", VIETNAMESE, "068093004417"),
        (None, VIETNAMESE, "068093004417"),
        ("068093004417", VIETNAMESE | {"optional": ""}, None),
        ("068093004411", VIETNAMESE | {"optional": ""}, "093004417"),
        ("123456785", {"state": "CHL", "number": "512666391", "optional": "12345678<5"}, "512666391"),
    ],
)
def test_the_number_of_a_card(number, zone, expected):
    document = IdDocument(country_region=zone["state"], id_type=CARD, document_number=number)
    assert said(document, td1(**zone)).get("document_number") == expected


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ({"birth_date": date(1974, 12, 8)}, {}),
        ({"expiry_date": date(2033, 4, 15)}, {}),
        ({"document_number": "X1234567"}, {}),
        ({"sex": Sex.MALE}, {}),
        ({"country_region": "CAN"}, {}),
        ({"first_name": "Jane", "last_name": "Dolores"}, {}),
    ],
)
def test_another_document(given, zone):
    document = replace(PERSON, **{"expiry_date": date(2032, 4, 15), **given})
    assert differs(document, record(td3(**zone)))


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        ({"birth_date": date(1974, 1, 1)}, {"birth": "74<<<<"}),
        ({"birth_date": date(1974, 1, 1)}, {"birth": "740000"}),
        ({"expiry_date": None}, {}),
        ({"expiry_date": date(2040, 1, 1)}, {"expiry": "991231"}),
        ({"sex": Sex.UNSPECIFIED}, {}),
        ({"sex": Sex.MALE}, {"sex": "<"}),
        ({"country_region": "VNM"}, {"state": "QQQ"}),
        ({"last_name": "Eriksson-Lindh", "first_name": None}, {}),
        ({"last_name": "Lindh", "first_name": "Anna"}, {}),
        ({"last_name": "Nguyễn", "first_name": "Thị Đào"}, {"names": "NGUYEN<<THI<DAO"}),
        ({"last_name": "Müller", "first_name": "Jörg"}, {"names": "MUELLER<<JOERG"}),
        ({"last_name": "陳", "first_name": "大文"}, {}),
        ({"last_name": None, "first_name": None}, {}),
        ({"document_number": "L898902 C3"}, {}),
    ],
)
def test_not_another_document(given, zone):
    document = replace(PERSON, **{"expiry_date": date(2032, 4, 15), **given})
    assert not differs(document, record(td3(**zone)))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"birth_date": date(1974, 8, 13)}, {"expiry_date", "document_number"}),
        ({"document_number": None}, {"birth_date", "expiry_date"}),
        ({"document_number": "L 898902-C3"}, {"birth_date", "expiry_date", "document_number"}),
        ({"expiry_date": None, "document_number": "X"}, {"birth_date"}),
    ],
)
def test_vouched(given, expected):
    assert vouched(replace(PERSON, **given), record(PERSON.mrz)) == expected
