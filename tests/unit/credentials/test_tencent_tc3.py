import hashlib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tencentcloud.common.abstract_client import AbstractClient
from tencentcloud.common.credential import Credential

from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.payload import payload_hash
from gateway.credentials.tencent_tc3 import TencentTc3
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import NOON, Calendar, answer, never

URL = "https://ocr.tencentcloudapi.com/"
JSON = "application/json"
ASKED = VendorRequest("POST", URL, {"content-type": JSON, "x-tc-action": "HKIDCardOCR"}, (b"{", b"}"))


def pair(**changes: object) -> TencentTc3:
    return TencentTc3(**({"secret_id": Secret("ID"), "secret_key": Secret("KEY")} | changes))


def test_published_vector():
    """Of the documentation of signature v3; the asterisks belong to the key."""
    credentials = pair(
        secret_id=Secret("AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******"),
        secret_key=Secret("Gu5t9xGARNpq86cd98joQYCN3*******"),
        service="cvm",
    )
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    headers = {"content-type": "application/json; charset=utf-8", "x-tc-action": "DescribeInstances"}
    asked = VendorRequest("POST", "https://cvm.tencentcloudapi.com", headers, (body,))

    signed = credentials.sign(asked, payload_hash(asked.body), datetime.fromtimestamp(1551113065, UTC))

    assert signed.headers == headers | {
        "host": "cvm.tencentcloudapi.com",
        "x-tc-timestamp": "1551113065",
        "authorization": (
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, "
            "SignedHeaders=content-type;host, "
            "Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"
        ),
    }


keys = st.text("aB3/+=*", min_size=1, max_size=40)


@given(key=keys, service=st.sampled_from(["ocr", "faceid"]), body=st.binary(max_size=60), seconds=st.integers(0, 10**9))
def test_equals_the_official_client(key: str, service: str, body: bytes, seconds: int):
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    asked = VendorRequest("POST", f"https://{service}.intl.tencentcloudapi.com/", {"Content-Type": JSON}, (body,))

    ours = pair(secret_key=Secret(key), service=service).sign(asked, payload_hash(asked.body), at)

    request = SimpleNamespace(
        method="POST",
        uri="/",
        data=body,
        header={
            "Content-Type": JSON,
            "Host": f"{service}.intl.tencentcloudapi.com",
            "X-TC-Timestamp": str(int(at.timestamp())),
        },
    )
    client = AbstractClient(Credential("ID", key), "ap-singapore")
    theirs = client._get_tc3_signature({}, request, at.strftime("%Y-%m-%d"), service, key)
    assert ours.headers["authorization"].endswith(f"SignedHeaders=content-type;host, Signature={theirs}")


async def test_a_temporary_pair_sends_its_token():
    signed = await pair(token=Secret("temporary")).authorize(ASKED, never)
    assert signed.headers["x-tc-token"] == "temporary"
    assert "x-tc-token" not in (await pair().authorize(ASKED, never)).headers


def refusal(code: str) -> dict[str, object]:
    return {"Response": {"Error": {"Code": code, "Message": "…"}, "RequestId": "0"}}


async def test_a_wrong_clock_is_corrected():
    credentials = pair()
    vars(credentials)["clock"] = VendorClock(Calendar())
    signed = await credentials.authorize(ASKED, never)
    late = NOON + timedelta(minutes=6)

    assert not credentials.refused(signed, answer(200, refusal("AuthFailure.SignatureFailure"), at=late))
    assert not credentials.refused(signed, answer(200, {"Response": {"RequestId": "0"}}, at=late))
    assert not credentials.refused(signed, answer(200, refusal("AuthFailure.SignatureExpire"), at=NOON))
    assert credentials.refused(signed, answer(200, refusal("AuthFailure.SignatureExpire"), at=late))

    again = await credentials.authorize(ASKED, never)
    assert again.headers["x-tc-timestamp"] == str(int(late.timestamp()))
    assert credentials.signed_at(again) == late


async def test_the_body_is_signed_whole():
    signed = await pair().authorize(ASKED, never)
    at = pair().signed_at(signed)
    assert signed == pair().sign(ASKED, hashlib.sha256(b"{}").hexdigest(), at)


@pytest.mark.parametrize("field", ["secret_id", "secret_key", "token"])
def test_no_key_shows(field: str):
    assert "canary" not in repr(pair(**{field: Secret("canary")}))
