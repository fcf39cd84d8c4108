import pytest

from gateway.adapters.failure import failure
from gateway.errors import (
    GatewayError,
    NoDocument,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

TABLE = {"Auth": UpstreamMisconfigured, "Auth.NoCard": NoDocument, "Slow": UpstreamThrottled}


def error(code: str, status: int = 200, **headers: str) -> GatewayError:
    return failure(VendorResponse(status, headers, b""), code, TABLE)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Auth", UpstreamMisconfigured),
        ("Auth.NoCard", NoDocument),
        ("Auth.NoCard.New", NoDocument),
        ("Auth.Expired.Long", UpstreamMisconfigured),
        ("Authentic", UpstreamProtocolError),
        ("auth", UpstreamProtocolError),
        ("", UpstreamProtocolError),
    ],
)
def test_the_code_or_its_longest_known_prefix_decides(code: str, kind: type[GatewayError]):
    assert type(error(code)) is kind


def test_a_known_code_counts_more_than_the_status():
    assert type(error("Auth.NoCard", 503)) is NoDocument


@pytest.mark.parametrize(
    ("status", "kind"), [(503, UpstreamUnavailable), (401, UpstreamMisconfigured), (302, UpstreamProtocolError)]
)
def test_an_unknown_code_goes_by_the_status(status: int, kind: type[GatewayError]):
    assert type(error("New", status)) is kind


def test_the_wait_is_passed_on():
    assert error("Slow", 429, **{"retry-after": "7"}).retry_after == 7


@pytest.mark.parametrize("code", ["NGUYEN VAN A, 1990", "x" * 81, "a\nb"])
def test_what_does_not_look_like_a_code_is_not_repeated(code: str):
    assert str(error(code, 500)) == "HTTP 500"
