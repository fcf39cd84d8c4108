from __future__ import annotations

from datetime import date

import pytest

from gateway.report import axes
from gateway.report.figures import money
from gateway.report.latency import Latencies


def labels(axis):
    return [label.replace("\N{NARROW NO-BREAK SPACE}", " ") for _, label in axis.ticks]


def test_days():
    axis = axes.days([date(2026, 11, 5), date(2026, 10, 30)])
    assert labels(axis) == ["30 Oct", "1 Nov", "3 Nov", "5 Nov"]
    assert (axis.low, axis.high) == (date(2026, 10, 30).toordinal(), date(2026, 11, 5).toordinal())
    assert labels(axes.days([date(2026, 1, 1)])) == ["1 Jan"]
    assert len(labels(axes.days([date(2020, 1, 1), date(2026, 1, 1)]))) == 5


@pytest.mark.parametrize(
    ("least", "shown"),
    [
        (0.99, ["96 %", "97 %", "98 %", "99 %", "100 %"]),
        (0.93, ["92 %", "94 %", "96 %", "98 %", "100 %"]),
        (0.8, ["80 %", "85 %", "90 %", "95 %", "100 %"]),
        (0.61, ["60 %", "70 %", "80 %", "90 %", "100 %"]),
        (0.1, ["0 %", "25 %", "50 %", "75 %", "100 %"]),
    ],
)
def test_shares_begin_where_something_can_be_seen(least, shown):
    assert labels(axes.shares([least, 1.0])) == shown


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (0.0076, ["0.00", "0.002", "0.004", "0.006", "0.008"]),
        (0.01, ["0.00", "0.0025", "0.005", "0.0075", "0.01"]),
        (35.0, ["0.00", "10.00", "20.00", "30.00", "40.00"]),
        (0.0, ["0.00", "0.25", "0.5", "0.75", "1.00"]),
    ],
)
def test_amounts_have_round_marks(most, shown):
    axis = axes.amounts([most], money)
    assert labels(axis) == shown
    assert axis.high >= most


def test_durations_hold_all_of_them():
    known = Latencies()
    for value in (0.02, 0.5, 40.0):
        known.add(value)
    axis = axes.durations([known])
    assert axis.log
    assert axis.low < 0.02
    assert axis.high > 40
    assert labels(axis)[0] == "30 ms"
    assert axes.durations([]).low < axes.durations([]).high


def test_a_distribution_rises_to_one():
    known = Latencies()
    for value in (0.1, 0.2, 0.4, 0.8):
        known.add(value)
    series = axes.distribution("a", known)
    assert [point.y for point in series.points] == [0.25, 0.5, 0.75, 1.0]
