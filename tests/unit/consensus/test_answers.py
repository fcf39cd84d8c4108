from datetime import date

import pytest

from gateway.consensus.answers import NAME, UNITS, Answers
from gateway.model import IdDocument, Recognition
from gateway.shadow.compare import FIELDS
from tests.unit.consensus.answers import MALEE, SOMCHAI, answers_of, malee

BIRTH = ("birth_date",)


def test_every_field_is_judged_once():
    assert sorted(name for unit in UNITS for name in unit) == sorted(FIELDS)


def test_places_are_in_order_of_trust_whenever_they_came():
    answers = Answers()
    for place, name in ((2, "c"), (0, "a"), (1, "b")):
        answers.add(place, Recognition(MALEE, name))
    assert [answers.upstream(place) for place in answers] == ["a", "b", "c"]
    assert len(answers) == 3


def test_what_is_given():
    answers = answers_of(malee(last_name=None), malee(first_name="  "), IdDocument())
    assert [answers.given(place, NAME) for place in answers] == [["first_name"], ["last_name"], []]


@pytest.mark.parametrize(
    ("unit", "other", "agree", "conflict"),
    [
        (BIRTH, MALEE, True, False),
        (BIRTH, malee(birth_date=date(1991, 2, 8)), False, False),
        (BIRTH, SOMCHAI, False, True),
        (BIRTH, malee(birth_date=None), False, False),
        (NAME, malee(first_name="MALEE"), True, False),
        (NAME, malee(first_name=None), True, False),
        (NAME, malee(first_name="Ma1ee"), False, False),
        (NAME, malee(last_name="Rakthai"), False, True),
        (NAME, malee(first_name=None, last_name=None), False, False),
    ],
)
def test_how_two_compare_in_either_direction(unit, other, agree, conflict):
    for answers in (answers_of(MALEE, other), answers_of(other, MALEE)):
        for pair in ((0, 1), (1, 0)):
            assert answers.agree(*pair, unit) is agree
            assert answers.conflict(*pair, unit) is conflict
