from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import msgspec
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from gateway.credentials.aws_sigv4 import AwsSigV4
from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.payload import payload_hash
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import NOON, Calendar, answer, never

ASKED = VendorRequest(
    "POST",
    "https://textract.ap-southeast-1.amazonaws.com/",
    {"content-type": "application/x-amz-json-1.1", "x-amz-target": "Textract.DetectDocumentText"},
    (b"{", b"}"),
)


def pair(**changes: object) -> AwsSigV4:
    keys = {"access_key_id": Secret("AKID"), "secret_access_key": Secret("SK"), "region": "ap-southeast-1"}
    return AwsSigV4(**(keys | changes))


def test_published_vector():
    """The case "get-vanilla" of the published SigV4 test suite."""
    credentials = pair(
        access_key_id=Secret("AKIDEXAMPLE"),
        secret_access_key=Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        region="us-east-1",
        service="service",
    )
    at = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
    signed = credentials.sign(VendorRequest("GET", "https://example.amazonaws.com/"), payload_hash(()), at)
    assert signed.headers == {
        "host": "example.amazonaws.com",
        "x-amz-date": "20150830T123600Z",
        "authorization": (
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, "
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
    }


segments = st.text("aZ 09-_.~+é", min_size=1, max_size=6).filter(lambda text: text not in {".", ".."})
pairs = st.tuples(st.text("aZ09-_.~é", min_size=1, max_size=6), st.text("aZ 09-_.~+&=/é", max_size=8))
header_names = st.text("abcxyzABC-", min_size=1, max_size=10).filter(
    lambda name: name.lower() not in {"host", "content-type", "authorization"}
)
header_values = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12).map(
    lambda text: f" a  {text} "
)


@given(
    path=st.lists(segments, max_size=3),
    query=st.lists(pairs, max_size=4),
    headers=st.dictionaries(header_names, header_values, max_size=4),
    body=st.lists(st.binary(max_size=40), max_size=3),
    token=st.none() | st.text("aB3/+=", min_size=1, max_size=20),
    seconds=st.integers(0, 10**9),
)
def test_equals_the_official_signer(*, path, query, headers, body, token, seconds):
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    lowered = {name.lower(): value for name, value in headers.items()}
    url = "https://textract.ap-southeast-1.amazonaws.com/" + "/".join(quote(part, safe="~") for part in path)
    url += "?" + urlencode(query, quote_via=quote) if query else ""
    asked = VendorRequest("POST", url, {**lowered, "content-type": "application/x-amz-json-1.1"}, tuple(body))

    ours = pair(session_token=None if token is None else Secret(token)).sign(asked, payload_hash(asked.body), at)

    signer = SigV4Auth(Credentials("AKID", "SK", token), "textract", "ap-southeast-1")
    sent = {name: value for name, value in ours.headers.items() if name != "authorization"}
    theirs = AWSRequest("POST", url, headers=sent, data=b"".join(body))
    theirs.context["timestamp"] = ours.headers["x-amz-date"]
    signature = signer.signature(signer.string_to_sign(theirs, signer.canonical_request(theirs)), theirs)
    signer._inject_signature_to_request(theirs, signature)
    assert ours.headers["authorization"] == theirs.headers["Authorization"]
    assert ours.headers["x-amz-date"] == f"{at:%Y%m%dT%H%M%SZ}"
    assert ours.headers.get("x-amz-security-token") == token


@pytest.mark.parametrize(
    ("status", "body", "headers", "corrected"),
    [
        (400, {"__type": "InvalidSignatureException", "message": "Signature expired: …"}, {}, True),
        (400, {"__type": "com.amazon.coral.service#InvalidSignatureException"}, {}, True),
        (400, b"", {"x_amzn_errortype": "RequestExpired:http://internal.amazon.com/coral/com.amazon.coral/"}, True),
        (403, b"<html>", {}, True),
        (400, {"__type": "UnsupportedDocumentException"}, {}, False),
        (400, b"", {}, False),
        (200, {"Blocks": []}, {}, False),
    ],
)
async def test_a_wrong_clock_is_corrected(status, body, headers, corrected):
    credentials = pair()
    vars(credentials)["clock"] = VendorClock(Calendar())
    signed = await credentials.authorize(ASKED, never)
    late = NOON + timedelta(minutes=6)

    assert not credentials.refused(signed, answer(status, body, at=NOON, **headers))
    assert credentials.refused(signed, answer(status, body, at=late, **headers)) is corrected
    assert credentials.signed_at(await credentials.authorize(ASKED, never)) == (late if corrected else NOON)


@pytest.mark.parametrize("change", [{"region": "Singapore"}, {"region": ""}, {"service": "a/b"}])
def test_a_region_is_a_label(change: dict[str, str]):
    options = {"access_key_id": "a", "secret_access_key": "b", "region": "us-east-1"} | change
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, AwsSigV4, dec_hook=lambda kind, value: kind(value))


@pytest.mark.parametrize("field", ["access_key_id", "secret_access_key", "session_token"])
def test_no_key_shows(field: str):
    assert "canary" not in repr(pair(**{field: Secret("canary")}))
