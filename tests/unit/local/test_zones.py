from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest

from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.decode import Pixels
from gateway.local.detect import Detector
from gateway.local.models import Models
from gateway.local.recognize import Text, TextReader
from gateway.local.rows import all_rows
from gateway.local.zones import READS, Reading, Search
from gateway.reader.mrz.glyph import certain_row
from tests.unit.local import drawn


def reading(text: str, score: float = 0.95, length: float = 880) -> Reading:
    return Reading(Box(0, 0, length, 30, 0.0), Text(text, (score,) * len(text)), certain_row(text))


@pytest.mark.parametrize(
    "text", [*drawn.TD3, *drawn.TD1, "E000000008CHN8310291F2202059NGKELMPONBPJB972", "P《UTOERIKSSON《《ANNA"]
)
def test_lines_of_a_zone_look_like_it(text: str) -> None:
    assert reading(text).zone_like


@pytest.mark.parametrize(
    "text",
    [
        "",
        "REPUBLIC OF UTOPIA",
        "Date of issue 16 APR 2007",
        "Rikspolisstyrelsen, Box 2256, SE-102 26 STOCKHOLM",
        "01>>>>>B622481EZ6514021",
        "IF FOUND PLEASE RETURN 0123456789 TO US",
    ],
)
def test_other_print_does_not(text: str) -> None:
    assert not reading(text).zone_like


def test_a_line_continues_another_of_its_pitch() -> None:
    assert reading(drawn.TD3[0]).continues(reading(drawn.TD3[1]))
    assert not reading(drawn.TD3[0], length=300).continues(reading(drawn.TD3[1]))
    assert not reading("MINISTRY OF INTERNAL AFFAIRS OF THE REPUBLIC").continues(reading(drawn.TD3[1]))


def search(models: Models, page: Pixels, rows: Sequence[Box], reads: int = READS) -> Search:
    budget = Budget(30, time.monotonic)
    return Search(page, rows, Detector(models.detection), TextReader(models), budget, reads)


def test_the_zone_is_found_among_the_rows(models: Models) -> None:
    page = drawn.page()
    looked = search(models, page, all_rows(Detector(models.detection).find(page, 960)))
    found = looked.find()
    assert found is not None
    assert found.settled
    assert found.zone.lines == drawn.TD3
    assert not looked.holds_another(found.boxes, found.zone)


def test_a_row_that_was_not_detected_is_found_where_the_standard_puts_it(models: Models) -> None:
    page = drawn.page()
    rows = all_rows(Detector(models.detection).find(page, 960))
    looked = search(models, page, [max(rows, key=lambda row: row.y)])
    first = looked.find()
    assert first is None or not first.settled
    found = looked.find_closer()
    assert found is not None
    assert found.zone.lines == drawn.TD3


def test_reads_are_counted(models: Models) -> None:
    rows = [Box(400, 40.0 * number, 500, 20, 0.0) for number in range(1, 12)]
    looked = search(models, np.full((500, 800, 3), 200, np.uint8), rows, reads=3)
    assert looked.find() is None
    assert 3 <= len(looked.readings) <= 4
    assert looked.seen == []
