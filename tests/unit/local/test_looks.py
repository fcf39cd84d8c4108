from __future__ import annotations

import time

import pytest

from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.looks import Found, better, second_looks
from gateway.local.models import Models
from gateway.local.recognize import TextReader
from gateway.reader.mrz.glyph import Row, certain_row
from gateway.reader.mrz.layout import TD3
from gateway.reader.mrz.zone import Zone
from tests.unit.local import drawn


def found(lines: tuple[str, ...] = drawn.TD3, *, agreed: bool = False, repaired: int = 0) -> Found:
    return Found(Zone(TD3, tuple(certain_row(line) for line in lines), repaired), (), agreed)


def broken() -> tuple[str, str]:
    return drawn.TD3[0], drawn.TD3[1].replace("C36UTO", "C37UTO")


def test_a_valid_zone_is_settled_and_another_only_where_the_looks_agree() -> None:
    assert found().settled
    assert not found(broken()).settled
    assert found(broken(), agreed=True).settled


def test_agreement_on_what_is_no_zone_settles_nothing() -> None:
    assert not found((drawn.TD3[1], drawn.TD3[0]), agreed=True).settled


def test_the_better_of_two() -> None:
    assert better(None, None) is None
    assert better(None, one := found()) is one
    assert better(found(broken()), one) is one
    assert better(found(repaired=1), one) is one


def boxes() -> list[Box]:
    height = drawn.page().shape[0]
    return [Box(480, height - 49 * (2 - line) - 10 + 16, 890, 32, 0.0) for line in range(2)]


def looked_again(models: Models, rows: list[Row], seconds: float = 30) -> Found | None:
    return second_looks(drawn.page(), TextReader(models), boxes(), rows, Budget(seconds, time.monotonic))


def test_a_misread_zone_is_read_again(models: Models) -> None:
    rows = [certain_row(line, 0.7) for line in broken()]
    again = looked_again(models, rows)
    assert again is not None
    assert again.zone.lines == drawn.TD3


def test_a_doubtful_name_gains_by_a_second_look(models: Models) -> None:
    rows = [certain_row(drawn.TD3[0], 0.5), certain_row(drawn.TD3[1])]
    again = looked_again(models, rows)
    assert again is not None
    assert again.zone.lines == drawn.TD3
    assert again.zone.record.scores["surname"] > 0.6


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_sure_zone_costs_no_second_look(models: Models, seconds: float) -> None:
    again = looked_again(models, [certain_row(line) for line in drawn.TD3], seconds)
    assert again is not None
    assert again.zone.record.scores["composite"] == 1.0


def test_no_rows_no_zone(models: Models) -> None:
    budget = Budget(30, time.monotonic)
    assert second_looks(drawn.page(), TextReader(models), [], [], budget) is None
