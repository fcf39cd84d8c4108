"""The envelope that Huawei Cloud's OCR APIs answer in: a ``result``, or an error code and text."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.huawei_codes import failure
from gateway.errors import UpstreamProtocolError
from gateway.exchange import VendorResponse

T = TypeVar("T")

_NULL = b"null"


class Envelope(msgspec.Struct):
    result: msgspec.Raw = msgspec.Raw(_NULL)
    error_code: str | None = None


def result_of(response: VendorResponse, kind: type[T]) -> T:
    """The ``result`` of ``response`` as ``kind``, or the error that the answer stands for; a code in 200 is one too.

    Raises :class:`UpstreamProtocolError` where the answer is not the documented JSON, or holds neither of the two.
    """
    if not 200 <= response.status < 300:
        raise failure(response)
    envelope = decode(response.body, Envelope)
    if envelope.error_code is not None:
        raise failure(response)
    result = bytes(envelope.result)
    if result == _NULL:
        raise UpstreamProtocolError("the answer has neither result nor error_code")
    return decode(result, kind)
