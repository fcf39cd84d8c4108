"""What Mindee's problem descriptions mean to us. From its page "Error Handling" and the test data of its clients."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    GatewayError,
    RecognitionFailed,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "401": UpstreamMisconfigured,
    "402": UpstreamExhausted,  # no active plan, its limit reached, or an option that it does not include
    "403": UpstreamMisconfigured,
    "404": UpstreamMisconfigured,  # the model: nothing else that we name in handing a file in can be missing
    "422": UnreadableDocument,  # "invalid or empty file sent": the model's id has been checked, see PARAMETERS
    "429": UpstreamThrottled,
}
"""By the first half of a code, which is the HTTP status again: 401-001 and 401-008 are of 401."""

PARAMETERS = "#/"
"""Begins the pointer to a parameter at fault; one to anything but the file says that our options are refused."""


class Detail(msgspec.Struct):
    pointer: str | None = None


class Problem(msgspec.Struct):
    """RFC 9457 in spirit: of a refused request, and of a job that has failed inside HTTP 200."""

    status: int | None = None
    code: str | None = None
    errors: list[Detail] | None = None


def failure(response: VendorResponse, *, job: bool = False) -> GatewayError:
    """The error that a refusal stands for: by its code where it has one, else by its status.

    ``job`` says that a job or its result was asked for: where that is not there, Mindee has lost what it had taken.
    """
    if job and response.status == 404:
        return UpstreamProtocolError("the job or its result is not there")
    return _failure(response, decode_or_none(response.body, Problem) or Problem())


def job_failure(response: VendorResponse, problem: Problem | None) -> GatewayError:
    """The error that a failed job stands for. Unless it is about our request, it says no more than that it failed."""
    if problem is None or (problem.status or 500) >= 500:
        return RecognitionFailed("the job has failed")
    return _failure(response, problem)


def _failure(response: VendorResponse, problem: Problem) -> GatewayError:
    code = (problem.code or str(problem.status or response.status)).replace("-", ".")
    pointers = [detail.pointer or "" for detail in problem.errors or ()]
    if any(pointer.startswith(PARAMETERS) and pointer != "#/file" for pointer in pointers):
        return UpstreamMisconfigured(f"HTTP {response.status} {code} for another parameter than the file")
    return by_code(response, code, ERRORS)
