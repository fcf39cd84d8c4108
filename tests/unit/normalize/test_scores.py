"""Scores as confidences."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import IdDocument
from gateway.normalize.scores import scores

DOCUMENT = IdDocument(last_name="TRAN", document_number="B1234567", portrait_image=b"AAAA", mrz=("P<",))


@pytest.mark.parametrize(
    ("score", "scale", "expected"),
    [
        (0.98, 1, 0.98),
        (1, 1, 1.0),
        (0, 1, 0.0),
        ("0.98", 1, 0.98),
        ("95.50", 100, 0.955),
        (95.5, 100, 0.955),
        (" 97 ", 100, 0.97),
    ],
)
def test_a_score(score, scale, expected):
    assert scores(DOCUMENT, {"last_name": score}, scale=scale) == {"last_name": expected}


@pytest.mark.parametrize(
    "score",
    [
        None,
        True,
        "",
        "N/A",
        "nan",
        "inf",
        "1e-1",
        "0_1",
        "\u0661",
        "-0.5",
        -0.5,
        1.01,
        "99",
        math.nan,
        math.inf,
        10**400,
        [0.5],
        {"value": 0.5},
    ],
)
def test_no_score(score):
    assert scores(DOCUMENT, {"last_name": score}) == {}


def test_only_of_fields_that_were_read():
    given_scores = dict.fromkeys(
        ("last_name", "first_name", "document_number", "portrait_image", "mrz", "confidence", "overall"), 0.5
    )
    assert scores(DOCUMENT, given_scores).keys() == {"last_name", "document_number", "portrait_image"}


@given(st.dictionaries(st.sampled_from(["last_name", "document_number"]), st.integers() | st.floats() | st.text()))
def test_all_are_shares(given_scores):
    found = scores(DOCUMENT, given_scores, scale=100.0)
    assert all(0 <= score <= 1 for score in found.values())
