"""The parts of the container's answer that are read, and whether there is one at all."""

from __future__ import annotations

import msgspec
from msgspec import field

from gateway.adapters.answer import decode
from gateway.adapters.regula.errors import failure
from gateway.errors import UpstreamTimeout
from gateway.exchange import VendorResponse

DOCUMENT_TYPE, TEXT, IMAGES = 9, 36, 37
"""Kinds of result: the enum ``Result`` of the vendor's clients."""

_TIMED_OUT = 2
"""``ProcessingStatus``: 1 is finished, 0 waits for further pages of the same document."""


class Value(msgspec.Struct, rename="camel"):
    """What one source (VISUAL, MRZ, BARCODE, ...) says of a field; ``probability`` is 0 to 100, 0 where it was derived."""

    source: str = ""
    value: str | None = None
    probability: float | None = None


class TextField(msgspec.Struct, rename="camel"):
    """A field in one language (``lcid``, 0 is Latin). ``value`` is the one of ``value_list`` that the vendor chose."""

    field_type: int
    lcid: int | None = None
    value: str | None = None
    value_list: tuple[Value, ...] | None = None


class Text(msgspec.Struct, rename="camel"):
    date_format: str | None = None
    field_list: tuple[TextField, ...] | None = None


class Images(msgspec.Struct, rename="camel"):
    field_list: tuple[TextField, ...] | None = None
    """Pictures have the same shape as text: the value is Base64."""


class TypeDetails(msgspec.Struct):
    icao_code: str | None = field(default=None, name="ICAOCode")
    document_type: int | None = field(default=None, name="dType")


class Candidate(msgspec.Struct):
    """The document type that the picture was recognised as, and how likely (0..1) that is right."""

    likelihood: float | None = field(default=None, name="P")
    name: str | None = field(default=None, name="DocumentName")
    details: TypeDetails | None = field(default=None, name="FDSIDList")


class Result(msgspec.Struct):
    result_type: int | None = None
    text: Text | None = field(default=None, name="Text")
    images: Images | None = field(default=None, name="Images")
    candidate: Candidate | None = field(default=None, name="OneCandidate")


class Results(msgspec.Struct):
    entries: tuple[Result, ...] | None = field(default=None, name="List")


class Answer(msgspec.Struct):
    results: Results = field(name="ContainerList")
    processing: int | None = field(default=None, name="ProcessingFinished")


def read_answer(response: VendorResponse) -> tuple[Candidate | None, Text, Images]:
    """The first result of each kind; a kind that is missing has no fields. Raises the error that the answer stands for."""
    if not 200 <= response.status < 300:
        raise failure(response)
    answer = decode(response.body, Answer)
    if answer.processing == _TIMED_OUT:
        raise UpstreamTimeout("the container's own time limit ended the reading")
    candidate: Candidate | None = None
    text, images = Text(), Images()
    for result in reversed(answer.results.entries or ()):
        if result.result_type == DOCUMENT_TYPE:
            candidate = result.candidate
        elif result.result_type == TEXT:
            text = result.text or text
        elif result.result_type == IMAGES:
            images = result.images or images
    return candidate, text, images
