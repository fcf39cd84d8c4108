import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reader.mrz.fit import fit
from gateway.reader.mrz.glyph import Row, certain_row, text_of
from tests.unit.reader.mrz.zones import TD3


def without(row: Row, *places: int) -> Row:
    return tuple(glyph for place, glyph in enumerate(row) if place not in places)


def test_a_row_of_the_right_width_is_left_alone() -> None:
    row = certain_row(TD3[0])
    assert fit(row, 44, 5) == [row]


@pytest.mark.parametrize("length", [30, 38, 50, 60])
def test_a_row_far_off_is_no_line_of_that_width(length: int) -> None:
    assert fit(certain_row("<" * length), 44, 5) == []


def test_lost_fillers_go_back_where_the_pitch_has_room() -> None:
    line = "AB12345670UTO7408122F1204159ABC<<DE<<FGH<<10"
    shortened = without(certain_row(line), 35, 40)
    assert text_of(fit(shortened, 44, 20)[0]) == line


def test_a_shortened_end_is_padded() -> None:
    assert text_of(fit(certain_row(TD3[0][:40]), 44, 5)[0]) == TD3[0]


def test_surplus_fillers_are_taken_from_the_longest_run() -> None:
    assert text_of(fit(certain_row(TD3[0] + "<<"), 44, 5)[0]) == TD3[0]


def test_a_stroke_before_the_line_can_be_cut() -> None:
    assert TD3[1] in [text_of(way) for way in fit(certain_row("1" + TD3[1]), 44, 20)]


def test_fillers_of_the_number_are_never_stretched() -> None:
    line = "X0000<<<<0IDN4508179S1601269ABCDEFGHIJKLMN91"
    ways = [text_of(way) for way in fit(without(certain_row(line), 6), 44, 20)]
    assert all(way[:20] == line[:5] + line[6:21] for way in ways)


@given(st.text("AB<", min_size=1, max_size=60), st.sampled_from([30, 36, 44]))
def test_every_way_has_the_width_and_the_letters_in_order(text: str, width: int) -> None:
    letters = text.replace("<", "")
    for way in fit(certain_row(text), width, 5):
        assert len(way) == width
        assert text_of(way).replace("<", "") in letters
