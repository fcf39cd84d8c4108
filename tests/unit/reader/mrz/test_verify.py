from gateway.reader.mrz.layout import TD1, TD3
from gateway.reader.mrz.verify import document_number, verify
from tests.unit.reader.mrz import zones

LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
"""The example of a long number in ICAO Doc 9303-5."""


def test_one_wrong_character_breaks_its_digit_and_the_composite() -> None:
    wrong = (zones.TD3[0], zones.TD3[1].replace("740812", "740813"))
    checks = verify(TD3, wrong)
    assert [name for name, held in checks.items() if not held] == ["birth_date", "composite"]


def test_a_long_number_runs_on_into_the_optional_data() -> None:
    assert all(verify(TD1, LONG).values())
    assert document_number(TD1, LONG) == ("D23145890734", "")


def test_a_long_number_whose_digit_fails_is_not_put_together() -> None:
    wrong = (LONG[0].replace("7349", "7348"), *LONG[1:])
    assert not verify(TD1, wrong)["document_number"]
    assert document_number(TD1, wrong) == ("D23145890", "7348")


def test_what_follows_a_long_number_stays_optional_data() -> None:
    lines = (LONG[0].replace("7349<<<", "7349<AB"), *LONG[1:])
    assert document_number(TD1, lines) == ("D23145890734", "AB")


def test_an_ordinary_number_loses_its_fillers() -> None:
    assert document_number(TD1, zones.TD1) == ("D23145890", "")
