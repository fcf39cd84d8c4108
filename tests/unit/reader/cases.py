"""Fourteen passports as an engine without Cyrillic, Thai or tones reads them; the people do not exist.

``passports/*.toml``: what is to be read, the zone, and the print as ``left top text`` in pixels of a page 1100 wide.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gateway.reader.mrz.record import MrzRecord
from tests.unit.reader.pages import passport


@dataclass(frozen=True, kw_only=True)
class Case:
    zone: dict[str, str]
    print: str
    last_name: str
    first_name: str | None = None
    issue_date: date
    issuing_authority: str | None = None

    @property
    def record(self) -> MrzRecord:
        return passport(**self.zone)

    @property
    def rows(self) -> list[tuple[float, float, str]]:
        rows = (row.split(maxsplit=2) for row in self.print.strip().splitlines())
        return [(float(left), float(top), text) for left, top, text in rows]


PASSPORTS = {
    path.stem: Case(**tomllib.loads(path.read_text(encoding="utf-8")))
    for path in sorted((Path(__file__).parent / "passports").glob("*.toml"))
}
