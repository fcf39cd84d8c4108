"""Recognized document to response body, in the old API's order and formats."""

from __future__ import annotations

from dataclasses import fields

import msgspec

from gateway.model import IdDocument

_FIELDS = tuple(field.name for field in fields(IdDocument) if field.name not in {"portrait_image", "confidence", "mrz"})
"""The model declares them in the order of the old API's ``IdDocumentItem``."""

_ENCODER = msgspec.json.Encoder()


def encode(document: IdDocument, *, portrait: bool) -> bytes:
    """``{"result": {…}}`` with the fields there are. Dates are yyyy-mm-dd, ``confidence`` has at most four decimals and
    only the fields returned; the portrait is given only where it was asked for.
    """
    values = ((name, getattr(document, name)) for name in _FIELDS)
    result: dict[str, object] = {name: value for name, value in values if value is not None}
    if portrait and document.portrait_image is not None:
        # Base64 text already; as bytes it would be encoded a second time
        result["portrait_image"] = str(document.portrait_image, "ascii")
    scores = document.confidence
    confidence = {name: round(scores[name], 4) for name in result if name in scores}
    if confidence:
        result["confidence"] = confidence
    return _ENCODER.encode({"result": result})
