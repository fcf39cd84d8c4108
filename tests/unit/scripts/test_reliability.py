from __future__ import annotations

import pytest

from scripts.reliability import reliability


def test_what_is_claimed_is_held_against_what_came_true():
    found = reliability([(0.96, True)] * 9 + [(0.96, False)] + [(0.6, True), (0.6, False)])
    assert [(row["fields"], row["right"]) for row in found["bins"]] == [(2, 1), (10, 9)]
    assert found["error"] == pytest.approx((0.2 + 0.6) / 12, abs=1e-4)
    assert (found["sure"], found["sure_right"]) == (10, 9)


def test_nothing_measured_is_nothing_claimed():
    assert reliability([]) == {}
