from gateway.reader.mrz.doubt import doubtful_lines
from gateway.reader.mrz.glyph import Glyph, certain_row
from gateway.reader.mrz.layout import TD3
from gateway.reader.mrz.zone import Zone
from tests.unit.reader.mrz.zones import TD3 as LINES


def zone_with(*doubts: tuple[int, int]) -> Zone:
    rows = [list(certain_row(line)) for line in LINES]
    for line, place in doubts:
        rows[line][place] = Glyph(((rows[line][place].character, 0.5),))
    return Zone(TD3, tuple(tuple(row) for row in rows))


def test_a_sure_zone_raises_no_doubt() -> None:
    assert doubtful_lines(zone_with()) == set()


def test_names_have_no_check_digit() -> None:
    assert doubtful_lines(zone_with((0, 6))) == {0}


def test_one_doubtful_figure_is_vouched_for_by_its_digit_but_two_are_not() -> None:
    assert doubtful_lines(zone_with((1, 3))) == set()
    assert doubtful_lines(zone_with((1, 3), (1, 5))) == {1}


def test_a_known_state_is_believed() -> None:
    assert doubtful_lines(zone_with((0, 3))) == set()


def test_a_filler_among_fillers_is_believed() -> None:
    assert doubtful_lines(zone_with((0, 40))) == set()
    assert doubtful_lines(zone_with((0, 13))) == {0}


def test_a_zone_that_does_not_hold_is_doubtful_throughout() -> None:
    rows = (certain_row(LINES[0]), certain_row(LINES[1].replace("L898", "M898")))
    assert doubtful_lines(Zone(TD3, rows)) == {0, 1}
