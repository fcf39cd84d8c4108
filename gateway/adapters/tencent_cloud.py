"""What all actions of Tencent Cloud's OCR product share: the head of a request, the envelope of an answer, the error codes.

API 3.0 of the product ``ocr``, version 2018-11-19. Every answer is ``{"Response": {…}}`` with HTTP status 200, be it a
result or an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from gateway.adapters.answer import decode, decode_or_none
from gateway.adapters.body import Parts
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    ContradictedDocument,
    GatewayError,
    NoDocument,
    RecognitionFailed,
    SeveralDocuments,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
    WrongDocument,
)
from gateway.exchange import VendorRequest, VendorResponse

VERSION = "2018-11-19"

ERRORS: Mapping[str, type[GatewayError]] = {
    # Every action of API 3.0.
    "ActionOffline": UpstreamGone,
    "AuthFailure": UpstreamMisconfigured,
    "InternalError": UpstreamUnavailable,
    "InvalidAction": UpstreamGone,  # not of this edition, or withdrawn
    "InvalidParameter": UpstreamIncapable,  # the form of our requests is fixed: it is a value that the vendor lacks
    "InvalidParameterValue": UpstreamIncapable,
    "InvalidRequest": UpstreamProtocolError,
    "IpInBlacklist": UpstreamMisconfigured,
    "IpNotInWhitelist": UpstreamMisconfigured,
    "LimitExceeded": UpstreamThrottled,
    "MissingParameter": UpstreamIncapable,  # the other side of a card, which no caller sends
    "NoSuchProduct": UpstreamGone,
    "NoSuchVersion": UpstreamGone,
    "RequestLimitExceeded": UpstreamThrottled,
    "RequestSizeLimitExceeded": UpstreamIncapable,
    "ResourceInsufficient": UpstreamUnavailable,
    "ResourceUnavailable": UpstreamUnavailable,
    "ResponseSizeLimitExceeded": UpstreamIncapable,
    "ServiceUnavailable": UpstreamUnavailable,
    "UnauthorizedOperation": UpstreamMisconfigured,
    "UnknownParameter": UpstreamProtocolError,
    "UnsupportedOperation": UpstreamIncapable,
    "UnsupportedProtocol": UpstreamProtocolError,
    "UnsupportedRegion": UpstreamMisconfigured,
    # What became of the picture.
    "FailedOperation": RecognitionFailed,
    "FailedOperation.CardSideError": WrongDocument,
    "FailedOperation.DetectFailed": UnreadableDocument,
    "FailedOperation.EmptyImageError": UnreadableDocument,
    "FailedOperation.FieldException": UnreadableDocument,  # a field is not as it should be
    "FailedOperation.FileDecodeFailed": UnreadableDocument,
    "FailedOperation.IdCardInfoIllegal": UnreadableDocument,  # number or name missing or impossible
    "FailedOperation.IdCardTooSmall": UnreadableDocument,
    "FailedOperation.ImageBlur": UnreadableDocument,
    "FailedOperation.ImageDecodeFailed": UnreadableDocument,
    "FailedOperation.ImageNoIdCard": NoDocument,
    "FailedOperation.ImageNoSpecifiedCard": WrongDocument,
    "FailedOperation.ImageNoText": NoDocument,
    "FailedOperation.ImageSizeTooLarge": UpstreamIncapable,
    "FailedOperation.InconsistencyBetweenMRZAndVRZ": ContradictedDocument,
    "FailedOperation.LicenseCardSideError": WrongDocument,
    "FailedOperation.LicenseMultiCardError": SeveralDocuments,
    "FailedOperation.MultiCardError": SeveralDocuments,
    "FailedOperation.NoHKIDCard": WrongDocument,
    "FailedOperation.NoPassport": WrongDocument,
    "FailedOperation.NotAppointCard": WrongDocument,
    "FailedOperation.OcrFailed": RecognitionFailed,
    "FailedOperation.UnKnowFileTypeError": UpstreamIncapable,
    "InvalidParameter.EngineImageDecodeFailed": UnreadableDocument,
    "InvalidParameterValue.InvalidFileContentSize": UpstreamIncapable,
    "InvalidParameterValue.InvalidParameterValueLimit": UpstreamIncapable,
    "InvalidParameterValue.UnsupportedCard": UpstreamIncapable,
    "LimitExceeded.TooLargeFileError": UpstreamIncapable,
    # The account.
    "FailedOperation.ArrearsError": UpstreamExhausted,
    "FailedOperation.CountLimitError": UpstreamExhausted,  # calls of this day
    "FailedOperation.UnOpenError": UpstreamMisconfigured,  # the service is not activated
    "ResourceUnavailable.InArrears": UpstreamExhausted,
    "ResourceUnavailable.ResourcePackageRunOut": UpstreamExhausted,
    "ResourcesSoldOut": UpstreamExhausted,
    "ResourcesSoldOut.ChargeStatusException": UpstreamExhausted,
    # The vendor's own trouble.
    "FailedOperation.EngineRecognizeTimeout": UpstreamUnavailable,
    "FailedOperation.ResponseParseFailed": UpstreamUnavailable,
    "FailedOperation.UnKnowError": UpstreamUnavailable,
    "FailedOperation.WarningServiceFailed": UpstreamUnavailable,
    # We send no address of a picture, no PDF, no Config and no Language: these answer some other request.
    "FailedOperation.DownLoadError": UpstreamProtocolError,
    "FailedOperation.LanguageNotSupport": UpstreamProtocolError,
    "FailedOperation.PDFParseFailed": UpstreamProtocolError,
    "InvalidParameter.ConfigFormatError": UpstreamProtocolError,
    "ResourceUnavailable.ImageDownloadError": UpstreamProtocolError,
    # Codes of actions that we never ask: Chinese and Malaysian cards, bank cards, business papers, invoices.
    **dict.fromkeys(
        (
            "FailedOperation.ClassifyStoreFailed",
            "FailedOperation.IllegalBankCardError",
            "FailedOperation.ImageNoBusinessCard",
            "FailedOperation.ImageNoHandWrite",
            "FailedOperation.InvalidPostalCodeLength",
            "FailedOperation.InvoiceMismatch",
            "FailedOperation.NoBankCardError",
            "FailedOperation.NoBizLicense",
            "FailedOperation.NoDriverLicenseError",
            "FailedOperation.NoMASIDCard",
            "FailedOperation.NoStoreLabel",
            "FailedOperation.NoVehicleLicenseError",
            "InvalidParameterValue.PriceOrVerificationParameterValueLimit",
            "InvalidParameterValue.TicketCodeParameterValueLimit",
            "InvalidParameterValue.TicketDateParameterValueLimit",
            "InvalidParameterValue.TicketSnParameterValueLimit",
            "ResourceNotFound",
            "ResourceNotFound.NoAreaCode",
            "ResourceNotFound.NoInvoice",
            "ResourceNotFound.NotSupportCurrentInvoiceQuery",
            "ResourceUnavailable.TaxNetworkError",
        ),
        UpstreamProtocolError,
    ),
}
"""Codes of the product's own list (both editions of the SDK) and of API 3.0, spelled as the vendor spells them; a longer
code goes by its beginning (``AuthFailure.SignatureExpire`` by ``AuthFailure``)."""

T = TypeVar("T")


class _Envelope(msgspec.Struct, rename="pascal"):
    response: msgspec.Raw


class _Error(msgspec.Struct, rename="pascal"):
    code: str = ""


class _Refusal(msgspec.Struct, rename="pascal"):
    error: _Error | None = None


def request(
    endpoint: str,
    action: str,
    body: Parts,
    *,
    region: str | None = None,
    language: str | None = None,
    delay: float = 0.0,
    repeatable: bool = False,
) -> VendorRequest:
    """The unsigned POST for ``action``; ``region`` is ``X-TC-Region``, ``language`` that of the vendor's messages."""
    headers = {"content-type": "application/json", "x-tc-action": action, "x-tc-version": VERSION}
    if region is not None:
        headers["x-tc-region"] = region
    if language is not None:
        headers["x-tc-language"] = language
    return VendorRequest("POST", f"{endpoint.rstrip('/')}/", headers, body, delay=delay, repeatable=repeatable)


def result(response: VendorResponse, kind: type[T]) -> T:
    """What ``Response`` holds as ``kind``; raises the error that it stands for, by its code where there is one."""
    envelope = decode_or_none(response.body, _Envelope)
    refusal = None if envelope is None else decode_or_none(bytes(envelope.response), _Refusal)
    if refusal is not None and refusal.error is not None:
        raise by_code(response, refusal.error.code, ERRORS)
    if not 200 <= response.status < 300:
        raise by_code(response, "", ERRORS)
    return decode(bytes(decode(response.body, _Envelope).response), kind)
