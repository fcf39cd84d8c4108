from __future__ import annotations

import pytest

from gateway.metrics.labels import OUTCOMES
from gateway.wire.iam import refusals

KINDS = [refusals.IamRefusal, *refusals.IamRefusal.__subclasses__()]


@pytest.mark.parametrize("kind", KINDS)
def test_outcomes_are_known_to_metrics(kind):
    assert kind.outcome in OUTCOMES


def test_there_are_some():
    assert len(KINDS) == 7
