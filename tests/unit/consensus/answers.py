"""Answers about invented holders of one Thai card and one passport, as several readers would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from gateway.consensus.answers import Answers
from gateway.consensus.vote import Ballot
from gateway.model import DocumentType, IdDocument, Recognition, Sex

TODAY = date(2026, 1, 5)

MALEE = IdDocument(
    country_region="THA",
    id_type=DocumentType.IDENTITY_CARD,
    first_name="Malee",
    last_name="Jaidee",
    sex=Sex.FEMALE,
    birth_date=date(1991, 2, 3),
    expiry_date=date(2030, 2, 2),
    document_number="3100600445635",
)
SOMCHAI = replace(
    MALEE,
    first_name="Somchai",
    last_name="Rakthai",
    sex=Sex.MALE,
    birth_date=date(1974, 11, 30),
    document_number="1209700123452",
)

ERIKSSON = IdDocument(
    country_region="UTO",
    id_type=DocumentType.PASSPORT,
    first_name="Anna Maria",
    last_name="Eriksson",
    birth_date=date(1974, 8, 12),
    document_number="L898902C3",
    mrz=("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
)
"""The specimen of ICAO Doc 9303-4."""


def answers_of(*documents: IdDocument) -> Answers:
    """One answer each of upstreams a, b, c …"""
    return Answers.of(Recognition(document, name) for name, document in zip("abcdefgh", documents, strict=False))


def ballot_of(*documents: IdDocument) -> Ballot:
    return Ballot(answers_of(*documents), range(len(documents)))


def malee(**changes: Any) -> IdDocument:
    return replace(MALEE, **changes)
