import pytest

from gateway.migrate.pairs import ANY, OTHER, PAIRS, TABLE_1_PAIRS, label, pair_of
from gateway.model import DocumentType
from tests.fakes import make_query

PP, ID = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD


@pytest.mark.parametrize(
    ("countries", "types", "pair"),
    [
        ({"THA"}, {PP}, "THA-PP"),
        ({"JPN"}, {PP}, OTHER),
        ({"BRA"}, {ID}, OTHER),
        ({"THA"}, set(), ANY),
        (set(), {PP}, ANY),
        (set(), set(), ANY),
        ({"THA", "VNM"}, {PP}, ANY),
        ({"THA"}, {PP, ID}, ANY),
    ],
)
def test_the_pair_that_is_asked_for(countries, types, pair):
    assert pair_of(make_query(countries=frozenset(countries), types=frozenset(types))) == pair


def test_there_are_the_23_pairs_of_table_1_and_two_more():
    assert len(TABLE_1_PAIRS) == 23
    assert len(set(PAIRS)) == 25
    assert all(label(*pair.split("-")) == pair for pair in TABLE_1_PAIRS)
