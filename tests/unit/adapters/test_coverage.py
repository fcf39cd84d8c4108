import pytest

from gateway.adapters.coverage import ALL_PAIRS, PASSPORTS, candidates, coverage, pairs, reads_only
from gateway.exchange import Evidence
from gateway.model import DocumentType, Query
from tests.fakes import make_query

PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD


def asking(countries: str = "", types: str = "") -> Query:
    return make_query(countries=frozenset(countries.split()), types=frozenset(map(DocumentType, types.split())))


def test_table_1_has_23_pairs_14_of_them_passports():
    assert (len(ALL_PAIRS), len(PASSPORTS)) == (23, 14)


def test_pairs_are_written_by_country():
    assert pairs("VNM PP DL, THA ID") == {("VNM", PP), ("VNM", DL), ("THA", ID)}
    assert pairs("") == frozenset()


@pytest.mark.parametrize("text", ["HKG PP", "DEU PP", "VNM XX"])
def test_a_pair_outside_table_1_is_a_mistake(text: str):
    with pytest.raises(ValueError, match=r"Table 1|valid DocumentType"):
        pairs(text)


def test_the_best_evidence_counts():
    thai = pairs("THA ID")
    assert coverage(listed=thai, general=ALL_PAIRS)[("THA", ID)] is Evidence.LISTED
    assert coverage(general=ALL_PAIRS, zone=ALL_PAIRS)[("THA", ID)] is Evidence.GENERAL
    assert coverage(zone=thai, withdrawn=thai)[("THA", ID)] is Evidence.ZONE
    assert coverage(withdrawn=thai)[("THA", ID)] is Evidence.WITHDRAWN
    assert coverage() == {}


CARDS = coverage(listed=pairs("THA ID, VNM ID DL"))


@pytest.mark.parametrize(
    ("countries", "types", "able", "sure"),
    [
        ("THA", "ID", "THA ID", "THA ID"),
        ("THA", "", "THA ID", ""),
        ("VNM", "ID DL", "VNM ID DL", "VNM ID DL"),
        ("THA HKG", "ID", "THA ID", ""),
        ("", "", "THA ID, VNM ID DL", ""),
        ("CHL", "", "", ""),
    ],
)
def test_a_query_may_be_for_more_than_a_vendor_reads(countries: str, types: str, able: str, sure: str):
    assert candidates(CARDS, asking(countries, types)) == pairs(able)
    assert reads_only(CARDS, asking(countries, types)) == pairs(sure)


def test_a_country_outside_table_1_is_nobodys():
    assert candidates(CARDS, asking("DEU", "ID")) == reads_only(CARDS, asking("DEU", "ID")) == frozenset()
