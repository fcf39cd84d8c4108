from __future__ import annotations

import math

import numpy as np
import pytest

from gateway.local.visual import upright


@pytest.mark.parametrize(
    ("degrees", "point", "expected"),
    [(0, (10, 20), (10, 20)), (90, (10, 20), (20, 190)), (180, (10, 20), (190, 80)), (270, (10, 20), (80, 10))],
)
def test_points_land_on_the_upright_page(
    degrees: int, point: tuple[float, float], expected: tuple[float, float]
) -> None:
    page = np.zeros((100, 200, 3), np.uint8)
    assert upright(page, math.radians(degrees))(point) == pytest.approx(expected, abs=1e-6)
