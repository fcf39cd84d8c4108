import pytest

from gateway.adapters.azure_errors import Error, Inner, accepted_at, failure, refusal
from gateway.errors import (
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, Error(code="InvalidRequest", innererror=Inner(code="InvalidContentLength")), UpstreamIncapable),
        (
            400,
            Error(code="InvalidRequest", innererror=Inner(code="New", innererror=Inner(code="Newer"))),
            UpstreamProtocolError,
        ),
        (404, Error(code="NotFound", innererror=Inner(code="ModelNotFound")), UpstreamMisconfigured),
        (500, Error(code="InternalServerError", innererror=Inner(code="Unknown")), UpstreamUnavailable),
        (200, Error(code="New"), UpstreamProtocolError),
        (500, None, UpstreamUnavailable),
    ],
)
def test_the_innermost_code_that_is_known_decides(status, error, kind):
    assert type(failure(VendorResponse(status, {}, b""), error)) is kind


def test_a_used_up_quota_is_told_by_its_words():
    quota = Error(code="403", message="Out of call volume quota for this tier. Quota will be replenished in 2 days.")
    error = failure(VendorResponse(403, {"retry-after": "7"}, b""), quota)
    assert type(error) is UpstreamExhausted
    assert error.retry_after == 7
    assert type(failure(VendorResponse(403, {}, b""), Error(code="403"))) is UpstreamMisconfigured


def test_a_refusal_may_be_any_page():
    assert type(refusal(VendorResponse(404, {}, b"<html>"))) is UpstreamGone


def test_accepted_is_202_with_a_place_to_poll():
    place = "https://example.com/operation"
    assert accepted_at(VendorResponse(202, {"operation-location": place}, b"")) == place
    with pytest.raises(UpstreamProtocolError):
        accepted_at(VendorResponse(202, {}, b""))
    with pytest.raises(UpstreamMisconfigured):
        accepted_at(VendorResponse(401, {"operation-location": place}, b""))
