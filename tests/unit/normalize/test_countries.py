"""Country codes of machine readable zones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.countries import alpha3, country, fold, listed
from gateway.normalize.tables import load
from gateway.table1 import TABLE_1


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VNM", "VNM"),
        ("vnm", "VNM"),
        ("VN", "VNM"),
        ("D", "DEU"),
        ("D<<", "DEU"),
        ("GBD", "GBR"),
        ("UK", "GBR"),
        ("RKS", "RKS"),
        ("XKX", "RKS"),
        ("XK", "RKS"),
        ("UTO", "UTO"),
        ("XXA", "XXA"),
        ("Stateless", "XXA"),
        ("VIỆT NAM", "VNM"),
        ("Viet Nam", "VNM"),
        ("VIETNAMESE", "VNM"),
        ("ไทย", "THA"),
        ("สัญชาติไทย", "THA"),
        ("Thai", "THA"),
        ("SHQIPTARE", "ALB"),
        ("SHQIPTAR", "ALB"),
        ("SHQIPTARE/ALBANIAN", "ALB"),
        ("Republika e Shqipërisë", "ALB"),
        ("CHILENA", "CHL"),
        ("CHILENO", "CHL"),
        ("CHILENO/A", "CHL"),
        ("BRASILEIRO(A)", "BRA"),
        ("Brasileira", "BRA"),
        ("BRASIL", "BRA"),
        ("INDONESIA", "IDN"),
        ("WNI", "IDN"),
        ("MALAYSIA", "MYS"),
        ("WARGANEGARA", "MYS"),
        ("NIGERIAN", "NGA"),
        ("PAKISTANI", "PAK"),
        ("INDIAN", "IND"),
        ("भारतीय / INDIAN", "IND"),
        ("FILIPINO", "PHL"),
        ("Pilipino", "PHL"),
        ("Republic of the Philippines", "PHL"),
        ("РОССИЙСКАЯ ФЕДЕРАЦИЯ/RUSSIAN FEDERATION", "RUS"),
        ("УКРАЇНА / UKRAINE", "UKR"),
        ("REPUBLIC OF CHINA", "TWN"),
        ("Republic of China (Taiwan)", "TWN"),
        ("People's Republic of China", "CHN"),
        ("People\u2019s Republic of China", "CHN"),
        ("CHINESE", "CHN"),
        ("中国", "CHN"),
        ("中國香港", "HKG"),
        ("越南", "VNM"),
        ("Hong Kong SAR", "HKG"),
        ("UNITED STATES OF AMERICA", "USA"),
        ("the United States", "USA"),
        ("Côte d'Ivoire", "CIV"),
        ("COTE D IVOIRE", "CIV"),
        ("Trinidad & Tobago", "TTO"),
        ("St. Kitts & Nevis", "KNA"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("Nigerien", "NER"),
        ("Dominica", "DMA"),
        ("Türkiye", "TUR"),
    ],
)
def test_country(text, expected):
    assert country(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "N/A",
        "Korean",
        "Congolese",
        "Dominican",
        "V1ETNAM",
        "XYZ",
        "1DN",
        "X",
        "ALBANIAN/CHILEAN",
        "A",
        "/",
        "???",
    ],
)
def test_no_country(text):
    assert country(text) is None


NAMES = load("gateway.normalize", "country_names.json")
NATIVE = load("gateway.normalize", "native_names.json")


def test_every_country_has_its_names():
    codes = set(" ".join(load("gateway.normalize", "countries.json")["iso"]).split())
    assert len(codes) == 249
    assert codes <= NAMES.keys()
    alpha2 = [NAMES[code].split("|")[0] for code in codes]
    assert all(len(code) == 2 and code.isupper() for code in alpha2)
    assert len(set(alpha2)) == 249
    assert TABLE_1.keys() <= NATIVE.keys()
    assert all(listed(code) for code in (*NAMES, *NATIVE))


def test_no_name_is_of_two_countries():
    owners = {}
    for code, names in (*NAMES.items(), *NATIVE.items()):
        for name in names.split("|"):
            owners.setdefault(fold(name), set()).add(code)
            assert country(name) == code, name
    assert [name for name, codes in owners.items() if len(codes) > 1 or not name] == []


@given(st.text())
def test_any_text_is_a_code_or_nothing(text):
    code = country(text)
    assert code is None or (listed(code) and country(code) == code)
