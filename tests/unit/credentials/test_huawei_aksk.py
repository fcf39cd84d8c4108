import hashlib
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from hypothesis import given
from hypothesis import strategies as st

from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.huawei_aksk import HuaweiAkSk
from gateway.credentials.payload import payload_hash
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import NOON, Calendar, answer, never

PROJECT = "0123456789abcdef0123456789abcdef"
ASKED = VendorRequest("POST", "https://ocr.example.com:8443/v2/p/ocr", {"X-Project-Id": "p"}, (b"a", b"b"))


def pair(ak: str = "TESTAK", sk: str = "TESTSK", token: str | None = None) -> HuaweiAkSk:
    return HuaweiAkSk(
        access_key=Secret(ak),
        secret_key=Secret(sk),
        security_token=None if token is None else Secret(token),
    )


def test_published_vector_of_the_signing_guide():
    url = (
        "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs"
        "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0"
    )
    signed = pair(sk="MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc").sign(
        VendorRequest("GET", url, {"Content-Type": "application/json"}),
        payload_hash(()),
        datetime(2019, 11, 15, 3, 36, 55, tzinfo=UTC),
    )
    assert signed.headers["authorization"] == (
        "SDK-HMAC-SHA256 Access=TESTAK, SignedHeaders=content-type;host;x-sdk-date, "
        "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
    )


def test_vector_of_the_official_python_client():
    signed = pair().sign(
        VendorRequest(
            "POST",
            f"https://gateway.example.com/v2/{PROJECT}/ocr/id-document",
            {
                "Content-Type": "application/json;charset=utf-8",
                "User-Agent": "huaweicloud-usdk-python/3.0",
                "X-Project-Id": PROJECT,
            },
        ),
        payload_hash((b'{"image": "AAAA"}',)),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert signed.headers["authorization"].endswith(
        "Signature=c495ddbaf93cd5745ec2793fcbec6cb99786af1fc0e5ff8838a67f4c95b1b154"
    )


segments = st.text(st.characters(codec="utf-8", exclude_characters="/?#\\", exclude_categories=["C", "Z"]), max_size=8)
pairs = st.tuples(st.text("aZ09-_.~", min_size=1, max_size=6), st.text("aZ 09-_.~+&=/é", max_size=8))
header_names = st.text("abcxyzABC-", min_size=1, max_size=10).filter(
    lambda name: name.lower() not in {"host", "content-type", "authorization"}
)
header_values = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12).map(lambda text: f" {text} x ")


@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    path=st.lists(segments, max_size=4),
    query=st.lists(pairs, max_size=4),
    headers=st.dictionaries(header_names, header_values, max_size=4),
    body=st.lists(st.binary(max_size=40), max_size=3),
    token=st.none() | st.text("aB3/+=", min_size=1, max_size=20),
    seconds=st.integers(0, 10**9),
)
def test_equals_the_official_signer(*, method, path, query, headers, body, token, seconds):
    lowered = {name.lower(): value for name, value in headers.items()}
    url = "https://ocr.example.com/" + "/".join(quote(part, safe="~") for part in path)
    url += "?" + urlencode(query) if query else ""
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    parts = tuple(memoryview(part) for part in body)
    asked = VendorRequest(method, url, {**lowered, "content-type": "application/json"}, parts)

    ours = pair("AK", "SK", token).sign(asked, payload_hash(parts), at)

    theirs = SdkRequest(
        method=method,
        schema="https",
        host="ocr.example.com",
        resource_path=urlsplit(url).path,
        query_params=parse_qsl(urlsplit(url).query, keep_blank_values=True),
        header_params={name: value for name, value in ours.headers.items() if name != "authorization"},
        body=b"".join(body),
    )
    Signer(BasicCredentials("AK", "SK")).sign(theirs)
    assert ours.headers["authorization"] == theirs.header_params["Authorization"]


async def test_authorize_signs_all_headers_and_the_body_with_the_time_in_utc():
    credentials = pair(token="temporary")
    vars(credentials)["clock"] = VendorClock(lambda: NOON.astimezone(timezone(timedelta(hours=7))))

    signed = await credentials.authorize(ASKED, never)

    assert signed.headers["x-sdk-date"] == "20260101T120000Z"
    assert signed.headers["host"] == "ocr.example.com:8443"
    assert signed.headers["x-security-token"] == "temporary"
    assert "SignedHeaders=host;x-project-id;x-sdk-date;x-security-token," in signed.headers["authorization"]
    assert signed == credentials.sign(ASKED, hashlib.sha256(b"ab").hexdigest(), NOON)


@pytest.mark.parametrize("status", [401, 403])
async def test_a_wrong_clock_is_corrected(status: int):
    """The answer is that of Huawei's gateway to a signature that is too old."""
    credentials = pair()
    vars(credentials)["clock"] = VendorClock(Calendar())
    signed = await credentials.authorize(ASKED, never)
    late = NOON + timedelta(minutes=16)
    words = {
        "error_code": "APIG.0301",
        "error_msg": "Incorrect IAM authentication information: verify aksk signature fail",
    }

    assert not credentials.refused(signed, answer(200, at=late))
    assert not credentials.refused(signed, answer(status, words, at=NOON))
    assert credentials.refused(signed, answer(status, words, at=late))
    assert (await credentials.authorize(ASKED, never)).headers["x-sdk-date"] == "20260101T121600Z"


def test_a_pair_does_not_show_its_keys():
    shown = repr(pair("ACCESS", "SECRET", "TOKEN"))
    assert not any(value in shown for value in ("ACCESS", "SECRET", "TOKEN"))
