"""What Baidu's error codes mean to us. All of them come with HTTP 200. From the OCR error page (``dk3h7y5vr``)."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.errors import (
    GatewayError,
    NoDocument,
    RecognitionFailed,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)

ERRORS: Mapping[str, type[GatewayError]] = {
    "1": UpstreamUnavailable,  # unknown error, to be tried again
    "2": UpstreamUnavailable,
    "3": UpstreamGone,  # no such API
    "4": UpstreamThrottled,  # their cluster's limit
    "6": UpstreamMisconfigured,  # the application has not ticked this API
    "13": UpstreamMisconfigured,  # their service token
    "14": UpstreamMisconfigured,  # signature
    "15": UpstreamMisconfigured,  # no such application
    "17": UpstreamExhausted,  # the day's quota
    "18": UpstreamThrottled,  # requests a second
    "19": UpstreamExhausted,  # the whole quota
    "100": UpstreamMisconfigured,  # access_token is none
    "110": UpstreamMisconfigured,  # token invalid: the credentials have fetched a fresh one by then
    "111": UpstreamMisconfigured,  # token expired: the same
    "216100": UpstreamProtocolError,  # invalid parameter
    "216101": UpstreamProtocolError,  # parameter missing
    "216102": UpstreamGone,  # service not supported
    "216103": UpstreamIncapable,  # parameter too long
    "216110": UpstreamMisconfigured,  # no such application id
    "216200": UpstreamProtocolError,  # no picture: we always send one
    "216201": UnreadableDocument,  # not a picture in a format of theirs: ours are, so it is damaged
    "216202": UpstreamIncapable,  # bytes or pixels
    "216400": UpstreamUnavailable,  # backend
    "216401": UpstreamUnavailable,  # backend
    "216630": RecognitionFailed,
    "216633": NoDocument,  # of their identity card API: not such a card
    "216634": RecognitionFailed,  # detection
    "282000": UpstreamUnavailable,  # internal
    "282003": UpstreamProtocolError,  # parameter missing
    "282100": UnreadableDocument,  # cannot be transcoded
    "282102": NoDocument,  # no such document detected
    "282103": UnreadableDocument,  # detected and not recognized: incomplete or blurred
    "282810": RecognitionFailed,
    # About batches and URLs, of which we send none.
    **dict.fromkeys(("282005", "282006", "282110", "282111", "282112", "282113", "282114"), UpstreamProtocolError),
}
