"""Who the holder is and what the document is: state, number, names, sex and nationality, from the zone and its
print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gateway.normalize.countries import alpha3
from gateway.normalize.document_numbers import document_number, prints_number
from gateway.normalize.sex import mrz_sex
from gateway.reader.evidence import CERTAIN, FieldChoice
from gateway.reader.label_table import Label
from gateway.reader.labelled import LabelledPage, values_of
from gateway.reader.mrz.number import holder_number
from gateway.reader.mrz.record import MrzFormat, MrzRecord
from gateway.reader.page import Span
from gateway.reader.visual_names import name_candidates, printed_name, shows_full_name
from gateway.reader.zone import checked_field, country_field, names_cut, unchecked_field

_SHORTEST_SEARCHED = 2
"""Letters of a name."""

_LEGIBLE_NAME = 0.6
"""Below this score a name that no print confirms is left out. No check digit covers names: of those that
``scripts/observe.py`` saw at 0.5 to 0.6 fewer than half were right, above that nearly all."""

# "F", "M/M", "P/F", "NU/F", "4/M": the zone's letter, behind the state's own where it prints two (Ч is read as 4).
_SEX = re.compile(r"(?:[^\W_]{1,3}\s?/\s?)?([FMX])")


def identity_choices(record: MrzRecord, page: LabelledPage) -> Iterator[FieldChoice | None]:
    """One choice per field, ``None`` where nothing certain is there."""
    spans = tuple(page)
    state, nationality = record.issuing_state, record.nationality
    printed = any(span.text.strip() == state.replace("<", "") for span in spans)
    yield country_field("country_region", state, nationality, record.scores.get("issuing_state", 0.0), printed=printed)
    yield country_field("nationality", nationality, state, record.scores.get("nationality", 0.0), printed=False)
    number = holder_number(record)
    yield checked_field("document_number", number, record, printed=_number_printed(number, record, page))
    candidates = name_candidates(spans)
    yield _name("last_name", "surname", record.surname, record, candidates)
    yield _name("first_name", "given_names", record.given_names, record, candidates)
    sexes = {match[1] for span in spans if (match := _SEX.fullmatch(span.text.strip()))}
    score = record.scores.get("sex", 0.0)
    yield unchecked_field("sex", mrz_sex(record.sex), score, printed=sexes == {record.sex})


def _number_printed(number: str | None, record: MrzRecord, page: LabelledPage) -> bool | None:
    """Whether the page prints the number; ``False`` where its label is followed, surely, by another one as long."""
    if number is None:
        return None
    if any(prints_number(span.text, number) for span in page):
        return True
    if record.format is not MrzFormat.TD3:  # cards print personal numbers under the same words
        return None
    others = [span for span in values_of(Label.NUMBER, page) if span.certainty() >= CERTAIN]
    return False if any(len(document_number(span.text) or "") == len(number) for span in others) else None


def _name(field: str, part: str, zone: str, record: MrzRecord, candidates: Sequence[Span]) -> FieldChoice | None:
    """A name. One letter alone could be any label's, so print cannot confirm it."""
    score = record.scores.get(part, 0.0)
    if len(zone) < _SHORTEST_SEARCHED:
        return unchecked_field(field, zone or None, score, printed=False)
    cut = names_cut(record) and (part == "given_names" or not record.given_names)
    found = printed_name(candidates, zone, cut=cut, country=alpha3(record.issuing_state))
    if found is not None:
        score = max(score, found.score) if found.text == zone else found.score
        return unchecked_field(field, found.text, score, printed=True)
    whole = bool(record.given_names) and shows_full_name(candidates, record.surname, record.given_names)
    if score < _LEGIBLE_NAME and not whole:
        return None
    return unchecked_field(field, zone, score, printed=whole)
