"""The sex field."""

import pytest

from gateway.model import Sex
from gateway.normalize.sex import mrz_sex


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("F", Sex.FEMALE),
        ("M", Sex.MALE),
        ("<", Sex.UNSPECIFIED),
        ("X", Sex.UNSPECIFIED),
        ("", Sex.UNSPECIFIED),
        ("K", None),
        ("m", None),
    ],
)
def test_sex(code, expected):
    assert mrz_sex(code) is expected
