"""Every failure of the gateway. The class says what may be done next; ``wire.faults`` says how the caller sees it.

::

    GatewayError                      retryable  failover  trips_breaker   outcome
    ├─ CallerError                        -          -           -         the request itself is at fault
    │  ├─ MalformedRequest                                                 body is not the JSON object it must be
    │  ├─ InvalidParameter                                                 a parameter has a value it cannot have
    │  ├─ UnsupportedImageFormat                                           not JPEG, PNG, BMP or TIFF, or not Base64
    │  ├─ ImageSizeOutOfRange                                              pixels outside 100..8192 a side
    │  ├─ BodyTooLarge                                                     over the limit, or without a length
    │  ├─ UrlRefused                                                       the guard does not let us fetch it
    │  │  └─ ObjectUrlInvalid                                              object storage, but no object of it
    │  ├─ DownloadFailed                                                   the URL did not deliver a file
    │  │  ├─ DownloadTooLarge                                              one over the limit
    │  │  └─ ObjectDownloadFailed                                          the same of object storage
    │  │     ├─ ObjectNotAuthorized                                        private, and we have no key to it
    │  │     ├─ ObjectTooLarge                                             one over the limit
    │  │     └─ ObjectMissing                                              no such object
    │  ├─ Unauthenticated                                                  no token, or one that is not ours
    │  ├─ Forbidden                                                        known caller, foreign project
    │  ├─ UnknownApi                                                       no such path, project or method
    │  └─ LimitExceeded                                                    more than its account may (``retry_after``)
    │     ├─ RateExceeded                                                  too often
    │     ├─ ConcurrencyExceeded                                           too much at once
    │     └─ BudgetSpent                                                   the money of the day is spent
    ├─ DocumentError                      -          F           -         the picture was read; the document is not there
    │  ├─ NoDocument                                                       nothing in it is an identity document
    │  ├─ SeveralDocuments                                                 more than one holder in one picture
    │  ├─ UnreadableDocument                                               one is there, too poor to be read surely
    │  │  └─ UndecodableImage                                              the file is cut off or damaged
    │  ├─ WrongDocument                                                    a document, but not of a kind asked for
    │  ├─ ContradictedDocument                                             what was read fails its own check digits
    │  └─ RecognitionFailed                                                the reader gave up
    ├─ UpstreamError                      -          F           -         an upstream did not do its part
    │  ├─ UpstreamUnavailable             R          F           T         refused, reset, 5xx
    │  ├─ UpstreamTimeout                 -          F           T         no answer in time
    │  ├─ UpstreamThrottled               R          F           -         told to wait (``retry_after``)
    │  ├─ UpstreamMisconfigured           -          F           T         our credentials or options refused
    │  ├─ UpstreamExhausted               -          F           T         the quota or the money there is used up
    │  ├─ UpstreamGone                    -          F           T         the API is no longer there: 404, 410, unsubscribed
    │  ├─ UpstreamProtocolError           -          F           T         an answer outside the agreed form
    │  ├─ UpstreamIncapable               -          F           -         cannot take this request (size, kind, country)
    │  └─ UpstreamBusy                    -          F           -         refused by our own limit (``retry_after``)
    │     ├─ CircuitOpen                  -          F           -         not asked, as it lately failed (``retry_after``)
    │     └─ UpstreamOverBudget           -          F           -         not asked, as our money for it is spent (``retry_after``)
    ├─ NoRoute                            -          -           -         no upstream may or can take it
    ├─ DeadlineExceeded                   -          -           -         the request's own time ran out
    ├─ Overloaded                         -          -           -         the gateway holds all the bytes it may
    └─ Unrecorded                         -          -           -         the journal must have it and could not take it
"""

from __future__ import annotations

from typing import ClassVar


