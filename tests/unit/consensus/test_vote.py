from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.consensus.answers import UNITS
from gateway.consensus.vote import vote
from gateway.model import DocumentType, IdDocument, Sex
from gateway.shadow.compare import AGREED, FIELDS, compare
from tests.unit.consensus.answers import ERIKSSON, MALEE, ballot_of, malee


def unknown(_upstream: str, _field: str, _confidence: float) -> None:
    """Nothing has been learnt of anybody."""


def elect(*documents: IdDocument, score=unknown):
    return vote(ballot_of(*documents), score)


RIGHT, WRONG, OTHER = date(1991, 2, 3), date(1991, 2, 8), date(1981, 2, 3)


@pytest.mark.parametrize(
    ("dates", "winner", "agreed"),
    [
        ([RIGHT, RIGHT], RIGHT, "ab"),
        ([WRONG, RIGHT, RIGHT], RIGHT, "bc"),
        ([RIGHT, WRONG, RIGHT], RIGHT, "ac"),
        ([WRONG, RIGHT], WRONG, "a"),
        ([OTHER, WRONG, RIGHT], OTHER, "a"),
        ([None, RIGHT, RIGHT], RIGHT, "bc"),
        ([None, None, RIGHT], RIGHT, "c"),
        ([None, WRONG, RIGHT], WRONG, "b"),
        ([WRONG, WRONG, RIGHT, RIGHT], WRONG, "ab"),
        ([OTHER, WRONG, WRONG, RIGHT, RIGHT, RIGHT], RIGHT, "def"),
    ],
)
def test_most_decide_and_else_the_most_trusted(dates, winner, agreed):
    outcome = elect(*(malee(birth_date=day) for day in dates))
    assert outcome.document.birth_date == winner
    assert outcome.provenance["birth_date"] == tuple(agreed)


def test_what_nobody_has_is_absent():
    outcome = elect(malee(birth_date=None), malee(birth_date=None))
    assert outcome.document.birth_date is None
    assert "birth_date" not in outcome.provenance


def test_the_same_written_otherwise_counts_and_stands_as_the_most_trusted_wrote_it():
    outcome = elect(malee(first_name="Mali"), malee(first_name="MALEE", last_name="JAIDEE"), MALEE)
    assert (outcome.document.first_name, outcome.document.last_name) == ("MALEE", "JAIDEE")
    assert outcome.provenance["first_name"] == outcome.provenance["last_name"] == ("b", "c")


def test_no_name_is_made_of_two_ways_to_divide_it():
    undivided = malee(last_name="Jaidee Malee", first_name=None)
    crossed = malee(last_name="Malee", first_name="Jaidee")
    for order in permutations([undivided, crossed, MALEE]):
        document = elect(*order).document
        assert (document.last_name, document.first_name) in {("Jaidee", "Malee"), ("Malee", "Jaidee")}


def test_of_equal_support_the_fuller_name_is_taken():
    outcome = elect(malee(first_name=None), MALEE)
    assert (outcome.document.last_name, outcome.document.first_name) == ("Jaidee", "Malee")
    assert outcome.provenance["last_name"] == ("b", "a")
    assert outcome.provenance["first_name"] == ("b",)


def test_a_tie_goes_to_what_a_check_digit_bears_out():
    """The last figure of a Thai number follows from the others."""
    assert elect(malee(document_number="3100600445653"), MALEE).document.document_number == "3100600445635"


def test_a_tie_goes_to_what_a_sound_zone_bears_out():
    read_by_eye = replace(ERIKSSON, mrz=(), birth_date=date(1974, 8, 17), document_number="L898902G3")
    outcome = elect(read_by_eye, ERIKSSON)
    assert (outcome.document.birth_date, outcome.document.document_number) == (date(1974, 8, 12), "L898902C3")
    assert outcome.document.mrz == ERIKSSON.mrz


def test_a_check_digit_does_not_outvote():
    wrong = replace(ERIKSSON, mrz=(), birth_date=date(1974, 8, 17))
    assert elect(wrong, ERIKSSON, wrong).document.birth_date == date(1974, 8, 17)


def learnt(shares: Mapping[str, float | None]):
    return lambda upstream, field, _: shares.get(upstream) if field == "birth_date" else None


@pytest.mark.parametrize(
    ("shares", "winner"),
    [
        ({"a": 0.7, "b": 0.9}, RIGHT),
        ({"a": 0.9, "b": 0.7}, WRONG),
        ({"a": 0.9, "b": 0.9}, WRONG),
        ({"b": 0.9}, WRONG),  # nobody knows about a
        ({}, WRONG),
    ],
)
def test_a_tie_goes_to_the_better_calibrated_confidence_where_that_is_known_of_all(shares, winner):
    scored = {"birth_date": 0.99}
    documents = malee(birth_date=WRONG, confidence=scored), malee(birth_date=RIGHT, confidence=scored)
    assert elect(*documents, score=learnt(shares)).document.birth_date == winner


def test_raw_confidences_of_two_vendors_are_not_compared():
    documents = (
        malee(birth_date=WRONG, confidence={"birth_date": 0.2}),
        malee(birth_date=RIGHT, confidence={"birth_date": 0.99}),
    )
    assert elect(*documents).document.birth_date == WRONG


