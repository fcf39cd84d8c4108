"""What vendors check of a request's authorization, done by their own clients: independent of the code under test.

A verifier says what is wrong, or None where the vendor would accept. It is a pure function of what was received: the
tokens that :func:`token_routes` gives out can be checked without remembering them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from aiohttp import web
from alibabacloud_tea_openapi.utils import Utils
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from tencentcloud.common.sign import Sign

FRESH = timedelta(minutes=5)

GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as it arrived, and what the vendor knows of the account.

    ``path_qs`` is as on the request line, ``headers`` have lower case names, ``credentials`` is the YAML section, ``at``
    the vendor's clock.
    """

    method: str
    path_qs: str
    headers: Mapping[str, str]
    body: bytes
    id: str
    secret: str
    credentials: Mapping[str, Any]
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def parts(self, algorithm: str) -> dict[str, str]:
        """``name=value`` pairs of an ``Authorization`` of that algorithm; empty for any other."""
        scheme, _, rest = self.headers.get("authorization", "").partition(" ")
        pairs = (pair.strip().partition("=") for pair in rest.split(","))
        return {name: value for name, _, value in pairs} if scheme == algorithm else {}

    def signed(self, names: str) -> dict[str, str]:
        """The headers that a list with ``;`` names; one that did not arrive is empty."""
        return {name: self.headers.get(name, "") for name in names.split(";")}

    def stamp(self, form: str, header: str) -> str | None:
        """What is wrong with the time in ``header``."""
        try:
            stamp = datetime.strptime(self.headers.get(header, ""), form).replace(tzinfo=UTC)
        except ValueError:
            return f"{header} is no time"
        return None if abs(stamp - self.at) <= FRESH else f"{header} is not fresh"


Verifier = Callable[[Received], str | None]


def header(received: Received) -> str | None:
    name = received.credentials["name"].lower()
    return None if received.headers.get(name) == received.secret else f"{name} is missing or wrong"


def huawei_aksk(received: Received) -> str | None:
    parts = received.parts("SDK-HMAC-SHA256")
    if parts.keys() != {"Access", "SignedHeaders", "Signature"} or parts["Access"] != received.id:
        return "no such access key"
    if not {"host", "x-sdk-date"} <= received.signed(parts["SignedHeaders"]).keys():
        return "host and x-sdk-date must be signed"
    url = urlsplit(received.path_qs)
    request = SdkRequest(
        method=received.method,
        schema="https",
        host=received.headers["host"],
        resource_path=url.path,
        query_params=parse_qsl(url.query, keep_blank_values=True),
        header_params=received.signed(parts["SignedHeaders"]),
        body=received.body,
    )
    if wrong := received.stamp("%Y%m%dT%H%M%SZ", "x-sdk-date"):
        return wrong
    Signer(BasicCredentials(received.id, received.secret)).sign(request)
    return _same(request.header_params["Authorization"], received)


def tencent_tc3(received: Received) -> str | None:
    parts = received.parts("TC3-HMAC-SHA256")
    stamp = received.headers.get("x-tc-timestamp", "")
    if not stamp.isdecimal() or abs(int(stamp) - received.at.timestamp()) > FRESH.total_seconds():
        return "x-tc-timestamp is not fresh"
    day = datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{received.credentials.get('service', 'ocr')}/tc3_request"
    names = parts.get("SignedHeaders", "")
    if parts.get("Credential") != f"{received.id}/{scope}" or not {"content-type", "host"} <= set(names.split(";")):
        return "not the account, day, service or headers that are signed"
    url = urlsplit(received.path_qs)
    lines = "".join(f"{name}:{value}\n" for name, value in received.signed(names).items())
    canonical = [received.method, url.path, url.query, lines, names, hashlib.sha256(received.body).hexdigest()]
    digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    text = f"TC3-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
    signature = Sign.sign_tc3(received.secret, day, scope.split("/")[1], text)
    return None if signature == parts.get("Signature") else "the signature is wrong"


def alibaba_acs3(received: Received) -> str | None:
    parts = received.parts("ACS3-HMAC-SHA256")
    signed = received.signed(parts.get("SignedHeaders", ""))
    needed = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
    if parts.get("Credential") != received.id or not needed <= signed.keys():
        return "no such access key, or too little is signed"
    payload = hashlib.sha256(received.body).hexdigest()
    if signed["x-acs-content-sha256"] != payload or len(signed["x-acs-signature-nonce"]) < 16:
        return "the body's hash or the nonce is wrong"
    if wrong := received.stamp("%Y-%m-%dT%H:%M:%SZ", "x-acs-date"):
        return wrong
    url = urlsplit(received.path_qs)
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    request = SimpleNamespace(method=received.method, pathname=url.path, query=query, headers=signed)
    return _same(Utils.get_authorization(request, "ACS3-HMAC-SHA256", payload, received.id, received.secret), received)


