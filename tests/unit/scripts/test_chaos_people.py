"""Invented holders: pictures tell whose they are, numbers hold, and somebody else's fields show."""

import base64
from datetime import date

import pytest

from gateway.image.inspect import inspect, reader
from gateway.model import DocumentType, IdDocument, Sex
from gateway.truth.failures import failures
from gateway.truth.national import number_holds
from scripts.chaos_people import differences, document, holder_of, missing, picture

NUMBERS = [1, 2, 3, 4, 77, 1234, 99_999, 100_000]


def typed(fields: dict[str, str]) -> IdDocument:
    return IdDocument(
        country_region=fields["country_region"],
        id_type=DocumentType(fields["id_type"]),
        sex=Sex(fields["sex"]),
        birth_date=date.fromisoformat(fields["birth_date"]),
        document_number=fields["document_number"],
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_what_stands_there_holds_and_a_misread_number_does_not(number):
    assert failures(typed(document(number))) == ()
    misread = document(number, misread=True)
    assert not number_holds(typed(misread))
    assert differences(number, misread) == ["document_number"]


def test_nobody_is_like_another():
    everybody = [document(number) for number in range(1, 3000)]
    for name in ("document_number", "first_name", "last_name"):
        assert len({fields[name] for fields in everybody}) == len(everybody)


@pytest.mark.parametrize("size", [0, 5000])
def test_a_picture_tells_whose_it_is(size):
    for number in NUMBERS:
        text = picture(number, size)
        for body in (f'{{"image": "{text}", "id_type": ["ID"]}}', f'{{"id_type":["ID"],"image":"{text}"}}'):
            assert holder_of(body.encode()) == number


def test_it_is_a_picture():
    header = inspect(reader(base64.b64decode(picture(1))))
    assert (header.width, header.height) == (640, 480)


def test_somebody_elses_field_is_a_difference_and_a_gap_is_none():
    answer = document(5)
    assert differences(5, answer) == missing(answer) == []
    del answer["birth_date"]
    assert (differences(5, answer), missing(answer)) == ([], ["birth_date"])
    assert differences(5, answer | {"first_name": document(7)["first_name"]}) == ["first_name"]
    assert differences(5, {"surprise": "x"}) == ["surprise"]