def test_the_confidence_is_that_of_the_value_and_never_invented():
    scored, other = malee(confidence={"birth_date": 0.9, "sex": 0.8}), malee(confidence={"birth_date": 0.3})
    assert elect(scored, other, MALEE).document.confidence == {"birth_date": 0.9, "sex": 0.8}
    assert elect(MALEE, scored, other).document.confidence == {}


def test_the_portrait_is_the_most_trusted_ones():
    outcome = elect(MALEE, malee(portrait_image=b"Yg=="), malee(portrait_image=b"Yw=="))
    assert outcome.document.portrait_image == b"Yg=="
    assert outcome.provenance["portrait_image"] == ("b",)


def test_a_sound_zone_is_kept_before_a_broken_one():
    broken = replace(ERIKSSON, mrz=(ERIKSSON.mrz[0], ERIKSSON.mrz[1].replace("7408122", "7408172")))
    assert elect(broken, ERIKSSON).document.mrz == ERIKSSON.mrz
    assert elect(replace(ERIKSSON, mrz=()), broken).document.mrz == broken.mrz


def test_who_gave_most_is_named():
    assert elect(malee(birth_date=WRONG), malee(address="7 Lane"), MALEE).upstream == "a"
    assert elect(IdDocument(country_region="THA"), MALEE).upstream == "b"


TEXT = st.sampled_from([None, "", "Malee", "MALEE", "Jaidee", "Jaidee Malee", "Ma1ee", "Somchai"])
DATES = st.sampled_from([None, RIGHT, WRONG, OTHER])
SCORES = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from([0.4, 0.9, 0.999]), max_size=4)
DOCUMENTS = st.builds(
    IdDocument,
    country_region=st.sampled_from([None, "THA", "VNM"]),
    id_type=st.sampled_from([None, *DocumentType]),
    first_name=TEXT,
    last_name=TEXT,
    sex=st.sampled_from([None, *Sex]),
    birth_date=DATES,
    issue_date=DATES,
    document_number=st.sampled_from([None, "3100600445635", "3-1006-00445-63-5", "3100600445653"]),
    address=st.sampled_from([None, "7 Lane, Bangkok", "Bangkok 7 Lane"]),
    confidence=SCORES,
    mrz=st.sampled_from([(), ERIKSSON.mrz]),
)
ELECTORATES = st.lists(DOCUMENTS, min_size=1, max_size=4)


@given(ELECTORATES)
@settings(deadline=None)
def test_every_value_stands_in_the_answer_it_is_said_to_be_from(documents):
    outcome = elect(*documents)
    answers = dict(zip("abcd", documents, strict=False))
    given = {name for name in FIELDS if getattr(outcome.document, name) is not None}
    assert outcome.provenance.keys() == given
    for name in given:
        giver = answers[outcome.provenance[name][0]]
        assert getattr(outcome.document, name) == getattr(giver, name)
        assert outcome.document.confidence.get(name) == giver.confidence.get(name)
    assert outcome.document.confidence.keys() <= given
    assert outcome.upstream in answers


@given(ELECTORATES)
@settings(deadline=None)
def test_who_is_said_to_agree_does_agree(documents):
    outcome = elect(*documents)
    answers = dict(zip("abcd", documents, strict=False))
    for name, agreed in outcome.provenance.items():
        assert len(set(agreed)) == len(agreed)
        for other in agreed[1:]:
            assert compare(answers[agreed[0]], answers[other])[name] in AGREED


@given(ELECTORATES)
@settings(deadline=None)
def test_a_field_is_absent_only_where_nobody_has_it_or_the_name_it_belongs_to_won_without(documents):
    outcome = elect(*documents)
    for unit in UNITS:
        had = any((getattr(document, name) or "") != "" for document in documents for name in unit)
        assert any(getattr(outcome.document, name) is not None for name in unit) == had


@given(ELECTORATES, st.sampled_from([unknown, lambda *_: 0.5]))
@settings(deadline=None)
def test_nobody_has_more_support_than_the_winner(documents, score):
    ballot = ballot_of(*documents)
    for unit in UNITS:
        place = ballot.winner(unit, score)
        most = max((len(ballot.supporters(voter, unit)) for voter in ballot.voters(unit)), default=0)
        assert (0 if place is None else len(ballot.supporters(place, unit))) == most


@given(ELECTORATES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_an_outright_majority_wins_in_any_order(documents, random):
    shuffled = random.sample(documents, len(documents))
    outcomes = elect(*documents).document, elect(*shuffled).document
    for name in ("birth_date", "issue_date", "sex"):
        values = [getattr(document, name) for document in documents if getattr(document, name) is not None]
        for value in values:
            if 2 * values.count(value) > len(values):
                assert [getattr(document, name) for document in outcomes] == [value, value]


@given(DOCUMENTS)
@settings(deadline=None)
def test_one_voter_gets_its_own_answer_back(document):
    assert set(compare(document, elect(document).document).values()) <= {"exact"}
