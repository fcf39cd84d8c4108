"""Every failure as the caller sees it: HTTP status, ``error_code`` and ``error_msg`` of the old API, in one table.

The reasons stand in ``docs/parity.md``. Nothing that an upstream said gets through, and an upstream's refusal of *our*
credentials never looks like a refusal of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from gateway import errors
from gateway.wire import refusals
from gateway.wire.iam import refusals as iam

_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Fault:
    """The old API's error answer. Codes of its API gateway (``APIG.``) carry the request id in the body too."""

    status: int
    code: str
    message: str

    def body(self, request_id: str, /) -> bytes:
        fields = {"error_code": self.code, "error_msg": self.message}
        if self.code.startswith("APIG."):
            fields["request_id"] = request_id
        return _ENCODER.encode(fields)


class RequestEntityTooLarge(errors.BodyTooLarge):
    """The body as a whole is over the API gateway's limit, whatever is in it."""


class IamFault(Fault):
    """The error answer of Huawei's IAM, whose code is the HTTP status, as a number."""

    __slots__ = ()

    def body(self, _request_id: str, /) -> bytes:
        title = HTTPStatus(self.status).phrase
        return _ENCODER.encode({"error": {"code": self.status, "message": self.message, "title": title}})


_INVALID = Fault(400, "AIS.0101", "The input parameter is invalid.")
_NOT_READ = Fault(400, "AIS.0104", "The image is not supported or the image quality is poor.")
_NOT_OBTAINED = Fault(400, "ModelArts.4603", "Obtaining the file from the URL failed.")
_NOT_FOUND = Fault(404, "APIG.0101", "The API does not exist or has not been published in the environment.")
_NOT_SERVED = Fault(403, "ModelArts.4204", "Request api error! The API id-document is not subscribed.")
_NOT_LOGGED_IN = IamFault(401, "", "The request you have made requires authentication.")
_TIMEOUT = Fault(504, "ModelArts.4402", "Backend service timeout error.")
_UNAVAILABLE = Fault(503, "ModelArts.4403", "Backend service unavailable error.")
_TOO_OFTEN = Fault(429, "APIG.0308", "The throttling threshold has been reached: policy user over ratelimit")

UNREADABLE = Fault(400, "APIG.0201", "API request error.")
"""For what is no HTTP request at all, and so reaches no handler that could raise anything."""

INTERNAL = Fault(500, "APIG.0601", "Internal server error.")

FAULTS: Mapping[type[errors.GatewayError], Fault] = {
    errors.GatewayError: INTERNAL,
    errors.CallerError: _INVALID,
    errors.MalformedRequest: Fault(400, "ModelArts.4105", "The JSON format of the input data is incorrect."),
    errors.InvalidParameter: _INVALID,
    errors.UnsupportedImageFormat: Fault(400, "AIS.0102", "The image format is not supported."),
    errors.ImageSizeOutOfRange: Fault(400, "AIS.0103", "The image size does not meet the requirements."),
    errors.BodyTooLarge: Fault(400, "ModelArts.4104", "Invalid Request Content Length."),
    RequestEntityTooLarge: Fault(413, "APIG.0201", "Request entity too large."),
    errors.UrlRefused: Fault(400, "ModelArts.4601", "The URL is not allowed."),
    errors.ObjectUrlInvalid: Fault(400, "ModelArts.4703", "The Obs URL is invalid."),
    errors.DownloadFailed: _NOT_OBTAINED,
    errors.DownloadTooLarge: _NOT_OBTAINED,
    errors.ObjectDownloadFailed: Fault(400, "ModelArts.4704", "Obtaining the file from the OBS failed."),
    errors.ObjectNotAuthorized: Fault(400, "ModelArts.4702", "Query Obs agency failed."),
    errors.ObjectTooLarge: Fault(400, "ModelArts.4705", "The file stored on the OBS is oversized."),
    errors.ObjectMissing: Fault(400, "ModelArts.4706", "The Obs file is not exist."),
    errors.Unauthenticated: Fault(401, "APIG.0301", "Incorrect IAM authentication information: "),
    refusals.TokenOutdated: Fault(401, "APIG.0307", "The token must be updated."),
    refusals.TokenWithoutProject: Fault(
        401, "ModelArts.0212", "Invalid Token header. The Token not contain project item."
    ),
    errors.Forbidden: _NOT_FOUND,
    refusals.NotAuthorized: Fault(403, "APIG.0302", "The IAM user is not authorized to access the API."),
    refusals.IamUnavailable: Fault(503, "APIG.0613", "The IAM service is currently unavailable."),
    errors.UnknownApi: _NOT_FOUND,
    errors.LimitExceeded: _TOO_OFTEN,
    errors.RateExceeded: _TOO_OFTEN,
    errors.ConcurrencyExceeded: Fault(
        429, "APIG.0308", "The throttling threshold has been reached: policy user over concurrency"
    ),
    errors.BudgetSpent: Fault(
        429, "APIG.0308", "The throttling threshold has been reached: policy user over daily budget"
    ),
    iam.IamRefusal: _NOT_LOGGED_IN,
    iam.BadLogin: IamFault(400, "", "The request body is invalid"),
    iam.WrongPassword: IamFault(401, "", "The username or password is wrong."),
    iam.NoSuchScope: _NOT_LOGGED_IN,
    iam.NotLoggedIn: _NOT_LOGGED_IN,
    iam.TooManyLogins: IamFault(429, "", "Too many failed attempts; try again in five minutes."),
    iam.NoSuchToken: IamFault(404, "", "X-Subject-Token is invalid in the request"),
    errors.DocumentError: _NOT_READ,
    errors.NoDocument: _NOT_READ,
    errors.SeveralDocuments: _NOT_READ,
    errors.UnreadableDocument: _NOT_READ,
    errors.UndecodableImage: _NOT_READ,
    errors.WrongDocument: _NOT_READ,
    errors.ContradictedDocument: _NOT_READ,
    errors.RecognitionFailed: Fault(400, "AIS.0105", "Recognition failed."),
    errors.UpstreamError: _UNAVAILABLE,
    errors.UpstreamUnavailable: _UNAVAILABLE,
    errors.UpstreamTimeout: _TIMEOUT,
    errors.UpstreamThrottled: _TOO_OFTEN,
    errors.UpstreamMisconfigured: _UNAVAILABLE,
    errors.UpstreamExhausted: _UNAVAILABLE,
    errors.UpstreamGone: _UNAVAILABLE,
    errors.UpstreamProtocolError: Fault(502, "APIG.0201", "Backend unavailable."),
    errors.UpstreamIncapable: _NOT_SERVED,
    errors.UpstreamBusy: Fault(429, "ModelArts.4401", "Max concurrency error."),
    errors.CircuitOpen: _UNAVAILABLE,
    errors.UpstreamOverBudget: _UNAVAILABLE,
    errors.NoRoute: _NOT_SERVED,
    errors.DeadlineExceeded: _TIMEOUT,
    errors.Overloaded: _UNAVAILABLE,
    errors.Unrecorded: _UNAVAILABLE,
}


def fault_of(error: Exception) -> Fault:
    """The answer to ``error``. A class without an entry of its own is answered like its nearest base."""
    fault = next((FAULTS[kind] for kind in type(error).__mro__ if kind in FAULTS), INTERNAL)
    if fault is FAULTS[errors.Unauthenticated]:
        return Fault(fault.status, fault.code, f"{fault.message}{error}")
    return fault
