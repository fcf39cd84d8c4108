from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.credentials.baidu_token import BaiduToken
from gateway.errors import UpstreamMisconfigured
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret
from tests.unit.credentials.vendor import FakeVendor, answer

ASKED = VendorRequest("POST", "https://aip.baidubce.com/rest/2.0/ocr/v1/overseas_passport", {"a": "b"}, (b"image=",))


def grant(token: str) -> VendorResponse:
    return answer(200, {"access_token": token, "expires_in": 2592000, "refresh_token": "25.x", "scope": "public"})


def application(**changes: object) -> BaiduToken:
    return BaiduToken(**({"api_key": Secret("key"), "secret_key": Secret("s &")} | changes))


async def test_a_token_is_fetched_as_documented_and_put_in_the_query():
    vendor = FakeVendor(grant("24.6c5e+/=.2592000"))
    credentials = application()

    signed = await credentials.authorize(ASKED, vendor)

    assert signed.url == f"{ASKED.url}?access_token=24.6c5e%2B%2F%3D.2592000"
    assert (signed.headers, signed.body) == (ASKED.headers, ASKED.body)
    (asked,) = vendor.requests
    parts = urlsplit(asked.url)
    assert (asked.method, parts.netloc, parts.path) == ("POST", "aip.baidubce.com", "/oauth/2.0/token")
    assert parse_qs(parts.query) == {
        "grant_type": ["client_credentials"],
        "client_id": ["key"],
        "client_secret": ["s &"],
    }
    assert await credentials.authorize(ASKED, vendor) == signed
    assert len(vendor.requests) == 1


async def test_a_query_is_continued():
    signed = await application().authorize(VendorRequest("POST", ASKED.url + "?a=b"), FakeVendor(grant("t")))
    assert signed.url == f"{ASKED.url}?a=b&access_token=t"


@pytest.mark.parametrize("code", [110, 111])
async def test_a_token_that_does_not_hold_is_fetched_anew(code: int):
    vendor = FakeVendor(grant("1+"), grant("2"))
    credentials = application()
    first = await credentials.authorize(ASKED, vendor)

    assert credentials.refused(first, answer(200, {"error_code": code, "error_msg": "Access token invalid"}))
    assert (await credentials.authorize(ASKED, vendor)).url.endswith("access_token=2")
    assert credentials.refused(first, answer(200, {"error_code": code}))
    assert (await credentials.authorize(ASKED, vendor)).url.endswith("access_token=2")
    assert len(vendor.requests) == 2


@pytest.mark.parametrize("body", [{"error_code": 17}, {"words_result": {}}, b"<html>", {"error_code": "110"}])
async def test_other_answers_leave_the_token_alone(body: object):
    vendor = FakeVendor(grant("1"), grant("2"))
    credentials = application()
    first = await credentials.authorize(ASKED, vendor)
    assert not credentials.refused(first, answer(200, body))
    assert await credentials.authorize(ASKED, vendor) == first


async def test_refused_keys_are_our_configuration():
    vendor = FakeVendor(answer(401, {"error": "invalid_client", "error_description": "unknown client id"}))
    with pytest.raises(UpstreamMisconfigured, match="invalid_client"):
        await application().authorize(ASKED, vendor)


def test_an_endpoint_is_a_url():
    with pytest.raises(ValueError, match="expected"):
        application(endpoint="aip.baidubce.com")


async def test_neither_keys_nor_tokens_show():
    vendor = FakeVendor(grant("canary"))
    credentials = application(api_key=Secret("canary"), secret_key=Secret("canary"))
    signed = await credentials.authorize(ASKED, vendor)
    assert "canary" not in f"{credentials!r} {signed!r} {vendor.requests!r}"
