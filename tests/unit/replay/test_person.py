from __future__ import annotations

from datetime import date

import pytest

from gateway.model import DocumentType
from gateway.replay.person import invented
from gateway.table1 import TABLE_1
from gateway.truth.check import check
from gateway.truth.failures import failures
from tests.fakes import make_query

PAIRS = [(country, kind) for country, kinds in TABLE_1.items() for kind in sorted(kinds)]
TODAY = date(2026, 11, 22)


def asked(countries=(), types=()):
    return make_query(countries=frozenset(countries), types=frozenset(types))


@pytest.mark.parametrize(("country", "kind"), PAIRS)
def test_an_invented_holder_stands_up_to_every_check(country, kind):
    for picture in map(str, range(40)):
        document = invented(asked([country], [kind]), picture)
        assert (document.country_region, document.id_type) == (country, kind)
        assert failures(document, today=TODAY) == ()
        assert check(document, today=TODAY) == document
        assert all(getattr(document, name) is not None for name in document.confidence)
        assert set(document.confidence.values()) <= {0.9 + step / 1000 for step in range(100)}
        assert bool(document.mrz) == (kind is DocumentType.PASSPORT)


def test_documents_carry_what_they_carry():
    card = invented(asked(["HKG"]), "a")
    assert (card.nationality, card.expiry_date, card.issuing_authority, card.address) == (None, None, None, None)
    assert card.issue_date is not None
    licence = invented(asked(["VNM"], [DocumentType.DRIVING_LICENCE]), "a")
    assert licence.sex is None
    assert licence.address is not None


def test_the_picture_alone_says_who_it_is():
    passports = asked(["THA"], [DocumentType.PASSPORT])
    assert invented(passports, "a") == invented(passports, "a")
    names = {invented(passports, str(picture)).document_number for picture in range(100)}
    assert len(names) == 100


def test_any_of_the_pairs_that_were_asked_for():
    kinds = {invented(asked(["VNM"]), str(picture)).id_type for picture in range(50)}
    assert kinds == set(DocumentType)
    states = {invented(asked(), str(picture)).country_region for picture in range(500)}
    assert states == TABLE_1.keys()
    assert invented(asked(["FRA"]), "a") is None
    assert invented(asked(["HKG"], [DocumentType.PASSPORT]), "a") is None
