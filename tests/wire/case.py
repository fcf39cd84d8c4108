"""Cases on disk: what a caller sends (``.request``) and must get back (``.response``).

A request begins with comment lines for the gateway it meets::

    # anonymous: false          default: the accounts of ``ACCOUNTS`` only
    # recognizer: NoDocument    raises that error; default: answers with ``SPECIMEN``
    # strict: true · any_country: true · body_memory: 1000 · chunked: true
    # secret: …                 signs with that key; default: the one that belongs to the access key
    # signs path: … · signs host: … · signs value: … as …    what was signed, where that is not what is sent
    # signs body: …             the body's hash is that of another text, or it stands there instead of a hash

then the request follows as it goes over the wire (lines of the head end in CRLF there). Placeholders:
``{{length}}`` bytes of the body · ``{{jpeg 640x480}}`` a picture in Base64 (also png, bmp, tiff, gif) ·
``{{jpeg 640x480 to 10485760}}`` the same as text of that many characters · ``{{wrapped jpeg 640x480}}`` in lines with
escaped breaks · ``{{escaped jpeg 640x480}}`` with escaped slashes · ``{{x times 40000}}`` · ``{{bytes ff fe}}`` ·
``{{signature}}`` made from the request by :mod:`tests.wire.signing`. The gateway's clock stands at ``NOW``.

A response is a status line, the headers that matter (``{{absent}}`` for those that must not be there) and the body to
the byte; ``{{request id}}`` stands for the one in the header.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from tests.pictures import bmp, gif, jpeg, png, tiff
from tests.wire.signing import sign

FOLDER = Path(__file__).parent / "cases"

SECRETS = {"BILLING-AK": "billing-sk", "CLAIMS-AK": "claims-sk"}

PICTURES = {"jpeg": jpeg, "png": png, "bmp": bmp, "tiff": tiff, "gif": gif}

_PICTURE = re.compile(rb"\{\{(?:(wrapped|escaped) )?(\w+) (\d+)x(\d+)(?: to (\d+))?\}\}")


@dataclass(frozen=True)
class Request:
    settings: dict[str, str]
    raw: bytes


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: str


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.request"))


def read_request(name: str) -> Request:
    lines = (FOLDER / f"{name}.request").read_bytes().split(b"\n")
    comments = [line for line in lines if line.startswith(b"# ")]
    settings = dict(line[2:].decode().split(": ", 1) for line in comments)
    head, _, body = b"\n".join(lines[len(comments) :]).partition(b"\n\n")
    body = _filled(body.removesuffix(b"\n"))
    head = _filled(head).replace(b"{{length}}", str(len(body)).encode())
    if b"{{signature}}" in head:
        head = head.replace(b"{{signature}}", _signature(head.decode("latin-1"), body, settings).encode())
    head = head.replace(b"\n", b"\r\n")
    if settings.pop("chunked", None):
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in _parts(body)) + b"0\r\n\r\n"
    return Request(settings, head + b"\r\n\r\n" + body)


def read_response(name: str) -> Response:
    head, _, body = (FOLDER / f"{name}.response").read_text().partition("\n\n")
    status, *headers = head.rstrip("\n").split("\n")
    return Response(int(status.split()[1]), dict(line.split(": ", 1) for line in headers), body.removesuffix("\n"))


def _signature(head: str, body: bytes, settings: dict[str, str]) -> str:
    """Takes out of ``settings`` what is about signing."""
    request_line, *lines = head.split("\n")
    method, target, _ = request_line.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    access_key, signed = re.search(r"Access=(\S+), SignedHeaders=(\S+),", headers["authorization"]).groups()
    path, _, query = target.partition("?")
    if host := settings.pop("signs host", None):
        headers["host"] = host
    if value := settings.pop("signs value", None):
        sent, meant = value.split(" as ")
        headers = {name: meant if value == sent else value for name, value in headers.items()}
    return sign(
        settings.pop("secret", SECRETS.get(access_key, "")),
        method=method,
        path=settings.pop("signs path", path),
        query=query,
        headers=headers,
        signed=signed,
        date=headers["x-sdk-date"],
        body=settings.pop("signs body", "").encode() or body,
        payload=headers.get("x-sdk-content-sha256"),
    )


def _parts(body: bytes) -> list[bytes]:
    return [body[start : start + 65_536] for start in range(0, len(body), 65_536)]


def _filled(text: bytes) -> bytes:
    text = _PICTURE.sub(_picture, text)
    text = re.sub(rb"\{\{(.) times (\d+)\}\}", lambda match: match[1] * int(match[2]), text)
    return re.sub(rb"\{\{bytes ([0-9a-f ]+)\}\}", lambda match: bytes.fromhex(match[1].decode()), text)


def _picture(match: re.Match[bytes]) -> bytes:
    form, kind, width, height, size = match.groups()
    content = PICTURES[kind.decode()](int(width), int(height))
    if size:
        content += bytes(int(size) // 4 * 3 - len(content))
    elif form:
        content += bytes(range(256))
    text = base64.b64encode(content)
    if form == b"wrapped":
        return b"".join(text[start : start + 76] + rb"\r\n" for start in range(0, len(text), 76))
    return text.replace(b"/", rb"\/") if form == b"escaped" else text
