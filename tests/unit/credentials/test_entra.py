from urllib.parse import parse_qs

import msgspec
import pytest

from gateway.credentials.entra import Entra
from gateway.errors import UpstreamMisconfigured, UpstreamTimeout
from gateway.exchange import VendorRequest
from gateway.secret import Secret
from tests.unit.credentials.vendor import FakeVendor, answer

ASKED = VendorRequest("GET", "https://reader.cognitiveservices.azure.com/documentintelligence/x")
GRANT = answer(200, {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": "ey.1"})


def application(**changes: object) -> Entra:
    keys = {"tenant": "contoso.example", "client_id": Secret("app"), "client_secret": Secret("s3 &")}
    return Entra(**(keys | changes))


async def test_a_token_is_fetched_as_documented():
    vendor = FakeVendor(GRANT)
    signed = await application().authorize(ASKED, vendor)

    assert signed.headers == {"authorization": "Bearer ey.1"}
    (asked,) = vendor.requests
    assert (asked.method, asked.url) == ("POST", "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token")
    assert parse_qs(asked.body[0].decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["app"],
        "client_secret": ["s3 &"],
        "scope": ["https://cognitiveservices.azure.com/.default"],
    }


async def test_another_cloud():
    vendor = FakeVendor(GRANT)
    changed = {"authority": "https://login.partner.microsoftonline.cn/", "scope": "https://x.azure.cn/.default"}
    await application(**changed).authorize(ASKED, vendor)
    assert vendor.requests[0].url == "https://login.partner.microsoftonline.cn/contoso.example/oauth2/v2.0/token"
    assert b"x.azure.cn" in vendor.requests[0].body[0]


async def test_a_refused_secret_is_our_configuration():
    vendor = FakeVendor(answer(401, {"error": "invalid_client", "error_description": "AADSTS7000215: …"}))
    with pytest.raises(UpstreamMisconfigured, match="invalid_client"):
        await application().authorize(ASKED, vendor)


async def test_what_sending_raises_is_passed_on():
    with pytest.raises(UpstreamTimeout):
        await application().authorize(ASKED, FakeVendor(UpstreamTimeout("slow")))


@pytest.mark.parametrize("tenant", ["", "a/b", "a?b", ".x"])
def test_a_tenant_is_an_id_or_a_domain(tenant: str):
    options = {"tenant": tenant, "client_id": "a", "client_secret": "b"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(options, Entra, dec_hook=lambda kind, value: kind(value))


def test_an_authority_is_a_url():
    with pytest.raises(ValueError, match="expected"):
        application(authority="login.example")


@pytest.mark.parametrize("field", ["client_id", "client_secret"])
def test_no_secret_shows(field: str):
    assert "canary" not in repr(application(**{field: Secret("canary")}))
