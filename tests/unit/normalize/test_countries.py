"""Country codes of machine readable zones."""

import pytest

from gateway.normalize.countries import alpha3, listed


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("D", "DEU"),
        ("D<<", "DEU"),
        ("GBD", "GBR"),
        ("GBN", "GBR"),
        ("GBO", "GBR"),
        ("GBP", "GBR"),
        ("GBS", "GBR"),
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("TMP", "TLS"),
        ("RKS", "RKS"),
        ("UTO", "UTO"),
        ("XXA", "XXA"),
        ("idn", "IDN"),
        ("VNM", "VNM"),
        ("", None),
        ("<<<", None),
    ],
)
def test_alpha3(code, expected):
    assert alpha3(code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "VNM",
        "IND",
        "PHL",
        "ALB",
        "BRA",
        "IDN",
        "MYS",
        "NGA",
        "PAK",
        "RUS",
        "TWN",
        "UKR",
        "THA",
        "CHL",
        "HKG",
        "D",
        "GBN",
        "RKS",
        "UTO",
        "XXB",
    ],
)
def test_listed(code):
    assert listed(code)


@pytest.mark.parametrize("code", ["", "<<<", "ABC", "1DN", "D1", "XYZ"])
def test_not_listed(code):
    assert not listed(code)
