import pytest

from gateway.model import DocumentType
from gateway.table1 import TABLE_1, covers

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def test_table_1_has_15_countries_and_23_pairs():
    assert len(TABLE_1) == 15
    assert sum(map(len, TABLE_1.values())) == 23
    assert all(TABLE_1[country] == {PP} for country in ("IND", "BRA", "RUS", "UKR", "TWN"))
    assert TABLE_1["HKG"] == {ID}


@pytest.mark.parametrize(
    ("countries", "types", "covered"),
    [
        ((), (), True),
        (("THA",), (), True),
        (("USA",), (), False),
        (("USA", "THA"), (), True),
        (("THA",), (PP,), True),
        (("THA",), (DL,), False),
        (("THA",), (DL, ID), True),
        (("THA", "VNM"), (DL,), True),
        (("HKG",), (PP,), False),
        (("HKG",), (ID,), True),
        ((), (DL,), True),
    ],
)
def test_one_pair_within_both_filters_is_enough(countries, types, covered: bool):
    assert covers(frozenset(countries), frozenset(types)) is covered
