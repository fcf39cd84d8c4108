from gateway.reader.mrz.glyph import Glyph, Row, certain_row
from gateway.reader.mrz.layout import TD3
from gateway.reader.mrz.repair import repair
from gateway.reader.mrz.zone import Zone
from tests.unit.reader.mrz import zones


def zone_with(changes: dict[int, tuple[tuple[str, float], ...]]) -> Zone:
    """The standard's passport, its second line read with these choices at these places."""
    second = list(certain_row(zones.TD3[1]))
    for place, choices in changes.items():
        second[place] = Glyph(choices, second[place].x)
    rows: tuple[Row, ...] = (certain_row(zones.TD3[0]), tuple(second))
    return Zone(TD3, rows)


def test_an_unsure_character_is_corrected() -> None:
    repaired = repair(zone_with({3: (("3", 0.6), ("8", 0.4))}))
    assert repaired is not None
    assert repaired.lines == zones.TD3
    assert repaired.repaired == 1
    assert repaired.record.scores["document_number"] == 0.4


def test_two_unsure_characters_are_corrected() -> None:
    repaired = repair(zone_with({3: (("3", 0.6), ("8", 0.4)), 15: (("6", 0.5), ("0", 0.45))}))
    assert repaired is None or repaired.lines == zones.TD3


def test_three_are_too_many() -> None:
    changes = {place: (("3", 0.6), (zones.TD3[1][place], 0.4)) for place in (1, 4, 6)}
    assert repair(zone_with(changes)) is None


def test_a_sure_character_is_never_changed() -> None:
    assert repair(zone_with({3: (("3", 1.0),)})) is None
    assert repair(zone_with({3: (("3", 0.99), ("8", 0.01))})) is None


def test_a_faintly_named_letter_may_replace_a_figure() -> None:
    """L for 1 does not change the sum; S for 5 does."""
    line = "XS98902C<" + zones.digit("XS98902C<") + zones.TD3[1][10:43]
    line += zones.digit(line[:10] + line[13:20] + line[21:43])
    second = list(certain_row(line))
    second[1] = Glyph((("5", 0.99), ("S", 0.006)))
    repaired = repair(Zone(TD3, (certain_row(zones.TD3[0]), tuple(second))))
    assert repaired is not None
    assert repaired.lines[1] == line


def test_two_equally_likely_corrections_are_none() -> None:
    """Eight nine's and two's apart by the same amount at places of the same weight: nobody can tell which was meant."""
    second = "111111111" + "1" + zones.TD3[1][10:43]
    second = zones.digit_fixed(second, number="181111111")
    row = list(certain_row(second))
    for place in (1, 4, 7):
        row[place] = Glyph((("1", 0.6), ("8", 0.4)))
    assert repair(Zone(TD3, (certain_row(zones.TD3[0]), tuple(row)))) is None


def test_nothing_to_repair_in_a_zone_without_alternatives() -> None:
    assert repair(zone_with({0: (("M", 1.0),)})) is None
