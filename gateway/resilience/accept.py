"""What an answer must have to be good enough for a route, so that a better reader is asked for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Annotated

import msgspec

from gateway.model import IdDocument
from gateway.truth.failures import failures

_FIELDS = frozenset(field.name for field in fields(IdDocument)) - {"confidence", "mrz"}

Floor = Annotated[float, msgspec.Meta(ge=0, le=1, description="a number from 0 to 1")]


class AcceptPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that falls short lets the next target be asked; when all fall short, the one that lacks least is given."""

    require: tuple[str, ...] = ()
    """Fields that must have been read, such as ``[document_number, birth_date]``."""

    min_confidence: dict[str, Floor] = {}
    """Least confidence by field. It is asked of fields that were read; ``require`` asks for their being read."""

    unscored: bool = True
    """Whether a field for which the upstream gives no confidence at all passes its floor."""

    truth: bool = False
    """Ask another where a check digit, a date or the machine readable zone contradicts what was read."""

    def __post_init__(self) -> None:
        for name in (*self.require, *self.min_confidence):
            if name not in _FIELDS:
                raise ValueError(f"{name} is no field of a document: {', '.join(sorted(_FIELDS))}")

    def shortfall(self, document: IdDocument, today: date) -> tuple[str, ...]:
        """What ``document`` lacks: names of fields and of truth checks, each once; empty where it is good enough."""
        return tuple(dict.fromkeys(self._lacking(document, today)))

    def _lacking(self, document: IdDocument, today: date) -> Iterator[str]:
        yield from (name for name in self.require if getattr(document, name) is None)
        for name, floor in self.min_confidence.items():
            if getattr(document, name) is None:
                continue
            score = document.confidence.get(name)
            if (score is None and not self.unscored) or (score is not None and score < floor):
                yield name
        if self.truth:
            yield from failures(document, today=today)
