from __future__ import annotations

import binascii
import math

import cv2
import numpy as np
import pytest

from gateway.local.decode import Pixels
from gateway.local.portrait import PortraitFinder, upright_copy
from tests.unit.local import drawn


@pytest.fixture(scope="module")
def finder() -> PortraitFinder:
    return PortraitFinder()


def page_with_face(left: int = 60, top: int = 120) -> Pixels:
    page = np.full((700, 1000, 3), 225, np.uint8)
    page[top : top + 400, left : left + 320] = drawn.face()
    return page


def picture(encoded: bytes | None) -> Pixels:
    assert encoded is not None
    return np.asarray(cv2.imdecode(np.frombuffer(binascii.a2b_base64(encoded), np.uint8), cv2.IMREAD_COLOR), np.uint8)


def test_a_portrait_is_three_by_four_and_has_the_face_in_it(finder: PortraitFinder) -> None:
    portrait = picture(finder.find(page_with_face(), 0.0))
    height, width = portrait.shape[:2]
    assert width / height == pytest.approx(3 / 4, abs=0.01)
    assert 250 < height < 600
    assert portrait[height // 4 : height * 3 // 4].min() < 80


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_it_stands_upright_on_a_turned_page(finder: PortraitFinder, quarter: int) -> None:
    turned = np.ascontiguousarray(np.rot90(page_with_face(), quarter))
    portrait = picture(finder.find(turned, -quarter * math.pi / 2))
    upright = picture(finder.find(page_with_face(), 0.0))
    assert portrait.shape[0] == pytest.approx(upright.shape[0], rel=0.15)


def test_at_the_edge_it_is_padded(finder: PortraitFinder) -> None:
    portrait = picture(finder.find(page_with_face(left=0, top=300), 0.0))
    assert portrait.shape[1] / portrait.shape[0] == pytest.approx(3 / 4, abs=0.01)


def test_no_face(finder: PortraitFinder) -> None:
    assert finder.find(np.full((400, 600, 3), 225, np.uint8), 0.0) is None


def test_an_upright_copy_keeps_everything_in_view() -> None:
    page = np.zeros((200, 400, 3), np.uint8)
    page[:, 200:] = 255
    copy = upright_copy(page, math.pi / 2, 1000)
    assert copy.shape[:2] == (400, 200)
    assert copy[20, 100, 0] == 255
    assert copy[380, 100, 0] == 0
    assert max(upright_copy(page, 0.0, 100).shape) == 100
