from __future__ import annotations

import re

import pytest

from gateway.report.svg import Axis, Point, Series, plot, range_bar, share_bar
from tests.unit.report.markup import Page

X = Axis(0.0, 10.0, ((0.0, "first"), (10.0, "last")))
Y = Axis(0.0, 1.0, ((0.0, "0"), (1.0, "1")))


def test_a_plot_says_what_it_shows_and_has_a_legend():
    lines = [Series("<a>", (Point(0, 0.5, 0.4, 0.6), Point(10, 1.0, 0.9, 1.0))), Series("b", (Point(5, 0.0),))]
    page = Page(plot("Rates & more", lines, X, Y))
    assert page.words == "Rates & more Rates & more 0 1 first last <a> b"
    assert page.elements.count("polyline") == 4
    assert page.elements.count("polygon") == 1


def test_points_lie_where_they_belong():
    drawn = plot("t", [Series("a", (Point(0, 0), Point(10, 1), Point(20, 2)))], X, Y)
    (points,) = re.findall('<polyline points="([^"]*)" class="line"', drawn)[:1]
    assert points == "54.0,184.0 410.0,10.0 410.0,10.0"


def test_an_axis_may_be_logarithmic():
    axis = Axis(0.01, 100.0, (), log=True)
    assert [round(axis.share(value), 6) for value in (0.01, 1.0, 100.0, 0, 1e6)] == [0, 0.5, 1, 0, 1]


def test_an_axis_of_a_single_value_has_it_in_the_middle():
    assert Axis(5.0, 5.0, ()).share(5.0) == 0.5


def test_many_points_are_a_line_without_dots():
    drawn = plot("t", [Series("a", tuple(Point(number, 0.5) for number in range(41)))], X, Y)
    assert "<circle" not in drawn


def test_more_series_than_colours_begin_again():
    drawn = plot("t", [Series(str(number), (Point(0, 0),)) for number in range(7)], X, Y)
    assert drawn.count('<g class="c0"') == 2


@pytest.mark.parametrize(("floor", "dot"), [(0.0, 83.2), (0.8, 48.0), (0.95, 4.0)])
def test_a_share_lies_on_its_rail(floor, dot):
    assert f'cx="{dot:g}"' in range_bar(0.85, 0.9, 0.95, floor)


def test_bars():
    assert 'width="48"' in share_bar(0.5)
    assert share_bar(0).count("<rect") == 1
    Page(range_bar(0.1, 0.2, 0.3) + share_bar(0.1))
