from urllib.parse import parse_qsl

import pytest

from gateway.credentials.token_endpoint import check_url, form_request, granted
from gateway.errors import UpstreamMisconfigured, UpstreamProtocolError, UpstreamThrottled, UpstreamUnavailable
from tests.unit.credentials.vendor import answer

GRANT = {"token_type": "Bearer", "expires_in": 3599, "access_token": "ey.J0-_~+/="}


def test_a_form_is_posted():
    request = form_request("https://login.example/token", {"client_id": "a b", "client_secret": "ü&=+"})
    assert (request.method, request.url) == ("POST", "https://login.example/token")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(request.body[0].decode()) == [("client_id", "a b"), ("client_secret", "ü&=+")]


def test_a_token_and_its_life():
    token = granted(answer(200, GRANT))
    assert token.value.reveal() == "ey.J0-_~+/="
    assert token.lifetime == 3599


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": "invalid_client"}, UpstreamMisconfigured),
        (401, {"error": "invalid_client", "error_codes": [7000215]}, UpstreamMisconfigured),
        (200, {"error": "invalid_client", "error_description": "unknown client id"}, UpstreamMisconfigured),
        (400, {"error": "invalid_grant"}, UpstreamMisconfigured),
        (400, {"error": "unauthorized_client"}, UpstreamMisconfigured),
        (400, {"error": "something_new"}, UpstreamMisconfigured),
        (503, {"error": "temporarily_unavailable"}, UpstreamUnavailable),
        (400, {"error": "temporarily_unavailable"}, UpstreamUnavailable),
        (500, {"error": "invalid_request"}, UpstreamMisconfigured),
        (500, b"<html>", UpstreamUnavailable),
        (502, b"", UpstreamUnavailable),
        (401, b"", UpstreamMisconfigured),
        (403, b"<html>", UpstreamMisconfigured),
        (404, b"", UpstreamMisconfigured),
        (408, b"", UpstreamUnavailable),
        (429, b"", UpstreamThrottled),
        (302, b"", UpstreamProtocolError),
        (418, b"", UpstreamProtocolError),
        (200, {"error": "something_new"}, UpstreamProtocolError),
        (200, b"<html>", UpstreamProtocolError),
        (200, b'{"access_token": "x"', UpstreamProtocolError),
        (200, {"access_token": "x"}, UpstreamProtocolError),
        (200, {"expires_in": 3599}, UpstreamProtocolError),
        (200, GRANT | {"access_token": ""}, UpstreamProtocolError),
        (200, GRANT | {"access_token": "two\r\nlines"}, UpstreamProtocolError),
        (200, GRANT | {"access_token": 17}, UpstreamProtocolError),
        (200, GRANT | {"expires_in": 0}, UpstreamProtocolError),
        (200, GRANT | {"expires_in": "soon"}, UpstreamProtocolError),
    ],
)
def test_what_is_no_token(status: int, body: object, error: type[Exception]):
    with pytest.raises(error) as raised:
        granted(answer(status, body))
    assert type(raised.value) is error


@pytest.mark.parametrize(("given", "seconds"), [("7", 7.0), ("soon", None), ("-1", None), ("²", None)])
def test_a_wait_is_passed_on(given: str, seconds: float | None):
    with pytest.raises(UpstreamThrottled) as raised:
        granted(answer(429, retry_after=given))
    assert raised.value.retry_after == seconds


@pytest.mark.parametrize("status", [200, 400, 500])
def test_no_answer_is_quoted(status: int):
    said = {"error": "canary", "error_description": "canary", "access_token": "canary"}
    with pytest.raises(Exception, match="token endpoint") as raised:
        granted(answer(status, said))
    assert "canary" not in str(raised.value)


def test_a_known_code_is_named():
    with pytest.raises(UpstreamMisconfigured, match=r"^the token endpoint answered 401 invalid_client$"):
        granted(answer(401, {"error": "invalid_client"}))


@pytest.mark.parametrize("url", ["https://login.example", "http://127.0.0.1:8080/a/token", "https://[::1]:8443/"])
def test_urls(url: str):
    check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "login.example",
        "ftp://login.example",
        "https://",
        "https://me@login.example",
        "https://login.example/?a=b",
        "https://login.example/#a",
        "https://login.example/ü",
        "https://login.example/a b",
        "https://login.example:0",
        "https://login.example:99999",
    ],
)
def test_what_is_no_url(url: str):
    with pytest.raises(ValueError, match=r"expected|Port"):
        check_url(url)
