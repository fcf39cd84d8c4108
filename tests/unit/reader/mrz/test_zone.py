import pytest

from gateway.reader.mrz.glyph import Glyph, certain_row
from gateway.reader.mrz.layout import TD1, TD2, TD3, Layout
from gateway.reader.mrz.record import MrzFormat
from gateway.reader.mrz.zone import PRESENT, Zone
from tests.unit.reader.mrz import zones


def zone_of(layout: Layout, lines: tuple[str, ...]) -> Zone:
    return Zone.of(layout, tuple(certain_row(line) for line in lines))


def test_a_passports_fields() -> None:
    record = zone_of(TD3, zones.TD3).record
    assert record.format is MrzFormat.TD3
    assert record.lines == zones.TD3
    assert record.document_code == "P"
    assert record.issuing_state == record.nationality == "UTO"
    assert (record.surname, record.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert record.document_number == "L898902C3"
    assert (record.birth_date, record.sex, record.expiry_date) == ("740812", "F", "120415")
    assert (record.optional, record.optional2) == ("ZE184226B", "")
    assert record.valid
    assert record.repaired == 0


@pytest.mark.parametrize(("layout", "lines"), [(TD1, zones.TD1), (TD2, zones.TD2)])
def test_a_cards_fields(layout: Layout, lines: tuple[str, ...]) -> None:
    record = zone_of(layout, lines).record
    assert record.document_code == "I"
    assert record.document_number == "D23145890"
    assert record.surname == "ERIKSSON"
    assert record.valid


def test_a_sound_zone_has_merit_and_a_shuffled_one_has_none() -> None:
    assert zone_of(TD3, zones.TD3).merit > 20 > PRESENT
    assert zone_of(TD3, (zones.TD3[1], zones.TD3[0])).merit < PRESENT


def test_scores_are_those_of_the_least_certain_character() -> None:
    rows = [list(certain_row(line)) for line in zones.TD3]
    rows[1][3] = Glyph((("8", 0.6), ("B", 0.01)))
    rows[0][7] = Glyph((("I", 0.7),))
    scores = Zone.of(TD3, (tuple(rows[0]), tuple(rows[1]))).record.scores
    assert scores["document_number"] == 0.6
    assert (scores["surname"], scores["given_names"]) == (0.7, 1.0)
    assert scores["birth_date"] == 1.0
    assert scores["composite"] == 0.6


@pytest.mark.parametrize(
    ("names", "place", "expected"),
    [
        ("ERIKSSON<<ANNA<MARIA", 8, (0.5, 1.0)),  # a filler that ends the surname
        ("ERIKSSON<<ANNA<MARIA", 14, (1.0, 0.5)),  # the one between two given names
        ("ERIKSSON<<ANNA<MARIA", 20, (1.0, 1.0)),  # those behind the names are filling
        ("ERIKSSON<<ANNA<MARIA", 38, (1.0, 1.0)),
        ("ERIKSSON", 3, (0.5, 0.5)),  # a holder of one name
        ("ERIKSSON", 8, (1.0, 1.0)),
    ],
)
def test_names_are_scored_by_their_own_characters(names: str, place: int, expected: tuple[float, float]) -> None:
    first = list(certain_row(f"P<UTO{names}".ljust(44, "<")))
    first[5 + place] = Glyph(((first[5 + place].character, 0.5),))
    scores = Zone.of(TD3, (tuple(first), certain_row(zones.TD3[1]))).record.scores
    assert (scores["surname"], scores["given_names"]) == expected


def test_a_character_that_fits_no_kind_stays_and_counts() -> None:
    zone = zone_of(TD3, (zones.TD3[0], zones.TD3[1].replace("F1204", "01204")))
    assert zone.record.sex == "0"
    assert zone.violations == 1
    assert not zone.valid


def test_a_one_letter_state() -> None:
    lines = ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")
    record = zone_of(TD3, lines).record
    assert (record.issuing_state, record.nationality) == ("D", "D")
    assert record.valid
