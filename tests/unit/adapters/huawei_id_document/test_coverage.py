import pytest

from gateway.adapters.huawei_id_document.coverage import COUNTRIES, PAIRS, covers
from gateway.model import DocumentType

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def test_table_1_has_15_countries_and_23_pairs():
    assert len(PAIRS) == 23
    assert len(COUNTRIES) == 15


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
