"""Whether anything was read at all: a success without a single value is no answer to a caller."""

from __future__ import annotations

from dataclasses import fields

from gateway.model import IdDocument

_READ = tuple({field.name for field in fields(IdDocument)} - {"country_region", "id_type", "side", "confidence"})


def is_blank(document: IdDocument) -> bool:
    """Whether ``document`` says no more than what kind it is. A machine readable zone alone is something."""
    return not any(getattr(document, name) for name in _READ)
