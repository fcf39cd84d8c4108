import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from alibabacloud_tea_openapi.utils import Utils
from hypothesis import given
from hypothesis import strategies as st

from gateway.credentials.alibaba_acs3 import AlibabaAcs3
from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.payload import payload_hash
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import NOON, Calendar, answer, never

FORM = "application/x-www-form-urlencoded"
ASKED = VendorRequest(
    "POST",
    "https://cloudauth-intl.ap-southeast-1.aliyuncs.com/",
    {"x-acs-action": "DocOcrMax", "x-acs-version": "2022-08-09", "content-type": FORM},
    (b"DocType=", b"VNM03001"),
)


def pair(**changes: object) -> AlibabaAcs3:
    return AlibabaAcs3(**({"access_key_id": Secret("AK"), "access_key_secret": Secret("SK")} | changes))


def published() -> AlibabaAcs3:
    return pair(access_key_id=Secret("YourAccessKeyId"), access_key_secret=Secret("YourAccessKeySecret"))


def test_published_vector():
    """Of the documentation of signature V3."""
    url = (
        "https://ecs.cn-shanghai.aliyuncs.com/?RegionId=cn-shanghai"
        "&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
    )
    asked = VendorRequest("POST", url, {"x-acs-action": "RunInstances", "x-acs-version": "2014-05-26"})
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)

    signed = published().sign_with(asked, payload_hash(()), at, "3156853299f313e23d1673dc12e1703d")

    assert signed.headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
        "x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


texts = st.text("aZ 09-_.~+&=/é", max_size=8)


@given(
    query=st.dictionaries(st.text("aZ09-_.~", min_size=1, max_size=6), texts, max_size=4),
    body=st.lists(st.binary(max_size=40), max_size=3),
    token=st.none() | st.text("aB3/+=", min_size=1, max_size=20),
    nonce=st.text("0123456789abcdef", min_size=32, max_size=32),
    seconds=st.integers(0, 10**9),
)
def test_equals_the_official_helper(*, query, body, token, nonce, seconds):
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    url = "https://ocr-api.cn-hangzhou.aliyuncs.com/" + ("?" + urlencode(query, quote_via=quote) if query else "")
    headers = {"X-Acs-Action": "RecognizePassport", "x-acs-version": "2021-07-07", "Content-Type": "image/jpeg "}
    asked = VendorRequest("POST", url, headers, tuple(body))
    payload = payload_hash(asked.body)

    ours = pair(security_token=None if token is None else Secret(token)).sign_with(asked, payload, at, nonce)

    theirs = SimpleNamespace(
        method="POST",
        pathname="/",
        query=dict(parse_qsl(urlsplit(url).query, keep_blank_values=True)),
        headers={name: value for name, value in ours.headers.items() if name != "authorization"},
    )
    assert ours.headers["authorization"] == Utils.get_authorization(theirs, "ACS3-HMAC-SHA256", payload, "AK", "SK")
    assert ours.headers["x-acs-content-sha256"] == payload
    assert ours.headers["x-acs-signature-nonce"] == nonce
    assert ours.headers["x-acs-date"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert ours.headers.get("x-acs-security-token") == token


async def test_every_request_has_its_own_nonce():
    nonces = {(await pair().authorize(ASKED, never)).headers["x-acs-signature-nonce"] for _ in range(20)}
    assert len(nonces) == 20
    assert all(re.fullmatch("[0-9a-f]{32}", nonce) for nonce in nonces)


@pytest.mark.parametrize(
    ("status", "code", "off", "corrected"),
    [
        (400, "InvalidTimeStamp.Expired", 20, True),
        (400, "InvalidTimeStamp.Expired", -20, True),
        (400, "IllegalTimestamp", 20, True),
        (403, "SignatureDoesNotMatch", 20, True),
        (400, "InvalidTimeStamp.Expired", 0, False),
        (400, "ImageUrlInvalid", 20, False),
        (200, "Success", 20, False),
    ],
)
async def test_a_wrong_clock_is_corrected(status: int, code: str, off: int, corrected: bool):
    credentials = pair()
    vars(credentials)["clock"] = VendorClock(Calendar())
    signed = await credentials.authorize(ASKED, never)
    theirs = NOON + timedelta(minutes=off)

    assert credentials.refused(signed, answer(status, {"Code": code, "Message": "…"}, at=theirs)) is corrected
    assert credentials.signed_at(await credentials.authorize(ASKED, never)) == (theirs if corrected else NOON)


@pytest.mark.parametrize("field", ["access_key_id", "access_key_secret", "security_token"])
def test_no_key_shows(field: str):
    assert "canary" not in repr(pair(**{field: Secret("canary")}))
