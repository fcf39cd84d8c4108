"""The timetable of a chaos run: the same for a seed, with every way to fail, and never without a vendor that is well."""

from itertools import pairwise

import pytest

from scripts.chaos_schedule import MODES, SLOT, VENDORS, WELL, Schedule, draw


def test_the_same_seed_gives_the_same_schedule():
    assert draw(7, 600) == draw(7, 600)
    assert draw(7, 600) != draw(8, 600)


@pytest.mark.parametrize("seed", range(40))
def test_one_vendor_is_well_and_settled_at_any_time(seed):
    schedule = draw(seed, 120)
    assert len(schedule.slots) == 60
    for tenths in range(1200):
        moment = tenths / 10
        assert any(schedule.well(vendor, moment, moment) for vendor in range(VENDORS)), moment


@pytest.mark.parametrize("seed", range(40))
def test_a_short_run_has_every_way_to_fail(seed):
    schedule = draw(seed, 20)
    assert {mode for modes in schedule.slots for mode in modes} == {WELL, *MODES}


def test_nobody_throttles_twice_in_a_row():
    for seed in range(40):
        for vendor in range(VENDORS):
            modes = [slot[vendor] for slot in draw(seed, 120).slots]
            assert ("throttled", "throttled") not in set(pairwise(modes))


def one(*modes: str) -> Schedule:
    return Schedule(tuple((mode, WELL, WELL) for mode in modes))


def test_a_vendor_keeps_its_mode_for_a_slot_and_is_well_at_the_end():
    schedule = one("cut", "silent")
    assert [schedule.mode(0, seconds) for seconds in (-0.1, 0.0, SLOT - 0.1, SLOT, 2 * SLOT, 99.0)] == [
        "cut", "cut", "cut", "silent", WELL, WELL,
    ]  # fmt: skip


def test_well_means_settled_too():
    schedule = one("cut", WELL, WELL, WELL, "cut")
    assert not schedule.well(0, 1.5 * SLOT, 1.6 * SLOT)
    assert schedule.well(0, 2 * SLOT, 3.9 * SLOT)
    assert not schedule.well(0, 2 * SLOT, 4.1 * SLOT)
    assert schedule.well(1, 0.0, 99.0)


def test_when_it_does_nothing_but_fail():
    schedule = one("cut", "reset", "misread", "silent", WELL, "hidden")
    spans = [(0, 2), (3, 4), (5, 6)]
    assert list(schedule.failing(0)) == [(start * SLOT, end * SLOT) for start, end in spans]
    assert list(schedule.failing(1)) == []
