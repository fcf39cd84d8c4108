"""A machine readable zone taken apart into the fields of ICAO Doc 9303 parts 4 to 6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MrzFormat(StrEnum):
    """Document sizes of ICAO Doc 9303-3: TD1 has 3 lines of 30, TD2 2 of 36, TD3 2 of 44 characters."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzRecord:
    """One zone, as printed (``lines``) and by field.

    Codes, numbers and dates keep the printed characters without trailing fillers; dates are ``YYMMDD`` and may hold
    fillers. Names have single spaces for fillers. ``checks`` tells for each of ``document_number``, ``birth_date``,
    ``expiry_date``, ``optional`` (TD3 only) and ``composite`` whether its check digit holds. ``scores`` is the engine's
    least certain character per field, 0..1, under the same names plus ``surname``, ``given_names``, ``sex``,
    ``nationality``, ``issuing_state`` and ``document_code``. ``repaired`` counts characters that the check digits corrected.
    """

    format: MrzFormat
    lines: tuple[str, ...] = field(repr=False)
    document_code: str
    issuing_state: str
    document_number: str = field(repr=False)
    nationality: str = field(repr=False)
    birth_date: str = field(repr=False)
    sex: str = field(repr=False)
    expiry_date: str = field(repr=False)
    optional: str = field(default="", repr=False)
    optional2: str = field(default="", repr=False)
    surname: str = field(repr=False)
    given_names: str = field(repr=False)
    checks: Mapping[str, bool]
    scores: Mapping[str, float] = field(default_factory=dict)
    repaired: int = 0

    @property
    def valid(self) -> bool:
        """Whether every check digit holds."""
        return all(self.checks.values())
