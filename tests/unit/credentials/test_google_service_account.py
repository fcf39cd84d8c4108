import json
import subprocess
import sys
from datetime import timedelta
from functools import cache
from urllib.parse import parse_qs

import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from google.auth import jwt
from google.auth.crypt import RSASigner

from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.google_service_account import GoogleServiceAccount, rs256
from gateway.errors import UpstreamMisconfigured
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret
from tests.unit.credentials.vendor import NOON, Calendar, FakeVendor, answer

ASKED = VendorRequest("POST", "https://vision.googleapis.com/v1/images:annotate")
GRANT = answer(200, {"access_token": "ya29.x", "expires_in": 3599, "token_type": "Bearer"})
TOKENS = "https://oauth2.googleapis.com/token"


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, password: str | None = None) -> str:
    encryption = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption).decode()


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_file(**changes: object) -> dict[str, object]:
    return {
        "type": "service_account",
        "project_id": "project",
        "private_key_id": "0123abcd",
        "private_key": pem(private_key()),
        "client_email": "reader@project.iam.gserviceaccount.com",
        "token_uri": TOKENS,
    } | changes


def account(file: dict[str, object] | None = None, **changes: object) -> GoogleServiceAccount:
    return GoogleServiceAccount(key=Secret(json.dumps(file or key_file())), **changes)


def at(credentials: GoogleServiceAccount, calendar: Calendar) -> GoogleServiceAccount:
    vars(credentials)["clock"] = VendorClock(calendar)
    return credentials


def assertion(request: VendorRequest) -> str:
    fields = parse_qs(request.body[0].decode())
    assert fields["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    return fields["assertion"][0]


async def test_a_token_is_fetched_for_an_assertion():
    vendor = FakeVendor(GRANT)
    signed = await account().authorize(ASKED, vendor)

    assert signed.headers == {"authorization": "Bearer ya29.x"}
    (asked,) = vendor.requests
    assert (asked.method, asked.url) == ("POST", TOKENS)
    key = private_key().public_key()
    claims = pyjwt.decode(assertion(asked), key, algorithms=["RS256"], audience=TOKENS)
    assert claims["iss"] == "reader@project.iam.gserviceaccount.com"
    assert claims["scope"] == "https://www.googleapis.com/auth/cloud-vision"
    assert claims["exp"] - claims["iat"] == 3600


async def test_equals_the_official_assertion():
    vendor = FakeVendor(GRANT)
    await at(account(scope="a b"), Calendar()).authorize(ASKED, vendor)

    signer = RSASigner.from_service_account_info(key_file())
    issued = int(NOON.timestamp())
    claims = {"iss": key_file()["client_email"], "scope": "a b", "aud": TOKENS, "iat": issued, "exp": issued + 3600}
    theirs = jwt.encode(signer, claims).decode()
    ours = assertion(vendor.requests[0])
    assert pyjwt.get_unverified_header(ours) == pyjwt.get_unverified_header(theirs)
    options = {"verify_signature": False}
    assert pyjwt.decode(ours, options=options) == pyjwt.decode(theirs, options=options)


def test_the_signature_equals_the_official_one():
    assert rs256(pem(private_key()))(b"text") == RSASigner.from_service_account_info(key_file()).sign(b"text")


async def test_another_token_url_leaves_the_audience():
    vendor = FakeVendor(GRANT)
    await account(token_url="http://127.0.0.1:8080/token").authorize(ASKED, vendor)
    assert vendor.requests[0].url == "http://127.0.0.1:8080/token"
    claims = pyjwt.decode(assertion(vendor.requests[0]), options={"verify_signature": False})
    assert claims["aud"] == TOKENS


async def test_a_key_file_may_lack_what_is_known():
    file = {name: value for name, value in key_file().items() if name not in {"private_key_id", "token_uri"}}
    vendor = FakeVendor(GRANT)
    await account(file).authorize(ASKED, vendor)
    assert vendor.requests[0].url == TOKENS
    assert "kid" not in pyjwt.get_unverified_header(assertion(vendor.requests[0]))


def judge(request: VendorRequest, calendar: Calendar) -> VendorResponse:
    """As Google: an assertion that was not made about now is refused."""
    issued = pyjwt.decode(assertion(request), options={"verify_signature": False})["iat"]
    if abs(issued - calendar.now.timestamp()) > 300:
        return answer(400, {"error": "invalid_grant", "error_description": "Invalid JWT"}, at=calendar.now)
    return GRANT


async def test_a_wrong_clock_is_corrected():
    theirs = Calendar(NOON + timedelta(hours=7))
    vendor = FakeVendor(lambda request: judge(request, theirs))
    credentials = at(account(), Calendar(NOON))

    signed = await credentials.authorize(ASKED, vendor)

    assert signed.headers == {"authorization": "Bearer ya29.x"}
    assert len(vendor.requests) == 2
    assert credentials.refused(signed, answer(401))
    await credentials.authorize(ASKED, vendor)
    assert len(vendor.requests) == 3


async def test_an_assertion_that_is_taken_is_not_made_again():
    vendor = FakeVendor(answer(200, {"access_token": "ya29.x", "expires_in": 3599}, at=NOON + timedelta(hours=1)))
    await at(account(), Calendar()).authorize(ASKED, vendor)
    assert len(vendor.requests) == 1


@pytest.mark.parametrize("off", [timedelta(), timedelta(hours=1)])
async def test_a_refused_key_is_our_configuration_and_asked_with_no_more_than_twice(off: timedelta):
    vendor = FakeVendor(answer(400, {"error": "invalid_grant"}, at=NOON + off))
    with pytest.raises(UpstreamMisconfigured, match="invalid_grant"):
        await at(account(), Calendar()).authorize(ASKED, vendor)
    assert len(vendor.requests) == (2 if off else 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "canary",
        "[]",
        "{}",
        json.dumps(key_file(type="authorized_user", client_secret="canary")),
        json.dumps(key_file(client_email=None)),
        json.dumps(key_file(private_key="canary")),
        json.dumps(key_file(private_key=pem(ec.generate_private_key(ec.SECP256R1())))),
        json.dumps(key_file(private_key=pem(private_key(), password="canary"))),
    ],
)
def test_what_is_no_key_file_is_refused_without_showing_it(text: str):
    with pytest.raises(ValueError, match=r"^key: ") as refused:
        GoogleServiceAccount(key=Secret(text))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("change", [{"token_url": "ftp://x"}, {"file": key_file(token_uri="nowhere")}])
def test_a_token_url_is_a_url(change: dict[str, object]):
    with pytest.raises(ValueError, match="expected http"):
        account(**change)


def test_without_cryptography_the_configuration_says_what_to_install():
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from gateway.credentials.google_service_account import GoogleServiceAccount\n"
        "from gateway.credentials.registry import CREDENTIALS\n"
        "from gateway.secret import Secret\n"
        "try: GoogleServiceAccount(key=Secret(''))\n"
        "except ValueError as error: print(error)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "this scheme needs the extra google: pip install 'id-document-gateway[google]'\n"


async def test_neither_key_nor_token_shows():
    vendor = FakeVendor(GRANT)
    credentials = account()
    shown = f"{credentials!r} {await credentials.authorize(ASKED, vendor)!r} {vendor.requests!r}"
    assert not any(word in shown for word in ("PRIVATE KEY", "reader@", "ya29"))
