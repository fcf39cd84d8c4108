"""The scales of the plots that reports share: days, seconds, shares, money."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from gateway.report.figures import percent, seconds
from gateway.report.latency import Latencies
from gateway.report.svg import Axis, Point, Series

_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)


def days(known: Sequence[date]) -> Axis:
    """From the first to the last day, which are at most five labels apart; points lie at ``date.toordinal()``."""
    first, last = min(known), max(known)
    step = max(1, math.ceil((last - first).days / 4))
    ticks = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    labels = tuple((float(day.toordinal()), f"{day.day} {day:%b}") for day in ticks)
    return Axis(first.toordinal(), last.toordinal(), labels)


def shares(values: Iterable[float]) -> Axis:
    """0 to 100 %; or the upper part of that, where all lies there, so that differences can be seen."""
    least = min(values, default=0.0)
    bottom = next(start for start in (96, 92, 80, 60, 0) if least >= start / 100)
    ticks = range(bottom, 101, (100 - bottom) // 4)
    return Axis(bottom / 100, 1.0, tuple((tick / 100, percent(tick / 100, 0)) for tick in ticks))


def amounts(values: Iterable[float], label: Callable[[float], str]) -> Axis:
    """From nothing to a little more than the largest of ``values``, with round numbers at the marks."""
    most = max(values, default=0.0) or 1.0
    power = 10.0 ** math.floor(math.log10(most / 4))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if 4 * size * power >= most)
    return Axis(0.0, 4 * step, tuple((step * number, label(step * number)) for number in range(5)))


def durations(known: Iterable[Latencies]) -> Axis:
    """A logarithmic scale on which all of ``known`` can be seen."""
    ends = [at for latencies in known for share in (0.01, 1.0) if (at := latencies.quantile(share)) is not None]
    low, high = min(ends, default=0.1) / 1.2, max(ends, default=10.0) * 1.2
    ticks = tuple((at, seconds(at)) for at in _SECONDS if low <= at <= high)
    return Axis(low, high, ticks, log=True)


def distribution(name: str, latencies: Latencies) -> Series:
    """The share of answers that had come, by seconds."""
    return Series(name, tuple(Point(at, below) for at, below in latencies.steps()))
