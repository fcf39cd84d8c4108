"""An invented holder for a picture: plausible, with numbers that hold, and always the same for the same picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from gateway.model import DocumentType, IdDocument, Query, Sex, Side
from gateway.normalize.dates import same_day
from gateway.normalize.tables import load
from gateway.replay.dice import Dice
from gateway.replay.numbers import invented_number
from gateway.replay.zone import passport_zone
from gateway.table1 import TABLE_1

_PEOPLE: Mapping[str, Mapping[str, str]] = load("gateway.replay", "people.json")
"""By country: choices of last names and of given names by sex, an authority, and addresses where documents print them."""

_NEVER: Mapping[str, str] = load("gateway.replay", "layouts.json")["never"]
"""By pair: the fields that the document does not carry."""

_WITH_ADDRESS = frozenset({"VNM DL", "VNM ID", "PHL DL", "PHL ID"})

_FIRST_BIRTH, _LAST_BIRTH = date(1950, 1, 1), date(2000, 12, 31)
_FIRST_ISSUE, _LAST_ISSUE = date(2019, 1, 1), date(2024, 12, 31)
_VALIDITY = 10

_UNSCORED = frozenset({"portrait_image", "confidence", "mrz"})


def invented(query: Query, sha256: str) -> IdDocument | None:
    """A front side of one of the pairs of Table 1 within the filters of ``query``; ``None`` where none is.

    Everything follows from the picture's hash and the pair, so that two upstreams read the same of the same picture.
    """
    pairs = [
        (country, kind)
        for country, kinds in TABLE_1.items()
        for kind in sorted(kinds)
        if (not query.countries or country in query.countries) and (not query.types or kind in query.types)
    ]
    if not pairs:
        return None
    country, kind = Dice("pair", sha256).pick(pairs)
    return _document(country, kind, Dice("person", sha256, country, kind))


def _document(country: str, kind: DocumentType, dice: Dice) -> IdDocument:
    people, pair = _PEOPLE[country], f"{country} {kind}"
    sex = dice.pick((Sex.FEMALE, Sex.MALE))
    birth, issue = _day(_FIRST_BIRTH, _LAST_BIRTH, dice), _day(_FIRST_ISSUE, _LAST_ISSUE, dice)
    document = IdDocument(
        country_region=country,
        id_type=kind,
        side=Side.FRONT,
        first_name=dice.pick(_choices(people[sex])),
        last_name=dice.pick(_choices(people["last"])),
        sex=sex,
        nationality=country,
        birth_date=birth,
        issue_date=issue,
        expiry_date=same_day(issue, years=_VALIDITY),
        document_number=invented_number(country, kind, sex, birth, dice),
        address=dice.pick(_choices(people["address"])) if pair in _WITH_ADDRESS else None,
        issuing_authority=people.get("authority"),
    )
    missing: dict[str, Any] = dict.fromkeys(_NEVER.get(pair, "").split())
    document = replace(document, **missing)
    zone = passport_zone(document) if kind is DocumentType.PASSPORT else ()
    return replace(document, confidence=_scores(document, dice), mrz=zone)


def _choices(text: str) -> list[str]:
    """Names divided by bars where one of them has a blank in it, else by blanks."""
    return re.split(r"\|" if "|" in text else " ", text)


def _day(first: date, last: date, dice: Dice) -> date:
    return first + timedelta(days=dice.below((last - first).days + 1))


def _scores(document: IdDocument, dice: Dice) -> dict[str, float]:
    """0.9 to 0.999 for each field that is there."""
    names = [field.name for field in fields(document) if field.name not in _UNSCORED]
    return {name: 0.9 + dice.below(100) / 1000 for name in names if getattr(document, name) is not None}
