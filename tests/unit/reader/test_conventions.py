"""What states print."""

import pytest

from gateway.normalize.countries import listed
from gateway.reader.conventions import ALPHABETS, AUTHORITY_PRINTED_PLAINLY, DAY_FIRST, MONTH_FIRST, spelled_dependably


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("ÇELA", "ALB", True),
        ("Çela", "ALB", True),
        ("ÊLA", "ALB", False),
        ("ELA", "ALB", True),
        ("TRAN", "VNM", False),
        ("TRAN", "UTO", False),
        ("TRAN", None, False),
        ("O'BRIEN-SMITH 2", "GBR", True),
        ("MUÑOZ", "GBR", False),
        ("MUÑOZ", "CHL", True),
        ("CONCEIÇÃO", "BRA", True),
    ],
)
def test_spelled_dependably(text, country, expected):
    assert spelled_dependably(text, country) is expected


def test_the_tables_agree_with_each_other():
    assert not DAY_FIRST & MONTH_FIRST
    assert set(ALPHABETS) >= AUTHORITY_PRINTED_PLAINLY
    assert all(map(listed, {*ALPHABETS, *DAY_FIRST, *MONTH_FIRST}))


def test_scripts_that_the_engine_cannot_read_are_not_listed():
    assert not {"VNM", "RUS", "UKR", "GRC", "BGR", "TUR", "POL", "ROU"} & set(ALPHABETS)