class GatewayError(Exception):
    """Base of all. The message is for operators: it never holds a value from a document or a request."""

    retryable: bool = False
    failover: ClassVar[bool] = False
    trips_breaker: ClassVar[bool] = False
    outcome: ClassVar[str] = "error"
    """Closed-set name for metrics, logs and the attempt trail."""

    # ``retryable`` alone may be taken back on an instance: a job that was handed in is not handed in twice.

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds to wait before another try is worth making, where that is known."""


class CallerError(GatewayError):
    outcome = "caller_error"


class MalformedRequest(CallerError):
    """The body is not a JSON object, or is cut off."""

    outcome = "malformed_request"


class InvalidParameter(CallerError):
    outcome = "invalid_parameter"


class UnsupportedImageFormat(CallerError):
    outcome = "unsupported_image_format"


class ImageSizeOutOfRange(CallerError):
    outcome = "image_size_out_of_range"


class BodyTooLarge(CallerError):
    outcome = "body_too_large"


class UrlRefused(CallerError):
    outcome = "url_refused"


class DownloadFailed(CallerError):
    outcome = "download_failed"

    def __init__(self, message: str = "", *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.status = status
        """What the server answered instead of a file, where it answered."""


class DownloadTooLarge(DownloadFailed):
    outcome = "download_too_large"


class ObjectUrlInvalid(UrlRefused):
    outcome = "object_url_invalid"


class ObjectDownloadFailed(DownloadFailed):
    outcome = "object_download_failed"


class ObjectNotAuthorized(ObjectDownloadFailed):
    outcome = "object_not_authorized"


class ObjectTooLarge(ObjectDownloadFailed):
    outcome = "object_too_large"


class ObjectMissing(ObjectDownloadFailed):
    outcome = "object_missing"


class Unauthenticated(CallerError):
    """The message is shown to the caller behind "Incorrect IAM authentication information: "."""

    outcome = "unauthenticated"


class Forbidden(CallerError):
    outcome = "forbidden"


class UnknownApi(CallerError):
    outcome = "unknown_api"


class LimitExceeded(CallerError):
    outcome = "limit_exceeded"


class RateExceeded(LimitExceeded):
    outcome = "rate_exceeded"


class ConcurrencyExceeded(LimitExceeded):
    outcome = "concurrency_exceeded"


class BudgetSpent(LimitExceeded):
    outcome = "budget_spent"


class DocumentError(GatewayError):
    failover = True
    outcome = "document_error"


class NoDocument(DocumentError):
    outcome = "no_document"


class SeveralDocuments(DocumentError):
    outcome = "several_documents"


class UnreadableDocument(DocumentError):
    outcome = "unreadable_document"


class UndecodableImage(UnreadableDocument):
    """Found out here, when the picture had to be made to fit: no upstream has seen it."""

    outcome = "undecodable_image"


class WrongDocument(DocumentError):
    outcome = "wrong_document"


class ContradictedDocument(DocumentError):
    """A check digit of what was read does not hold, so that some of it was misread or made up."""

    outcome = "contradicted_document"


class RecognitionFailed(DocumentError):
    outcome = "recognition_failed"


class UpstreamError(GatewayError):
    failover = True
    outcome = "upstream_error"


class UpstreamUnavailable(UpstreamError):
    retryable = True
    trips_breaker = True
    outcome = "unavailable"


class UpstreamTimeout(UpstreamError):
    trips_breaker = True
    outcome = "timeout"


class UpstreamThrottled(UpstreamError):
    retryable = True
    outcome = "throttled"


class UpstreamMisconfigured(UpstreamError):
    trips_breaker = True
    outcome = "misconfigured"


class UpstreamExhausted(UpstreamError):
    trips_breaker = True
    outcome = "exhausted"


class UpstreamGone(UpstreamError):
    trips_breaker = True
    outcome = "gone"


class UpstreamProtocolError(UpstreamError):
    trips_breaker = True
    outcome = "protocol_error"


class UpstreamIncapable(UpstreamError):
    outcome = "incapable"


class UpstreamBusy(UpstreamError):
    outcome = "busy"


class CircuitOpen(UpstreamBusy):
    outcome = "circuit_open"


class UpstreamOverBudget(UpstreamBusy):
    outcome = "over_budget"


class NoRoute(GatewayError):
    outcome = "no_route"


class DeadlineExceeded(GatewayError):
    outcome = "deadline_exceeded"


class Overloaded(GatewayError):
    outcome = "overloaded"


class Unrecorded(GatewayError):
    outcome = "unrecorded"
