from __future__ import annotations

import pytest

from gateway.errors import Forbidden, Unauthenticated
from gateway.metrics.labels import OUTCOMES
from gateway.wire.refusals import IamUnavailable, NotAuthorized, TokenOutdated, TokenWithoutProject


@pytest.mark.parametrize("kind", [IamUnavailable, NotAuthorized, TokenOutdated, TokenWithoutProject])
def test_outcomes_are_known_to_metrics(kind):
    assert kind.outcome in OUTCOMES


def test_who_has_an_old_token_is_unknown_and_who_has_no_project_forbidden():
    assert issubclass(TokenOutdated, Unauthenticated)
    assert issubclass(TokenWithoutProject, Unauthenticated)
    assert issubclass(NotAuthorized, Forbidden)
