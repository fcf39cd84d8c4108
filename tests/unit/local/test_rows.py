from __future__ import annotations

import math

import pytest

from gateway.local.box import Box
from gateway.local.rows import aligned, all_rows, below, common_ends, direction, join, missing_rows, relative, spanning


def line(x: float, y: float, length: float, height: float = 20, degrees: float = 0) -> Box:
    return Box(x, y, length, height, math.radians(degrees))


def test_the_long_lines_give_the_direction() -> None:
    boxes = [line(0, 0, 400, degrees=7), line(0, 40, 300, degrees=7.5), line(0, 99, 30, degrees=90)]
    assert math.degrees(direction(boxes)) == pytest.approx(7.2, abs=0.3)


def test_a_page_on_its_side() -> None:
    boxes = [line(0, 0, 400, degrees=89), line(40, 0, 300, degrees=91 - 180 + 180)]
    assert math.degrees(direction(boxes)) == pytest.approx(90, abs=1)


def test_squarish_boxes_are_turned_to_fit_and_others_are_left_out() -> None:
    boxes = [line(0, 0, 400), line(0, 50, 22, 20, 90), line(0, 90, 200, 20, 90)]
    found = aligned(boxes, 0.0)
    assert [box.x for box in found] == [0, 0]
    assert (found[1].length, found[1].height) == (20, 22)


def test_parts_of_one_line_are_joined() -> None:
    parts = [line(50, 0, 100), line(160, 2, 100), line(50, 60, 100)]
    rows = sorted(join(parts), key=lambda row: row.y)
    assert len(rows) == 2
    assert rows[0].length == pytest.approx(210, abs=1)


@pytest.mark.parametrize(
    "other",
    [line(170 + 60, 0, 100), line(160, 12, 100), line(160, 0, 100, height=40)],
    ids=["far", "lower", "larger"],
)
def test_what_does_not_continue_a_line_is_not_joined(other: Box) -> None:
    assert len(join([line(50, 0, 100), other])) == 2


def test_rows_of_both_directions_are_found() -> None:
    boxes = [line(0, 0, 400), line(0, 40, 400), line(300, 300, 200, 20, 90)]
    assert len(all_rows(boxes)) == 3
    assert all_rows([]) == []


def test_the_next_row_below_and_above() -> None:
    row, under, far = line(0, 0, 440), line(5, 25, 430), line(0, 80, 440)
    assert below(row, [far, under], 10) == under
    assert below(under, [row, far], 10, side=-1) == row
    assert below(under, [row], 10) is None
    assert below(row, [line(600, 25, 430)], 10) is None


def test_rows_are_given_common_ends() -> None:
    two = common_ends([line(0, 0, 400), line(50, 25, 300)], pad=10)
    assert [box.length for box in two] == [420, 420]
    assert [box.x for box in two] == [0, 0]


def test_of_three_rows_the_odd_one_is_cut() -> None:
    three = common_ends([line(0, 0, 400), line(0, 20, 402), line(-50, 40, 500)], pad=0)
    assert three[2].length == pytest.approx(402, abs=2)


def test_rows_that_were_not_seen_stand_where_the_standard_puts_them() -> None:
    assert [round(row.y) for row in missing_rows(line(0, 0, 440), 44)] == [-24, 0, 24]
    assert [round(row.y) for row in missing_rows(line(0, 0, 300), 30)] == [-33, -17, 0, 17, 33]


def test_relative_is_in_the_directions_of_the_origin() -> None:
    assert relative(line(0, 0, 10, degrees=90), line(0, 7, 10)) == pytest.approx((7, 0))


def test_a_single_box_spans_itself() -> None:
    assert spanning([line(1, 2, 3)]) == line(1, 2, 3)
