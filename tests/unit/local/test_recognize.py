from __future__ import annotations

import numpy as np
import pytest

from gateway.local.box import Box
from gateway.local.models import Models
from gateway.local.recognize import HEIGHT, WIDEST, TextReader, crop
from gateway.reader.mrz.glyph import text_of
from tests.unit.local import drawn


@pytest.fixture(scope="module")
def reader(models: Models) -> TextReader:
    return TextReader(models)


def name_line() -> Box:
    height = drawn.page().shape[0]
    return Box(480, height - 2 * 49 - 10 + 14, 900, 32, 0.0)


def test_a_line_is_read_in_full_and_within_the_zones_alphabet(reader: TextReader) -> None:
    text, row = reader.row(crop(drawn.page(), name_line()))
    assert text.text == drawn.TD3[0]
    assert text.mean > 0.9
    assert text_of(row) == drawn.TD3[0]
    places = [glyph.x for glyph in row]
    assert places == sorted(places)
    assert np.diff(places) == pytest.approx(1 / 45, abs=0.008)
    assert all(0 < glyph.score <= 1.0001 for glyph in row)


def test_narrow_crops_are_read_as_well(reader: TextReader) -> None:
    assert reader.text(crop(drawn.page(), name_line(), squeeze=0.8)).text == drawn.TD3[0]


def test_nothing_reads_as_nothing(reader: TextReader) -> None:
    text, row = reader.row(np.full((HEIGHT, 160, 3), 230, np.uint8))
    assert text.text.strip() == ""
    assert text.mean <= 1
    assert row == ()


def test_a_crop_is_upright_and_of_the_models_height() -> None:
    page = np.zeros((300, 300, 3), np.uint8)
    page[140:160, 50:150] = 255
    level = crop(page, Box(150, 150, 200, 20, 0.0))
    assert level.shape == (HEIGHT, 480, 3)
    assert level[4:-4, 20:220].min() > 250
    assert level[:, 260:].max() < 5
    turned = crop(page, Box(150, 150, 200, 20, np.pi))
    assert turned[4:-4, 260:460].min() > 250


def test_a_large_line_is_averaged_not_sampled() -> None:
    """A pattern of single pixels comes out grey."""
    page = np.zeros((400, 2400, 3), np.uint8)
    page[:, ::2] = 255
    small = crop(page, Box(1200, 200, 2000, 300, 0.0))
    assert abs(int(small.mean()) - 127) < 5
    assert small.std() < 20


def test_a_crop_is_never_too_wide_and_may_leave_the_page() -> None:
    page = np.full((50, 50, 3), 90, np.uint8)
    assert crop(page, Box(25, 25, 9000, 4, 0.0)).shape == (HEIGHT, WIDEST, 3)
    assert crop(page, Box(-900, -900, 100, 300, 0.3)).shape[0] == HEIGHT
