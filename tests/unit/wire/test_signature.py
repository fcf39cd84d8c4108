from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import Unauthenticated
from gateway.wire.head import Head
from gateway.wire.signature import EMPTY, covers, is_right, is_signed, payload_lines, read_claim
from tests.unit.wire.heads import DATE, head, signed_head

PROJECT = "0123456789abcdef0123456789abcdef"


def judged(request: Head, secret: str, body: bytes = b"") -> bool:
    """Whether a request is good in every respect that has to do with its bytes."""
    try:
        claim = read_claim(request)
    except Unauthenticated:
        return False
    digest = hashlib.sha256(body).hexdigest()
    return is_right(request, claim, secret, payload_lines(request, digest)) and covers(request, digest)


def test_published_vector_of_the_signing_guide():
    request = Head(
        "GET",
        b"/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        {
            "host": (b"service.region.example.com",),
            "content-type": (b"application/json",),
            "x-sdk-date": (b"20191115T033655Z",),
            "authorization": (
                (
                    b"SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, "
                    b"Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
                ),
            ),
        },
    )
    assert judged(request, "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc")
    assert not judged(request, "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHd")


def test_vector_of_the_official_python_client():
    request = Head(
        "POST",
        f"/v2/{PROJECT}/ocr/id-document".encode(),
        {
            "content-type": (b"application/json;charset=utf-8",),
            "host": (b"gateway.example.com",),
            "user-agent": (b"huaweicloud-usdk-python/3.0",),
            "x-project-id": (PROJECT.encode(),),
            "x-sdk-date": (b"20260101T000000Z",),
            "authorization": (
                (
                    b"SDK-HMAC-SHA256 Access=TESTAK, "
                    b"SignedHeaders=content-type;host;user-agent;x-project-id;x-sdk-date, "
                    b"Signature=c495ddbaf93cd5745ec2793fcbec6cb99786af1fc0e5ff8838a67f4c95b1b154"
                ),
            ),
        },
    )
    assert judged(request, "TESTSK", b'{"image": "AAAA"}')
    assert not judged(request, "TESTSK", b'{"image":"AAAA"}')


segments = st.text(st.characters(codec="utf-8", exclude_characters="/?#\\%", exclude_categories=["C", "Z"]), max_size=8)
pairs = st.tuples(st.text("aZ09-_.~", min_size=1, max_size=6), st.text("aZ 09-_.~+&=/é", max_size=8))
reserved = {"host", "content-type", "authorization", "x-sdk-date"}
header_names = st.text("abcxyzABC-_", min_size=1, max_size=10).filter(lambda name: name.lower() not in reserved)
header_values = st.text(st.characters(min_codepoint=33, max_codepoint=0x17F), max_size=12).filter(
    lambda text: text == text.strip() and text.isprintable()
)


@st.composite
def officially_signed(draw: st.DrawFn) -> tuple[Head, bytes]:
    """A request that the official signer signed, as it arrives: it puts UTF-8 on the wire."""
    path = "/" + "/".join(quote(part, safe="~") for part in draw(st.lists(segments, max_size=4)))
    query = draw(st.lists(pairs, max_size=4))
    body = draw(st.binary(max_size=40))
    named = {
        name.lower(): value for name, value in draw(st.dictionaries(header_names, header_values, max_size=4)).items()
    }
    request = SdkRequest(
        method=draw(st.sampled_from(["GET", "POST", "PUT", "DELETE"])),
        schema="https",
        host=draw(st.sampled_from(["gateway.example.com", "10.0.0.1:8080"])),
        resource_path=path,
        query_params=parse_qsl(urlencode(query), keep_blank_values=True),
        header_params={
            **named,
            "Content-Type": draw(st.sampled_from(["application/json;charset=utf-8", "application/octet-stream"])),
            "X-Sdk-Date": DATE,
        },
        body=body,
    )
    Signer(BasicCredentials("AK", "SK")).sign(request)
    fields = {name.lower(): (value.encode("latin-1"),) for name, value in request.header_params.items()}
    return Head(request.method, request.uri.encode(), fields), body


@given(signed=officially_signed())
def test_agrees_with_the_official_signer(signed):
    request, body = signed
    assert judged(request, "SK", body)
    assert not judged(request, "SL", body)


