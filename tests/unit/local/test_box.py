from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.local.box import Box, half_turn

boxes = st.builds(
    Box,
    x=st.floats(-1000, 1000),
    y=st.floats(-1000, 1000),
    length=st.floats(50, 500),
    height=st.floats(1, 40),
    angle=st.floats(math.radians(-44), math.radians(134)),
)


@given(boxes)
def test_corners_give_the_box_back(box: Box) -> None:
    back = Box.of_corners(box.corners)
    for name in ("x", "y", "length", "height"):
        assert getattr(back, name) == pytest.approx(getattr(box, name), abs=1e-6)
    assert math.sin(back.angle - box.angle) == pytest.approx(0, abs=1e-6)


def test_corners_start_at_the_texts_top_left() -> None:
    assert Box(50, 10, 100, 20, 0).corners == ((0, 0), (100, 0), (100, 20), (0, 20))
    top_left = Box(50, 10, 100, 20, 0).turned().corners[0]
    assert top_left == pytest.approx((100, 20))


def test_moving_goes_along_and_across_the_text() -> None:
    assert Box(0, 0, 10, 2, 0).moved(3, 4).centre == (3, 4)
    assert Box(0, 0, 10, 2, math.pi / 2).moved(3, 4).centre == pytest.approx((-4, 3))


@given(st.floats(-20, 20))
def test_half_turn_keeps_the_line(angle: float) -> None:
    turned = half_turn(angle)
    assert -math.pi / 4 - 1e-9 <= turned <= 3 * math.pi / 4 + 1e-9
    assert math.sin(turned - angle) == pytest.approx(0, abs=1e-6)
