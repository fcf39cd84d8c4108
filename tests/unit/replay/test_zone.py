from __future__ import annotations

from datetime import date

from gateway.model import IdDocument, Sex
from gateway.replay.zone import passport_zone
from gateway.truth.zone import zone_of

HOLDER = IdDocument(
    country_region="UTO",
    last_name="ERIKSSON",
    first_name="ANNA MARIA",
    nationality="UTO",
    birth_date=date(1974, 8, 12),
    sex=Sex.FEMALE,
    expiry_date=date(2012, 4, 15),
    document_number="L898902C3",
)


def test_the_specimen_of_the_standard_but_for_its_optional_data():
    first, second = passport_zone(HOLDER)
    assert first == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert second[:28] == "L898902C36UTO7408122F1204159"
    zone = zone_of((first, second))
    assert zone is not None
    assert zone.valid


def test_short_numbers_national_letters_and_names_without_end():
    holder = IdDocument(
        country_region="VNM",
        last_name="ĐẶNG",
        first_name="THỊ " + "ÁNH " * 12,
        birth_date=date(2000, 1, 1),
        expiry_date=date(2030, 1, 1),
        document_number="C1",
    )
    first, second = passport_zone(holder)
    assert first == "P<VNMDANG<<THI<ANH<ANH<ANH<ANH<ANH<ANH<ANH<A"[:44]
    assert second.startswith("C1<<<<<<<")
    assert second[20] == "<"
    zone = zone_of((first, second))
    assert zone is not None
    assert zone.valid
