from datetime import UTC, datetime

import msgspec
import pytest

from gateway.migrate.policy import RampPolicy


def policy(**options):
    return msgspec.convert({"from": "bangkok", "to": "azure", **options}, type=RampPolicy)


def test_the_form_in_yaml():
    ramp = policy(
        steps=[1, 5, 100],
        key="request",
        advance={"samples": 10, "after": 60},
        gates={"success": 0.99, "agreement": {"document_number": 0.98}, "p95": 5},
        on_fail="rollback",
        per="route",
        cutover="2027-01-01T00:00:00Z",
        on_gone="cutover",
    )
    assert (ramp.source, ramp.target, ramp.steps) == ("bangkok", "azure", (1, 5, 100))
    assert ramp.cutover == datetime(2027, 1, 1, tzinfo=UTC)


def test_defaults():
    ramp = policy()
    assert (ramp.steps, ramp.key, ramp.per, ramp.on_fail, ramp.on_gone) == (
        (1, 5, 25, 50, 100),
        "caller",
        "pair",
        "step_back",
        "tell",
    )
    assert (ramp.advance.samples, ramp.advance.after) == (200, 600)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"to": "bangkok"}, "from and to are the same"),
        ({"steps": []}, "length >= 1"),
        ({"steps": [5, 5]}, "larger than the one before"),
        ({"steps": [50, 5]}, "larger than the one before"),
        ({"steps": [0, 5]}, "> 0"),
        ({"steps": [50, 101]}, "<= 100"),
        ({"cutover": "2027-01-01T00:00:00"}, "timezone"),
        ({"on_fail": "panic"}, "panic"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, complaint):
    with pytest.raises(msgspec.ValidationError, match=complaint):
        policy(**options)