def aws_sigv4(received: Received) -> str | None:
    parts = received.parts("AWS4-HMAC-SHA256")
    signed = received.signed(parts.get("SignedHeaders", ""))
    arrived = {name for name in received.headers if name in {"host", "content-type"} or name.startswith("x-amz-")}
    if not {"host", "x-amz-date"} <= arrived <= signed.keys():
        return "too little is signed"
    if wrong := received.stamp("%Y%m%dT%H%M%SZ", "x-amz-date"):
        return wrong
    section = received.credentials
    signer = SigV4Auth(Credentials(received.id, received.secret), section.get("service", "textract"), section["region"])
    url = f"https://{received.headers['host']}{received.path_qs}"
    request = AWSRequest(received.method, url, headers=signed, data=received.body)
    request.context["timestamp"] = received.headers["x-amz-date"]
    signature = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    return _same(
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={names}, Signature={signature}", received
    )


def baidu_token(received: Received) -> str | None:
    tokens = parse_qs(urlsplit(received.path_qs).query).get("access_token", [])
    return None if len(tokens) == 1 and _is_issued(tokens[0], received) else "access_token is missing or wrong"


def bearer(received: Received) -> str | None:
    scheme, _, token = received.headers.get("authorization", "").partition(" ")
    return None if scheme == "Bearer" and _is_issued(token, received) else "the bearer token is missing or wrong"


def _same(authorization: str, received: Received) -> str | None:
    return None if authorization == received.headers["authorization"] else "the signature is wrong"


VERIFIERS: Mapping[str, Verifier] = {
    "alibaba_acs3": alibaba_acs3,
    "aws_sigv4": aws_sigv4,
    "baidu_token": baidu_token,
    "entra": bearer,
    "google_service_account": bearer,
    "header": header,
    "huawei_aksk": huawei_aksk,
    "tencent_tc3": tencent_tc3,
}
"""By credentials type."""


@lru_cache
def secrets_for(kind: str) -> tuple[str, str]:
    """An id and a secret of the form that the scheme wants; for Google a key file's text, and whose it is."""
    if kind != "google_service_account":
        return f"{kind}-id", f"{kind}-secret"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    email = "reader@project.iam.gserviceaccount.com"
    file = {"type": "service_account", "client_email": email, "private_key": pem, "private_key_id": "0123abcd"}
    return email, json.dumps(file | {"token_uri": GOOGLE_AUDIENCE})


def yaml_for(credentials: Mapping[str, Any], token_base_url: str) -> dict[str, Any]:
    """The section with its token endpoint on ``token_base_url``, where :func:`token_routes` answer."""
    place = {
        "baidu_token": {"endpoint": token_base_url},
        "entra": {"authority": token_base_url},
        "google_service_account": {"token_url": f"{token_base_url}/token"},
    }
    return {**credentials, **place.get(credentials["type"], {})}


def token_routes(kind: str, client_id: str, client_secret: str, *, lifetime: int = 3600) -> list[web.RouteDef]:
    """The token endpoint of the scheme for one account; none for a scheme without tokens."""

    async def answer(request: web.Request) -> web.Response:
        form = parse_qs((await request.read()).decode(), strict_parsing=request.can_read_body)
        fields = {name: values[-1] for name, values in {**parse_qs(request.query_string), **form}.items()}
        if wrong := checks[kind](fields, client_id, client_secret):
            return web.json_response({"error": wrong, "error_description": "no such client"}, status=400)
        token = issue(client_id, client_secret)
        return web.json_response({"access_token": token, "expires_in": lifetime, "token_type": "Bearer"})

    checks = {"baidu_token": _client_secret, "entra": _scoped_client_secret, "google_service_account": _assertion}
    paths = {
        "baidu_token": "/oauth/2.0/token",
        "entra": "/{tenant}/oauth2/v2.0/token",
        "google_service_account": "/token",
    }
    return [web.post(paths[kind], answer)] if kind in paths else []


def issue(client_id: str, client_secret: str) -> str:
    """A token for the account, another one each time."""
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_seal(nonce, client_id, client_secret)}"


def _is_issued(token: str, received: Received) -> bool:
    nonce, _, seal = token.partition(".")
    return seal == _seal(nonce, received.id, received.secret)


def _seal(nonce: str, client_id: str, client_secret: str) -> str:
    return hmac.digest(client_secret.encode(), f"{nonce}.{client_id}".encode(), "sha256").hex()


def _client_secret(fields: Mapping[str, str], client_id: str, client_secret: str) -> str | None:
    if fields.get("grant_type") != "client_credentials":
        return "unsupported_grant_type"
    given = fields.get("client_id"), fields.get("client_secret")
    return None if given == (client_id, client_secret) else "invalid_client"


def _scoped_client_secret(fields: Mapping[str, str], client_id: str, client_secret: str) -> str | None:
    return _client_secret(fields, client_id, client_secret) or (None if fields.get("scope") else "invalid_scope")


def _assertion(fields: Mapping[str, str], client_id: str, client_secret: str) -> str | None:
    if fields.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
        return "unsupported_grant_type"
    pem = json.loads(client_secret)["private_key"].encode()
    key = serialization.load_pem_private_key(pem, password=None).public_key()
    try:
        claims = jwt.decode(
            fields.get("assertion", ""),
            key,
            algorithms=["RS256"],
            audience=GOOGLE_AUDIENCE,
            issuer=client_id,
            options={"require": ["iss", "scope", "aud", "iat", "exp"]},
        )
    except jwt.InvalidTokenError:
        return "invalid_grant"
    return None if claims["exp"] - claims["iat"] <= 3600 and claims["scope"] else "invalid_scope"
