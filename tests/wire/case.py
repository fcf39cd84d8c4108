"""Cases on disk: what a caller sends (``.request``) and must get back (``.response``).

A request begins with comment lines for the gateway it meets::

    # anonymous: false          default: the accounts of ``ACCOUNTS`` only
    # recognizer: NoDocument    raises that error; default: answers with ``SPECIMEN``
    # strict: true · any_country: true · body_memory: 1000 · chunked: true

then the request follows as it goes over the wire (lines of the head end in CRLF there). Placeholders:
``{{length}}`` bytes of the body · ``{{jpeg 640x480}}`` a picture in Base64 (also png, bmp, tiff, gif) ·
``{{jpeg 640x480 to 10485760}}`` the same as text of that many characters · ``{{wrapped jpeg 640x480}}`` in lines with
escaped breaks · ``{{escaped jpeg 640x480}}`` with escaped slashes · ``{{x times 40000}}`` · ``{{bytes ff fe}}``.

A response is a status line, the headers that matter (``{{absent}}`` for those that must not be there) and the body to
the byte; ``{{request id}}`` stands for the one in the header.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from tests.pictures import bmp, gif, jpeg, png, tiff

FOLDER = Path(__file__).parent / "cases"

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
    head = _filled(head).replace(b"{{length}}", str(len(body)).encode()).replace(b"\n", b"\r\n")
    if settings.pop("chunked", None):
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in _parts(body)) + b"0\r\n\r\n"
    return Request(settings, head + b"\r\n\r\n" + body)


def read_response(name: str) -> Response:
    head, _, body = (FOLDER / f"{name}.response").read_text().partition("\n\n")
    status, *headers = head.rstrip("\n").split("\n")
    return Response(int(status.split()[1]), dict(line.split(": ", 1) for line in headers), body.removesuffix("\n"))


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
