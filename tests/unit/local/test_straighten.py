from __future__ import annotations

import math
from dataclasses import replace

import pytest

from gateway.local.box import Box
from gateway.local.straighten import LINE, straightened
from tests.unit.local import drawn


def printed() -> Box:
    """The last line of the drawn zone."""
    return Box(480, drawn.page().shape[0] - 49 - 10 + 17, 880, 30, 0.0)


@pytest.mark.parametrize("off", [-10, 0, 10])
def test_a_box_beside_its_line_is_moved_onto_it(off: int) -> None:
    box = straightened(drawn.page(), printed().moved(0, off), drawn.PITCH)
    assert box.y == pytest.approx(printed().y, abs=5)
    assert box.height == LINE * drawn.PITCH
    assert abs(math.degrees(box.angle)) < 0.5


def test_a_box_askew_is_laid_along_its_line() -> None:
    askew = replace(printed(), angle=math.radians(1.2))
    box = straightened(drawn.page(), askew, drawn.PITCH)
    assert abs(math.degrees(box.angle)) < 0.7
