from datetime import UTC, datetime

import msgspec
import pytest

from gateway.shadow.policy import ShadowPolicy


def read(**given):
    return msgspec.convert({"candidate": "azure", "fraction": 0.05, **given}, ShadowPolicy)


def test_what_is_not_said():
    policy = read()
    assert (policy.budget, policy.until, policy.reverse, policy.noise, policy.values_key) == (
        None,
        None,
        False,
        0,
        None,
    )
    assert (policy.timeout, policy.queue, policy.concurrency) == (30, 100, 1)


def test_an_end_has_its_zone():
    assert read(until="2026-12-31T00:00:00Z").until == datetime(2026, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        {"fraction": 0},
        {"fraction": 1.1},
        {"budget": 0},
        {"until": "2026-12-31T00:00:00"},
        {"noise": -0.1},
        {"timeout": 0},
        {"queue": -1},
        {"concurrency": 0},
        {"share": 1},
    ],
)
def test_nonsense_is_refused(given):
    with pytest.raises(msgspec.ValidationError):
        read(**given)


def test_a_fraction_has_to_be_said():
    with pytest.raises(msgspec.ValidationError, match="fraction"):
        msgspec.convert({"candidate": "azure"}, ShadowPolicy)
