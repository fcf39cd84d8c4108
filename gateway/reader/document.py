"""Zone and visual zone brought together: one choice, with its reason, for every field of the document.

Rules, in full in ``docs/normalization.md``: the zone leads; the visual zone confirms it, contradicts it, or adds what
it has no room for (date of issue, authority, national letters). What is not certain is absent, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from gateway.errors import NoDocument, UnreadableDocument, WrongDocument
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.countries import alpha3
from gateway.reader.confidence import confidence
from gateway.reader.evidence import CERTAIN, Evidence, FieldChoice
from gateway.reader.identity import identity_choices
from gateway.reader.labelled import labelled_page
from gateway.reader.mrz.record import MrzFormat, MrzRecord
from gateway.reader.page import visual_spans
from gateway.reader.text import Line
from gateway.reader.validity import date_choices
from gateway.reader.visual_authority import issuing_authority

_TYPES = {
    "P": DocumentType.PASSPORT,
    "I": DocumentType.IDENTITY_CARD,
    "A": DocumentType.IDENTITY_CARD,
    "C": DocumentType.IDENTITY_CARD,
}
_SIDES = {MrzFormat.TD1: Side.BACK, MrzFormat.TD2: Side.FRONT, MrzFormat.TD3: Side.FRONT}
_PERSONAL = frozenset({"document_number", "birth_date", "first_name", "last_name"})
_UNSUPPORTED = frozenset({Evidence.UNCHECKED, Evidence.CHECK_FAILED})


def read_document(record: MrzRecord | None, lines: Sequence[Line], *, today: date) -> IdDocument:
    """The document that a zone and the lines of its page describe. ``lines`` may or may not include the zone's own.

    Raises :class:`NoDocument` without a zone, :class:`WrongDocument` for a visa or another kind the old API does not
    know, :class:`UnreadableDocument` when neither number, birth date nor a name is certain.
    """
    choices = explain_document(record, lines, today=today)
    fields: dict[str, Any] = {choice.field: choice.value for choice in choices}
    return IdDocument(**fields, confidence={choice.field: confidence(choice) for choice in choices})


def explain_document(record: MrzRecord | None, lines: Sequence[Line], *, today: date) -> list[FieldChoice]:
    """The same, as one choice per present field with its evidence and score: what calibration is fitted on."""
    if record is None:
        raise NoDocument("no machine readable zone")
    if record.document_code[:1] not in _TYPES:
        raise WrongDocument("neither a passport nor an identity card")
    choices = [choice for choice in _choices(record, lines, today) if choice is not None]
    if not any(choice.field in _PERSONAL and _is_certain(choice) for choice in choices):
        raise UnreadableDocument("nothing about the holder could be read with certainty")
    return choices


def _choices(record: MrzRecord, lines: Sequence[Line], today: date) -> Iterator[FieldChoice | None]:
    page = labelled_page(visual_spans(lines, record))
    score = record.scores.get("document_code", 0.0)
    yield FieldChoice("id_type", _TYPES[record.document_code[0]], Evidence.ZONE_FORMAT, score)
    yield FieldChoice("side", _SIDES[record.format], Evidence.ZONE_FORMAT, score)
    yield from identity_choices(record, page)
    yield from date_choices(record, page, today=today)
    yield issuing_authority(page, country=alpha3(record.issuing_state))


def _is_certain(choice: FieldChoice) -> bool:
    return choice.evidence not in _UNSUPPORTED or choice.score >= CERTAIN
