from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.consensus.persons import may_be_one_person, of_one_person
from gateway.model import IdDocument
from tests.unit.consensus.answers import MALEE, SOMCHAI, answers_of, malee

NUMBER, NEXT_NUMBER, BIRTH = "1209700123452", "3100600445643", date(1974, 11, 30)


@pytest.mark.parametrize(
    ("other", "different"),
    [
        (MALEE, False),
        (SOMCHAI, True),
        (malee(document_number=NUMBER), False),
        (malee(birth_date=BIRTH), False),
        (malee(first_name="Somchai"), False),
        (malee(document_number=NUMBER, birth_date=BIRTH), True),
        (malee(document_number=NUMBER, first_name="Somchai"), True),
        (malee(document_number=NUMBER, last_name="Rakthai"), True),
        (malee(first_name="Somchai", birth_date=BIRTH), True),
        (malee(first_name="Somchai", last_name="Rakthai"), False),
        (malee(document_number=None, first_name="Somchai"), False),
        # what a misreading explains
        (malee(document_number="3100600445636", birth_date=BIRTH), False),
        (malee(document_number=NUMBER, birth_date=date(1991, 2, 8)), False),
        (malee(document_number=NUMBER, first_name="Ma1ee"), False),
        # what is not there
        (malee(document_number=None, birth_date=BIRTH), False),
        (IdDocument(country_region="THA"), False),
        # the same, written otherwise
        (malee(first_name="JAIDEE", last_name="MALEE", document_number=NUMBER), False),
        (malee(first_name="มาลี", last_name="ใจดี", document_number=NUMBER), False),
        # a couple whose cards were made one after the other
        (replace(SOMCHAI, last_name="Jaidee", document_number="3100600445636"), True),
    ],
)
def test_two_marks_in_conflict_are_two_persons(other, different):
    assert may_be_one_person(answers_of(MALEE, other), 0, 1) is not different
    assert may_be_one_person(answers_of(other, MALEE), 0, 1) is not different


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (IdDocument(document_number=NUMBER), IdDocument(last_name="Jaidee", birth_date=BIRTH)),
        (IdDocument(first_name="Malee"), IdDocument(birth_date=BIRTH)),
        (replace(SOMCHAI, last_name=None, birth_date=None), malee(first_name=None)),
        (malee(document_number=None), replace(SOMCHAI, birth_date=None)),
    ],
)
def test_without_anything_in_common_that_fits_nobody_can_tell(one, other):
    assert not may_be_one_person(answers_of(one, other), 0, 1)


def test_the_back_of_a_card_says_nothing_of_its_holder_to_any_reader():
    back = IdDocument(country_region="THA", issue_date=date(2020, 2, 2))
    assert may_be_one_person(answers_of(back, replace(back, address="7 Lane")), 0, 1)


THIRD = replace(SOMCHAI, first_name="Ratana", birth_date=date(2001, 5, 6), document_number="5432100987658")
BARE = IdDocument(country_region="THA")


@pytest.mark.parametrize(
    ("documents", "minimum", "members"),
    [
        ([], 2, None),
        ([MALEE], 2, None),
        ([MALEE, MALEE], 2, (0, 1)),
        ([MALEE, SOMCHAI], 2, None),
        ([MALEE, SOMCHAI, MALEE], 2, (0, 2)),
        ([MALEE, SOMCHAI, MALEE], 3, None),
        ([SOMCHAI, MALEE, MALEE, MALEE], 2, (1, 2, 3)),
        ([MALEE, MALEE, SOMCHAI, SOMCHAI], 2, None),
        ([MALEE, MALEE, SOMCHAI, SOMCHAI, MALEE], 2, (0, 1, 4)),
        # no more than half
        ([MALEE, MALEE, SOMCHAI, THIRD], 2, None),
        # who says nothing of the holder may be of either
        ([MALEE, BARE], 2, (0, 1)),
        ([MALEE, SOMCHAI, BARE], 2, None),
        ([MALEE, SOMCHAI, BARE, MALEE], 2, (0, 2, 3)),
    ],
)
def test_the_one_person_is_that_of_most_answers_or_nobody(documents, minimum, members):
    assert of_one_person(answers_of(*documents), minimum) == members


PEOPLE = st.lists(
    st.sampled_from([MALEE, SOMCHAI, THIRD, BARE, malee(birth_date=None), malee(document_number=NUMBER)]), max_size=5
)


@given(PEOPLE, st.integers(2, 4))
@settings(deadline=None)
def test_no_two_of_a_group_are_different_and_the_group_is_a_majority(documents, minimum):
    answers = answers_of(*documents)
    members = of_one_person(answers, minimum)
    if members is not None:
        assert len(members) >= minimum
        assert 2 * len(members) > len(documents)
        assert all(may_be_one_person(answers, one, other) for one, other in combinations(members, 2))


@given(PEOPLE, st.integers(2, 3), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_answers_does_not_matter(documents, minimum, random):
    order = random.sample(range(len(documents)), len(documents))
    members = of_one_person(answers_of(*documents), minimum)
    shuffled = of_one_person(answers_of(*(documents[place] for place in order)), minimum)
    assert (members and frozenset(members)) == (shuffled and frozenset(order[place] for place in shuffled))
