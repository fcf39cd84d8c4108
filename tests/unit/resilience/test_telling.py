import pytest

from gateway.errors import (
    CircuitOpen,
    InvalidParameter,
    NoDocument,
    NoRoute,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamIncapable,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.resilience.telling import most_telling


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ([UpstreamTimeout, UpstreamUnavailable], UpstreamTimeout),
        ([UpstreamTimeout, NoDocument], NoDocument),
        ([NoDocument, UnreadableDocument], NoDocument),
        ([NoRoute, UpstreamTimeout, InvalidParameter], InvalidParameter),
        ([UpstreamIncapable, UpstreamBusy, UpstreamTimeout], UpstreamTimeout),
        ([CircuitOpen, UpstreamIncapable], CircuitOpen),
    ],
)
def test_a_judgement_goes_first_and_a_refusal_last(errors, told):
    assert type(most_telling([error() for error in errors])) is told
