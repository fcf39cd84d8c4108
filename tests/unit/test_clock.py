from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gateway.clock import wall_clock


def test_it_knows_its_zone_and_goes_on():
    first, second = wall_clock(), wall_clock()
    assert first.tzinfo is UTC
    assert first <= second
    assert abs(datetime.now(UTC) - first) < timedelta(minutes=1)
