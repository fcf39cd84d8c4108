"""What the endpoints have in common: a side in words, a flat map of scores, and results with nothing in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gateway.adapters.blank import is_blank
from gateway.errors import UnreadableDocument
from gateway.model import IdDocument, Side
from gateway.normalize.scores import scores

SIDES: Mapping[str | None, Side] = {"front": Side.FRONT, "back": Side.BACK}

Scores = Mapping[str, object] | None
"""The vendor's ``confidence``: its own field names to numbers from 0 to 1."""


def finished(document: IdDocument, given: Scores, sources: Mapping[str, str]) -> IdDocument:
    """``document`` with the scores of its fields; ``sources`` maps our field names to the vendor's.

    Raises :class:`UnreadableDocument` where nothing was read.
    """
    if is_blank(document):
        raise UnreadableDocument("the result is empty")
    renamed = {ours: (given or {}).get(theirs) for ours, theirs in sources.items()}
    return replace(document, confidence=scores(document, renamed))
