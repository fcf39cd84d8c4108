"""The journal over time, as plots: agreement, cost and speed by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from gateway.report import axes
from gateway.report.cells import Compared
from gateway.report.figures import money, seconds
from gateway.report.html import Markup
from gateway.report.ledger import Ledger
from gateway.report.moves import Move
from gateway.report.svg import Point, Series, plot
from gateway.report.words import pair_name
from gateway.shadow.agreement import Tally

_WORST = 2
"""Fields that get a line of their own."""

_UPSTREAMS = 6
"""That a plot has lines for; the busiest ones."""


def agreement(move: Move) -> Markup:
    """All fields together with their interval, and the fields that agree least."""
    whole = [
        Point(day.toordinal(), *_rate(compared.agreement))
        for day, compared in sorted(move.by_day.items())
        if compared.fields
    ]
    worst = sorted(
        (name for name, tally in move.recent.fields.items() if tally.n and tally.agreed < tally.n),
        key=lambda name: move.recent.fields[name].rate or 0.0,
    )
    series = [Series("all fields", tuple(whole)), *(_field(move.by_day, name) for name in worst[:_WORST])]
    values = [at for line in series for point in line.points for at in (point.y, point.low) if at is not None]
    title = f"{pair_name(move.pair)}: {move.new} agrees with {move.old}"
    return plot(title, series, axes.days(sorted(move.by_day)), axes.shares(values))


def cost(ledger: Ledger) -> Markup | None:
    """What an answered request cost, with everything that was tried for it; None where nothing has a price."""
    spent: defaultdict[date, float] = defaultdict(float)
    answered: defaultdict[date, int] = defaultdict(int)
    for (day, _), traffic in ledger.traffic.items():
        spent[day] += traffic.cost
        answered[day] += sum(traffic.answered.values())
    points = tuple(Point(day.toordinal(), spent[day] / answered[day]) for day in sorted(spent) if answered[day])
    if not any(point.y for point in points):
        return None
    line = Series("per answered request", points)
    return plot(
        "Cost of an answered request",
        [line],
        axes.days(sorted(spent)),
        axes.amounts((point.y for point in points), money),
    )


def speed(ledger: Ledger) -> Markup | None:
    """Time within which 95 % of the answers came; None where there were none."""
    by_upstream: defaultdict[str, dict[date, float]] = defaultdict(dict)
    busy: defaultdict[str, int] = defaultdict(int)
    for (day, upstream), latencies in ledger.speed.items():
        busy[upstream] += latencies.n
        if (value := latencies.quantile(0.95)) is not None:
            by_upstream[upstream][day] = value
    if not by_upstream:
        return None
    shown = sorted(sorted(by_upstream, key=lambda name: -busy[name])[:_UPSTREAMS])
    series = [
        Series(name, tuple(Point(day.toordinal(), value) for day, value in sorted(by_upstream[name].items())))
        for name in shown
    ]
    scale = axes.amounts((point.y for line in series for point in line.points), seconds)
    days = sorted({day for name in shown for day in by_upstream[name]})
    return plot("95 % of answers within", series, axes.days(days), scale)


def _field(by_day: Mapping[date, Compared], name: str) -> Series:
    tallies = {day: compared.fields[name] for day, compared in sorted(by_day.items()) if name in compared.fields}
    points = tuple(Point(day.toordinal(), tally.rate) for day, tally in tallies.items() if tally.rate is not None)
    return Series(name, points)


def _rate(tally: Tally) -> tuple[float, float, float]:
    low, high = tally.interval()
    return (tally.rate or 0.0), low, high
