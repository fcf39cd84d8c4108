from __future__ import annotations

import math

import pytest

from gateway.local.closer import closer
from gateway.local.detect import Detector
from gateway.local.models import Models
from tests.unit.local import drawn


@pytest.fixture(scope="module")
def detector(models: Models) -> Detector:
    return Detector(models.detection)


@pytest.mark.parametrize("degrees", [0, 30, 120])
def test_a_closer_look_finds_a_rows_neighbours_in_the_pages_own_pixels(detector: Detector, degrees: int) -> None:
    page = drawn.turned(drawn.page(), degrees)
    rows = [box for box in detector.find(page, 960) if box.length > 800]
    row = max(rows, key=lambda box: box.y)
    again = closer(page, detector, row, drawn.PITCH)
    near = sorted(math.dist(row.centre, other.centre) for other in again if other.length > 800)
    assert near[0] == pytest.approx(0, abs=12)
    assert near[1] == pytest.approx(49, abs=14)
