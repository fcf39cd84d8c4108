from __future__ import annotations

from gateway.report.climbs import Climbs
from tests.unit.report.lines import ramp


def climbs(*entries, **options):
    found = Climbs(**options)
    for entry in entries:
        found.add(entry)
    return [(one.latest.route, one.latest.pair, one.latest.share, one.forward, one.back) for one in found]


def test_each_pair_of_each_route_stands_where_it_was_put_last():
    found = climbs(ramp(1, 1), ramp(2, 5), ramp(1, 50, "VNM-PP"), ramp(1, 25, route="all"))
    assert found == [("all", "THA-ID", 25, 0, 0), ("cards", "THA-ID", 5, 1, 0), ("cards", "VNM-PP", 50, 0, 0)]


def test_in_any_order():
    lines = [ramp(1, 1), ramp(2, 5), ramp(3, 5), ramp(4, 1), ramp(5, 5)]
    assert climbs(*lines) == climbs(*reversed(lines)) == [("cards", "THA-ID", 5, 2, 1)]


def test_only_the_latest_lines_are_kept():
    assert climbs(*(ramp(day, day) for day in range(1, 11)), most=2) == [("cards", "THA-ID", 10, 1, 0)]
