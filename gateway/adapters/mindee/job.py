"""The job that a queued file becomes: where to ask for it, and where its result is."""

from __future__ import annotations

from urllib.parse import urljoin

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.mindee.errors import Problem, failure, job_failure
from gateway.errors import UpstreamProtocolError
from gateway.exchange import VendorResponse


class Job(msgspec.Struct):
    """``status`` is Processing, Processed or Failed; ``result_url`` is null until there is a result."""

    polling_url: str
    status: str
    result_url: str | None = None
    error: Problem | None = None


class Answer(msgspec.Struct):
    job: Job


def enqueued(response: VendorResponse) -> str:
    """Where the job that ``response`` has opened is to be polled."""
    if response.status != 202:
        raise failure(response)
    return decode(response.body, Answer).job.polling_url


def result_of(response: VendorResponse, polled: str) -> str | None:
    """Where the result of the job polled at ``polled`` is; ``None`` while it is being made.

    A job that has its result answers with a redirect to it, with the address in its body, or both.
    """
    if response.status == 302:
        if location := response.headers.get("location"):
            return urljoin(polled, location)
    elif response.status != 200:
        raise failure(response, job=True)
    job = decode(response.body, Answer).job
    if job.status == "Failed":
        raise job_failure(response, job.error)
    if job.result_url is None and job.status != "Processing":
        raise UpstreamProtocolError("a job neither under way nor with a result")
    return job.result_url
