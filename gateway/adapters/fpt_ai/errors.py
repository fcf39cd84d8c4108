"""What FPT.AI Reader's ``errorCode`` means to us. From its API pages, which share one table."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.errors import GatewayError, NoDocument, UnreadableDocument, UpstreamProtocolError

ERRORS: Mapping[str, type[GatewayError]] = {
    "1": UpstreamProtocolError,  # parameters: no picture in the request
    "2": UnreadableDocument,  # a corner is missing, so the card cannot be cropped
    "3": NoDocument,  # none found, or too blurred, dark or bright to be found
    "5": UpstreamProtocolError,  # no URL: we send none
    "6": UpstreamProtocolError,  # URL cannot be opened: the same
    "7": UnreadableDocument,  # not an image: its header was one
    "8": UnreadableDocument,  # damaged
    "9": UpstreamProtocolError,  # no Base64: we send a file
    "10": UpstreamProtocolError,  # Base64 invalid: the same
}
"""Refused keys, quota and throttling come without a code, as HTTP statuses of the gateway in front of it."""
