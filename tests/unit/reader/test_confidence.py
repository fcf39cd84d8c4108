"""Confidence of every field and evidence, from the shipped table."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import IdDocument
from gateway.reader.confidence import KINDS, confidence, interpolate
from gateway.reader.evidence import Evidence, FieldChoice

SHIPPED = json.loads(files("gateway.reader").joinpath("calibration.json").read_text())


@pytest.mark.parametrize(
    ("score", "expected"), [(-1, 0.5), (0.0, 0.5), (0.5, 0.6), (0.9, 0.7), (0.95, 0.8), (1.0, 0.9), (2, 0.9)]
)
def test_interpolate(score, expected):
    table = ((0.0, 0.5), (0.5, 0.6), (0.8, 0.7), (0.9, 0.7), (1.0, 0.9))
    assert interpolate(table, score) == pytest.approx(expected)


def test_a_table_of_one_point_is_level():
    assert interpolate(((0.5, 0.7),), 0.0) == interpolate(((0.5, 0.7),), 1.0) == 0.7


@given(
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(Evidence),
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=1),
)
def test_never_certain_either_way_and_rising_with_the_score(field, evidence, one, other):
    low, high = sorted((one, other))
    below, above = (confidence(FieldChoice(field, "X", evidence, score)) for score in (low, high))
    assert 0 < below <= above < 1


def test_every_field_that_is_read_has_a_kind():
    assert set(KINDS) < set(IdDocument.__dataclass_fields__)


def test_every_evidence_class_has_a_table():
    assert {str(evidence) for evidence in Evidence} <= set(SHIPPED["tables"])


def test_a_failed_check_is_worth_less_than_one_that_holds():
    def sure(evidence):
        return confidence(FieldChoice("document_number", "X", evidence, 0.99))

    assert sure(Evidence.CHECK_FAILED) < 0.5 < sure(Evidence.CHECKED) <= sure(Evidence.CHECKED_AND_PRINTED)


def test_the_file_says_what_it_was_fitted_on():
    assert SHIPPED["fitted_on"]
    assert all(point["n"] >= 0 for points in SHIPPED["tables"].values() for point in points)
