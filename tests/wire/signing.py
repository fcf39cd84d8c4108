"""Signs a request the way Huawei's guide describes it, with no code of the gateway and none of an SDK.

The arguments are what goes into the signature, which is not always what is sent.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping


def sign(
    secret: str,
    *,
    method: str,
    path: str,
    headers: Mapping[str, str],
    signed: str,
    date: str,
    body: bytes = b"",
    query: str = "",
    payload: str | None = None,
) -> str:
    """The signature in hex. ``headers`` are by lower-case name, ``signed`` is the list with semicolons, ``path`` and
    ``query`` are as they are to be signed but for the slash at the end, ``payload`` stands in for the body's hash.
    """
    text = f"{method}\n{path}{'' if path.endswith('/') else '/'}\n{query}\n"
    for name in signed.split(";"):
        text += f"{name}:{headers[name]}\n"
    text += f"\n{signed}\n{payload or hashlib.sha256(body).hexdigest()}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return hmac.new(secret.encode(), f"SDK-HMAC-SHA256\n{date}\n{digest}".encode(), hashlib.sha256).hexdigest()


def authorization(access_key: str, signed: str, signature: str) -> str:
    return f"SDK-HMAC-SHA256 Access={access_key}, SignedHeaders={signed}, Signature={signature}"
