from gateway.reader.mrz.blend import blend
from gateway.reader.mrz.glyph import Glyph, Row, certain_row
from gateway.reader.mrz.read import best_zone
from tests.unit.reader.mrz.zones import TD3


def look(*choices: tuple[str, float]) -> list[Row]:
    """The standard's passport with one letter of the surname in doubt."""
    first = list(certain_row(TD3[0]))
    first[6] = Glyph(choices, first[6].x)
    return [tuple(first), certain_row(TD3[1])]


def test_two_looks_that_agree_keep_their_score() -> None:
    zone = blend([look(("R", 0.7)), look(("R", 0.9))], None)
    assert zone is not None
    assert zone.lines == TD3
    assert zone.rows[0][6].score == 0.8


def test_the_surer_look_wins_and_the_dispute_shows() -> None:
    zone = blend([look(("K", 0.5), ("R", 0.4)), look(("R", 0.9))], None)
    assert zone is not None
    assert zone.lines == TD3
    assert zone.rows[0][6].score == 0.65


def test_a_look_without_a_zone_changes_nothing() -> None:
    known = best_zone([certain_row(line) for line in TD3])
    assert blend([[certain_row("NOTHING")]], known) is known


def test_a_look_that_missed_a_row_is_passed_over() -> None:
    zone = blend([[certain_row(TD3[1])], look(("R", 0.9))], None)
    assert zone is not None
    assert zone.lines == TD3
