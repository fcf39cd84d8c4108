from __future__ import annotations

import math

import numpy as np
import pytest

from gateway.local.detect import Detector
from gateway.local.models import Models
from tests.unit.local import drawn


@pytest.fixture(scope="module")
def detector(models: Models) -> Detector:
    return Detector(models.detection)


def test_lines_are_found_where_they_stand(detector: Detector) -> None:
    page = drawn.page()
    boxes = sorted(detector.find(page, 640), key=lambda box: box.y)
    assert len(boxes) == 4
    bottom = boxes[-1]
    assert bottom.x == pytest.approx(480, abs=15)
    assert bottom.length == pytest.approx(880, abs=50)
    assert 20 < bottom.height < 45
    assert abs(math.degrees(bottom.angle)) < 1


def test_an_empty_page_has_none(detector: Detector) -> None:
    assert detector.find(np.full((300, 500, 3), 200, np.uint8), 640) == []
