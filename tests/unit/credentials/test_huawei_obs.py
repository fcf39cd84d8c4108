from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obs.auth import Authentication
from obs.convertor import Adapter

from gateway.credentials.huawei_obs import HuaweiObs
from gateway.secret import Secret

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
DATE = "Fri, 02 Jan 2026 12:00:00 GMT"

KEYS = st.text(min_size=1, max_size=50).filter(lambda key: key.isprintable() and not key.startswith("/"))
SECRETS = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


def pair(ak: str = "TESTAK", sk: str = "TESTSK", token: str | None = None, **changes: object) -> HuaweiObs:
    values = {"endpoints": ("https://obs.ap-southeast-1.myhuaweicloud.com",), "buckets": ("passports",)} | changes
    security_token = None if token is None else Secret(token)
    return HuaweiObs(access_key=Secret(ak), secret_key=Secret(sk), security_token=security_token, **values)


def official(ak, sk, key, parameters, headers):
    """The ``Authorization`` that Huawei's own SDK gives a GET."""
    signer = Authentication(ak, sk, path_style=False, ha=Adapter("obs"), server="", is_cname=False)
    return signer.doAuth("GET", "passports", key, parameters, headers)["Authorization"]


def test_headers_of_a_permanent_pair():
    signed = pair().sign("passports", "2026/anna.jpg", "", NOON)
    assert signed == {
        "Date": DATE,
        "Authorization": official("TESTAK", "TESTSK", "2026/anna.jpg", {}, {"Date": DATE}),
    }


def test_the_official_signer_signs_the_documented_text():
    """Guards the judge: the text that it signs is the one of the API reference."""
    signer = Authentication("AK", "SK", path_style=False, ha=Adapter("obs"), server="", is_cname=False)
    signed = signer.doAuth("GET", "bucket", "object.txt", {}, {"Date": "Sat, 12 Oct 2015 08:12:38 GMT"})
    assert signed["CanonicalString"] == "GET\n\n\nSat, 12 Oct 2015 08:12:38 GMT\n/bucket/object.txt"


@given(ak=SECRETS, sk=SECRETS, key=KEYS, token=st.none() | SECRETS, version=st.none() | SECRETS)
def test_we_agree_with_the_official_signer(ak, sk, key, token, version):
    headers = {"Date": DATE} | ({"x-obs-security-token": token} if token else {})
    query = f"versionId={quote(version, safe='')}" if version else ""
    signed = pair(ak, sk, token).sign("passports", quote(key, safe="/~"), query, NOON)
    expected = official(ak, sk, key, {"versionId": version} if version else {}, headers)
    assert signed == headers | {"Authorization": expected}


def test_a_query_for_anything_but_the_object_is_not_signed():
    assert pair().sign("passports", "a", "acl&x=y", NOON) == pair().sign("passports", "a", "", NOON)
    assert pair().sign("passports", "a", "versionId=3&acl", NOON) == pair().sign("passports", "a", "versionId=3", NOON)


def test_the_date_is_told_in_gmt():
    bangkok = NOON.astimezone(timezone(timedelta(hours=7)))
    assert pair().sign("passports", "a", "", bangkok) == pair().sign("passports", "a", "", NOON)


def test_no_key_shows_in_a_repr():
    assert "canary" not in repr(pair("canary", "canary", "canary"))


@pytest.mark.parametrize(
    "endpoint",
    [
        "obs.ap-southeast-1.myhuaweicloud.com",
        "ftp://obs.example",
        "https://",
        "https://obs.example/",
        "https://obs.example/bucket",
        "https://obs.example?x",
        "https://me@obs.example",
        "https://obs.example:0",
        "https://obs.example:70000",
    ],
)
def test_an_endpoint_that_is_none_is_refused(endpoint):
    with pytest.raises(ValueError, match=r"endpoint|Port"):
        pair(endpoints=(endpoint,))


@pytest.mark.parametrize("change", [{"endpoints": []}, {"buckets": []}, {"buckets": ["A"]}, {"buckets": ["a/../b"]}])
def test_places_are_needed(change):
    fields = {"endpoints": ["https://obs.example"], "buckets": ["passports"], "access_key": "", "secret_key": ""}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields | change, HuaweiObs, dec_hook=lambda kind, value: kind(value))
