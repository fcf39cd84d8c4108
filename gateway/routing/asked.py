"""Holds an upstream to the caller's filter: the answer must be of a country and a type that were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from gateway.errors import WrongDocument
from gateway.model import Query, Recognition, Recognizer

T = TypeVar("T")


class Asked:
    """Wraps one target, inside failover, so that another may know the document better.

    An upstream that does not say what it read is believed where only one thing was asked for, and that is filled in.
    Where several were asked for, nobody knows which it is: :class:`WrongDocument`, as for an answer outside the filter.
    """

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer

    async def recognize(self, query: Query, /) -> Recognition:
        recognition = await self._recognizer.recognize(query)
        document = recognition.document
        country = _within(document.country_region, query.countries, "country")
        kind = _within(document.id_type, query.types, "type")
        if country == document.country_region and kind == document.id_type:
            return recognition
        return replace(recognition, document=replace(document, country_region=country, id_type=kind))


def _within(said: T | None, asked: frozenset[T], what: str) -> T | None:
    if not asked or said in asked:
        return said
    if said is None and len(asked) == 1:
        return next(iter(asked))
    raise WrongDocument(f"the document's {what} is not one that was asked for")
