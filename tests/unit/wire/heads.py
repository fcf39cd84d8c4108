"""Requests for the tests of who may call: signed by the independent signer, as their heads arrive."""

from __future__ import annotations

from datetime import UTC, datetime

from gateway.wire.head import Head
from tests.wire.signing import authorization, sign

NOW = datetime(2026, 11, 22, 11, 45, tzinfo=UTC).timestamp()
DATE = "20261122T114500Z"
SECRET = "sk"
PATH = "/v2/p1/ocr/id-document"


def head(method: str = "POST", target: str = PATH, **headers: str) -> Head:
    """``x_auth_token="t"`` becomes the header ``x-auth-token``."""
    fields = {name.replace("_", "-"): (value.encode(),) for name, value in headers.items()}
    return Head(method, target.encode(), fields)


def signed_head(
    access_key: str = "AK", secret: str = SECRET, body: bytes = b"", date: str = DATE, signed: str = "", **headers: str
) -> Head:
    fields = {"host": "gateway.example.com", "x-sdk-date": date}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    signed = signed or ";".join(sorted(fields))
    signature = sign(
        secret,
        method="POST",
        path=PATH,
        headers=fields,
        signed=signed,
        date=date,
        body=body,
        payload=fields.get("x-sdk-content-sha256"),
    )
    fields["authorization"] = authorization(access_key, signed, signature)
    return Head("POST", PATH.encode(), {name: (value.encode(),) for name, value in fields.items()})


class Body:
    """A body that remembers whether it was read."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = content
        self.reads = 0

    async def __call__(self) -> bytes:
        self.reads += 1
        return self.content