@given(signed=officially_signed(), data=st.data())
def test_every_change_to_what_was_signed_is_noticed(signed, data):
    request, body = signed
    claim = read_claim(request)
    listed = [name for name in request.fields if claim.signs(name)]
    kind = data.draw(st.sampled_from(["method", "path", "query", "body", "signature", "list", *listed]))
    method, target, fields = request.method, request.target, dict(request.fields)
    sent = fields["authorization"][0]
    if kind == "method":
        method = "PATCH"
    elif kind == "path":
        path, mark, query = target.partition(b"?")
        target = path + b"x" + mark + query
    elif kind == "query":
        target += (b"&" if b"?" in target else b"?") + b"zz=1"
    elif kind == "body":
        body += b"x"
    elif kind == "signature":
        position = data.draw(st.integers(1, 64))
        last = sent[-position : len(sent) - position + 1]
        sent = sent[: len(sent) - position] + (b"1" if last == b"0" else b"0") + sent[len(sent) - position + 1 :]
        fields["authorization"] = (sent,)
    elif kind == "list":
        fields["authorization"] = (sent.replace(b"SignedHeaders=", b"SignedHeaders=x-new;"),)
        fields["x-new"] = (b"1",)
    else:
        fields[kind] = (fields[kind][0] + b"0",)
    changed = Head(method, target, fields)
    unsigned = kind == "body" and "x-sdk-content-sha256" in fields and len(body) > 1
    assert judged(changed, "SK", body) == unsigned


@pytest.mark.parametrize(
    "tag", ["SDK-HMAC-SHA256", "SDK-HMAC-SM3", "SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3", "V11-HMAC-SHA256"]
)
def test_all_schemes_of_the_sdks_are_signatures(tag):
    assert is_signed(head(authorization=f"{tag} Access=AK"))
    assert not is_signed(head(authorization="Bearer x"))
    assert not is_signed(head())


def test_a_claim():
    claim = read_claim(signed_head(x_tag="1"))
    assert (claim.access_key, claim.signed_headers, claim.date) == ("AK", "host;x-sdk-date;x-tag", DATE)
    assert claim.signed_at == datetime(2026, 11, 22, 11, 45, tzinfo=UTC)
    assert claim.signs("x-tag")
    assert not claim.signs("x-ta")


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        ("SHA256", "SM3"),
        ("Access=AK", "Access="),
        ("Access=AK", "Access=A K"),
        ("Access=AK", f"Access={'A' * 129}"),
        ("x-sdk-date", "x-sdk-dato"),
        ("SignedHeaders=[^,]*", "SignedHeaders="),
        ("Signature=.", "Signature="),
        ("Signature=.", "Signature=g"),
        ("$", "0"),
        ("$", " "),
        (", Signature.*", ""),
    ],
)
def test_what_makes_no_sense_is_no_claim(pattern, replacement):
    request = signed_head()
    changed = re.sub(pattern, replacement, request.text("authorization"), count=1).encode()
    with pytest.raises(Unauthenticated, match=r"^verify aksk signature fail$"):
        read_claim(Head("POST", request.target, {**request.fields, "authorization": (changed,)}))


@pytest.mark.parametrize(
    "date", ["", "20261122", "20261322T114500Z", "20261122T114500", "\N{ARABIC-INDIC DIGIT TWO}0261122T114500Z"]
)
def test_a_date_has_one_form(date):
    with pytest.raises(Unauthenticated):
        read_claim(signed_head(date=date))


@pytest.mark.parametrize("name", ["authorization", "host", "x-sdk-date", "x-sdk-content-sha256", "x-project-id"])
def test_headers_that_decide_come_once(name):
    request = signed_head(x_project_id="p1", x_sdk_content_sha256="0" * 64)
    read_claim(request)
    with pytest.raises(Unauthenticated):
        read_claim(Head("POST", request.target, {**request.fields, name: request.values(name) * 2}))


def test_a_hash_that_was_sent_counts_in_the_signature_and_must_be_the_body_s():
    digest = hashlib.sha256(b"body").hexdigest()
    request = signed_head(x_sdk_content_sha256=digest.upper())
    assert judged(request, "sk", b"body")
    assert not judged(request, "sk", b"another")


def test_an_unsigned_payload():
    request = signed_head(x_sdk_content_sha256="UNSIGNED-PAYLOAD")
    assert judged(request, "sk", b"one")
    assert judged(request, "sk", b"another")


def test_an_empty_body_may_be_signed_as_such_whatever_was_sent():
    sent = {"x_sdk_content_sha256": "UNSIGNED-PAYLOAD"}
    assert payload_lines(head(**sent), EMPTY) == ("UNSIGNED-PAYLOAD", EMPTY)
    assert payload_lines(head(**sent), "0" * 64) == ("UNSIGNED-PAYLOAD",)
    assert payload_lines(head(), "0" * 64) == ("0" * 64,)
