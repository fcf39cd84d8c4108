"""An oriented box around one run of text, and the plane geometry of such boxes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.reader.text import Point


@dataclass(frozen=True, slots=True)
class Box:
    """Centre, extent along and across the text, and the direction of the text: radians, clockwise from the x axis.

    The direction is that of the box's long side, in -45..135 degrees; whether the text runs along it or against it
    is for the reader of the text to find out.
    """

    x: float
    y: float
    length: float
    height: float
    angle: float

    @classmethod
    def of_corners(cls, corners: Sequence[Point]) -> Box:
        """The box with four given corners, in order around it; the longer side becomes its length."""
        a, b, c, d = corners
        x, y = (a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4
        first, second = math.dist(a, b), math.dist(b, c)
        long = (b[0] - a[0], b[1] - a[1]) if first >= second else (c[0] - b[0], c[1] - b[1])
        return cls(x, y, max(first, second), min(first, second), half_turn(math.atan2(long[1], long[0])))

    @property
    def centre(self) -> Point:
        return self.x, self.y

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Clockwise from the top left of a text that runs along the direction."""
        along = math.cos(self.angle) * self.length / 2, math.sin(self.angle) * self.length / 2
        down = -math.sin(self.angle) * self.height / 2, math.cos(self.angle) * self.height / 2
        return (
            (self.x - along[0] - down[0], self.y - along[1] - down[1]),
            (self.x + along[0] - down[0], self.y + along[1] - down[1]),
            (self.x + along[0] + down[0], self.y + along[1] + down[1]),
            (self.x - along[0] + down[0], self.y - along[1] + down[1]),
        )

    def turned(self) -> Box:
        """The same box read from its other end."""
        return Box(self.x, self.y, self.length, self.height, self.angle + math.pi)

    def moved(self, along: float, across: float) -> Box:
        """The same box, shifted in its own directions."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return Box(
            self.x + along * cos - across * sin,
            self.y + along * sin + across * cos,
            self.length,
            self.height,
            self.angle,
        )


def half_turn(angle: float) -> float:
    """The same direction or its opposite, whichever lies in -45..135 degrees."""
    return (angle + math.pi / 4) % math.pi - math.pi / 4
