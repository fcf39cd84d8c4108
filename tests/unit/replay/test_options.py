from __future__ import annotations

import msgspec
import pytest

from gateway import errors
from gateway.replay.options import FAULTS, Fault, Latency, ReplayOptions, rate_of


def options(**given):
    return msgspec.convert(given, ReplayOptions)


@pytest.mark.parametrize(
    "given",
    [
        {"latency": -1},
        {"latency": float("inf")},
        {"latency": float("nan")},
        {"latency": {"median": 1}},
        {"latency": {"median": 0, "p95": 1}},
        {"latency": {"median": 2, "p95": 1}},
        {"latency": {"median": 1, "p95": 2, "p99": 3}},
        {"latency": "slow"},
        {"faults": {"Timeout": 0.1}},
        {"faults": {"CircuitOpen": 0.1}},
        {"faults": {"NoDocument": 1.1}},
        {"faults": {"NoDocument": -0.1}},
        {"faults": {"NoDocument": float("nan")}},
        {"faults": {"NoDocument": 0.6, "UpstreamGone": 0.6}},
        {"faults": {"UpstreamThrottled": {"retry_after": 2}}},
        {"faults": {"UpstreamThrottled": {"rate": 0.1, "retry_after": -2}}},
        {"wrong": {"side": 0.1}},
        {"wrong": {"portrait_image": 0.1}},
        {"wrong": {"birth_date": 2}},
        {"wrong": {"birth_date": float("nan")}},
        {"seed": "x"},
        {"directory": 3},
        {"rate": 0.1},
    ],
)
def test_options_that_make_no_sense(given):
    with pytest.raises(msgspec.ValidationError):
        options(**given)


def test_both_forms_of_a_fault():
    given = options(faults={"UpstreamThrottled": {"rate": 0.02, "retry_after": 2}, "UpstreamUnavailable": 0.01})
    assert given.faults["UpstreamThrottled"] == Fault(rate=0.02, retry_after=2)
    assert [rate_of(fault) for fault in given.faults.values()] == [0.02, 0.01]


def test_a_fault_is_what_a_vendor_can_do_and_nothing_of_our_own():
    vendors = {
        kind.__name__
        for base in (errors.DocumentError, errors.UpstreamError)
        for kind in base.__subclasses__()
        if kind is not errors.UpstreamBusy
    }
    assert FAULTS.keys() == vendors


def test_half_of_the_answers_take_up_to_the_median_and_nineteen_of_twenty_up_to_the_p95():
    latency = Latency(median=0.8, p95=2.5)
    assert latency.at(0.5) == pytest.approx(0.8)
    assert latency.at(0.95) == pytest.approx(2.5)
    assert 0 < latency.at(0.0) < 0.1
    assert latency.at(0.999999999999) < 100
    assert Latency(median=1, p95=1).at(0.99) == pytest.approx(1)
