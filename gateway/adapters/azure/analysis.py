"""What an operation answers when it is polled: under way, an analysis, or the reason why there is none."""

from __future__ import annotations

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.azure.errors import Error, failure, refusal
from gateway.errors import RecognitionFailed, UpstreamProtocolError
from gateway.exchange import VendorResponse


class Field(msgspec.Struct, rename="camel"):
    """A ``DocumentField``; ``confidence`` is 0 to 1."""

    content: str | None = None
    value_string: str | None = None
    value_date: str | None = None
    value_country_region: str | None = None
    value_object: dict[str, Field] | None = None
    confidence: float | None = None


class Document(msgspec.Struct, rename="camel"):
    doc_type: str
    fields: dict[str, Field] | None = None


class Analysis(msgspec.Struct, rename="camel"):
    documents: list[Document] | None = None


class Operation(msgspec.Struct, rename="camel"):
    status: str
    error: Error | None = None
    analyze_result: Analysis | None = None


def result(response: VendorResponse) -> Analysis | None:
    """What an operation has come to; ``None`` while it runs. One that has failed is an error inside HTTP 200."""
    if response.status != 200:
        raise refusal(response)
    operation = decode(response.body, Operation)
    match operation.status:
        case "notStarted" | "running":
            return None
        case "succeeded" if operation.analyze_result is not None:
            return operation.analyze_result
        case "failed" if operation.error is not None:
            raise failure(response, operation.error)
        case "failed" | "canceled" | "skipped":
            raise RecognitionFailed("the operation has ended without a result")
    raise UpstreamProtocolError("the operation is in no documented state")
