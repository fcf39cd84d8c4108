"""The envelope, the way of saying "not read", and the scores that all three APIs share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec

from gateway.adapters.answer import decode, decode_or_none
from gateway.adapters.blank import is_blank
from gateway.adapters.failure import failure
from gateway.adapters.fpt_ai.errors import ERRORS
from gateway.errors import SeveralDocuments, UnreadableDocument, UpstreamProtocolError
from gateway.exchange import VendorResponse
from gateway.model import IdDocument, Side
from gateway.normalize.scores import scores
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

FRONTS = frozenset({"old", "new", "chip_front"})
"""The values of ``type`` for fronts; those of ``type_new`` end with ``_front``, all for backs with ``_back``."""


class Fault(msgspec.Struct, rename="camel"):
    error_code: int | str | None = None


class Answer(Fault, rename="camel"):
    data: list[msgspec.Raw] | None = None


class Kind(msgspec.Struct):
    type: str | None = None
    type_new: str | None = None


def entry_of(response: VendorResponse) -> bytes:
    """The one document of ``response`` as JSON, or the error that the answer stands for.

    Where a picture shows both sides of one card, it is the front. Raises :class:`SeveralDocuments` for two fronts.
    """
    if response.status != 200:
        fault = decode_or_none(response.body, Fault) or Fault()
        raise failure(response, str(fault.error_code or ""), ERRORS)
    answer = decode(response.body, Answer)
    if answer.error_code not in (0, "0"):
        raise failure(response, str(answer.error_code), ERRORS)
    if not answer.data:
        raise UpstreamProtocolError("a success without data")
    entries = [bytes(entry) for entry in answer.data]
    fronts = [entry for entry in entries if side_of(decode(entry, Kind)) is Side.FRONT]
    chosen = fronts or entries
    if len(chosen) > 1:
        raise SeveralDocuments("more than one document in data")
    return chosen[0]


def side_of(kind: Kind) -> Side | None:
    for word in (kind.type_new or "", kind.type or ""):
        if word.endswith("_back"):
            return Side.BACK
        if word.endswith("_front") or word in FRONTS:
            return Side.FRONT
    return None


def text(value: object) -> str | None:
    """What was read of a field. The back of a licence has lists under the same names, one entry for each class."""
    return clean(value, "N/A") if isinstance(value, str) else None


def day(value: object) -> date | None:
    """A date is day, month, year; ``KHÔNG THỜI HẠN``, no expiry, is none."""
    return written_date(text(value), DateForm.DAY_FIRST)


def finished(document: IdDocument, entry: bytes, sources: Mapping[str, str]) -> IdDocument:
    """``document`` with the scores of its fields: ``entry`` has one from 0 to 100 as ``<field>_prob``, a string.

    ``sources`` maps our field names to the vendor's. Raises :class:`UnreadableDocument` where nothing was read.
    """
    if is_blank(document):
        raise UnreadableDocument("every field is N/A")
    given = decode(entry, dict[str, object])
    renamed = {ours: given.get(f"{theirs}_prob") for ours, theirs in sources.items()}
    return replace(document, confidence=scores(document, renamed, scale=100))
