"""Plots as inline SVG: lines over days or seconds, and an interval in a table's cell. Colours come from the style sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.report.html import Markup, join, tag

WIDTH, HEIGHT = 420, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 10, 10, 26
COLOURS = 6
"""Series that the style sheet tells apart; a plot with more begins again with the first."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the plot, with the ends of its interval where it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line, from left to right."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high`` with a mark at each of ``ticks``, by its label. ``log`` is for positive ranges."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def share(self, value: float) -> float:
        """How far along the axis ``value`` lies: 0 at its beginning, 1 at its end, and never beyond."""
        low, high, at = (_log(self.low), _log(self.high), _log(value)) if self.log else (self.low, self.high, value)
        return min(max((at - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def plot(title: str, series: Sequence[Series], x: Axis, y: Axis) -> Markup:
    """A figure with its caption and legend. ``title`` says what is to be seen, also to those who hear it."""
    drawing = tag(
        "svg",
        tag("title", title),
        _frame(x, y),
        [_line(number, line, x, y) for number, line in enumerate(series)],
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="plot",
    )
    legend = [tag("li", _key(number), line.name) for number, line in enumerate(series)]
    return tag("figure", tag("figcaption", title), drawing, tag("ul", legend, class_="legend"))


def range_bar(low: float, value: float, high: float, floor: float = 0.0) -> Markup:
    """A share as a dot on its interval; the rail goes from ``floor`` to 1."""
    left, at, right = (_along(max(0.0, share - floor) / (1 - floor)) for share in (low, value, high))
    return tag(
        "svg",
        _segment(_along(0), 7, _along(1), 7, "rail"),
        _segment(left, 7, right, 7, "span"),
        tag("circle", cx=round(at, 1), cy=7, r=3.2, class_="dot"),
        viewBox="0 0 96 14",
        class_="range",
        aria_hidden="true",
    )


def share_bar(share: float) -> Markup:
    """A share of 0..1 as a filled bar."""
    return tag(
        "svg",
        tag("rect", x=0, y=2, width=96, height=10, rx=3, class_="empty"),
        tag("rect", x=0, y=2, width=96 * share, height=10, rx=3, class_="full") if share else None,
        viewBox="0 0 96 14",
        class_="range",
        aria_hidden="true",
    )


def _frame(x: Axis, y: Axis) -> Markup:
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    rows = [(_TOP + (1 - y.share(at)) * (bottom - _TOP), label) for at, label in y.ticks]
    columns = [(_LEFT + x.share(at) * (right - _LEFT), label) for at, label in x.ticks]
    return join(
        [_segment(_LEFT, at, right, at, "grid") for at, _ in rows],
        [tag("text", label, x=_LEFT - 6, y=at + 4, text_anchor="end") for at, label in rows],
        [_segment(at, bottom, at, bottom + 4, "axis") for at, _ in columns],
        [tag("text", label, x=at, y=bottom + 18, text_anchor=_anchor(at)) for at, label in columns],
        _segment(_LEFT, bottom, right, bottom, "axis"),
    )


def _line(number: int, series: Series, x: Axis, y: Axis) -> Markup:
    colour = _colour(number)
    points = [_placed(point, x, y) for point in series.points]
    band = _outline([(p.x, p.high) for p in points], [(p.x, p.low) for p in reversed(points)])
    return tag(
        "g",
        tag("polygon", points=band, class_="band") if band else None,
        tag("polyline", points=" ".join(f"{p.x:.1f},{p.y:.1f}" for p in points), class_="line"),
        [tag("circle", cx=round(p.x, 1), cy=round(p.y, 1), r=2.4, class_="dot") for p in points if len(points) <= 40],
        class_=colour,
    )


def _key(number: int) -> Markup:
    """What a line looks like, for the legend."""
    line = tag("polyline", points="1,4 25,4", class_="line")
    return tag("svg", line, viewBox="0 0 26 8", class_=f"key {_colour(number)}", aria_hidden="true")


def _placed(point: Point, x: Axis, y: Axis) -> Point:
    """``point`` in the coordinates of the drawing."""

    def down(value: float) -> float:
        return _TOP + (1 - y.share(value)) * (HEIGHT - _BOTTOM - _TOP)

    across = _LEFT + x.share(point.x) * (WIDTH - _RIGHT - _LEFT)
    placed = replace(point, x=across, y=down(point.y))
    if point.low is None or point.high is None:
        return placed
    return replace(placed, low=down(point.low), high=down(point.high))


def _outline(*sides: Sequence[tuple[float, float | None]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for side in sides for x, y in side if y is not None)


def _segment(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return tag("line", x1=round(x1, 1), y1=round(y1, 1), x2=round(x2, 1), y2=round(y2, 1), class_=kind)


def _along(share: float) -> float:
    """A place on the rail of a bar, which leaves room for half a dot at both ends."""
    return 4 + 88 * share


def _anchor(at: float) -> str:
    return "end" if at > WIDTH - _RIGHT - 20 else "middle"


def _colour(number: int) -> str:
    return f"c{number % COLOURS}"


def _log(value: float) -> float:
    return math.log(max(value, 1e-9))
