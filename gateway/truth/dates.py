"""Dates that cannot be: on their own, or beside one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from gateway.model import IdDocument
from gateway.normalize.dates import OLDEST_HOLDER, same_day

_DAY = timedelta(days=1)
"""By so much another time zone may be ahead."""


def impossible_dates(document: IdDocument, vouched: frozenset[str], *, today: date | None) -> frozenset[str]:
    """Names of the date fields that are wrong, or may be.

    Wrong by itself is a birth or an issue in the future, and a holder of over 120 years; without ``today`` that is not
    asked. Of two that contradict one another the one is wrong that no check digit vouches for, or that contradicts the
    third as well; where neither tells, both may be.
    """
    alone = frozenset() if today is None else _impossible_alone(document, today)
    return alone | _contradicting(document, alone, vouched)


def _impossible_alone(document: IdDocument, today: date) -> frozenset[str]:
    birth, issue = document.birth_date, document.issue_date
    wrong = {
        "birth_date": birth is not None and not same_day(today, years=-OLDEST_HOLDER) <= birth <= today + _DAY,
        "issue_date": issue is not None and issue > today + _DAY,
    }
    return frozenset(name for name, holds in wrong.items() if holds)


def _contradicting(document: IdDocument, gone: frozenset[str], vouched: frozenset[str]) -> frozenset[str]:
    pairs = [pair for pair in _pairs(document) if gone.isdisjoint(pair)]
    unvouched = {name for pair in pairs for name in pair if len(vouched.intersection(pair)) == 1} - vouched
    undecided = [pair for pair in pairs if unvouched.isdisjoint(pair)]
    accused = Counter(name for pair in undecided for name in pair)
    worst = {name for pair in undecided for name in pair if accused[name] == max(map(accused.__getitem__, pair))}
    return frozenset(unvouched | worst)


def _pairs(document: IdDocument) -> Iterator[tuple[str, str]]:
    """Dates that contradict one another. Nothing expires on the day on which it is issued, or its holder is born."""
    birth, issue, expiry = document.birth_date, document.issue_date, document.expiry_date
    if birth and issue and issue < birth:
        yield "birth_date", "issue_date"
    if birth and expiry and expiry <= birth:
        yield "birth_date", "expiry_date"
    if issue and expiry and expiry <= issue:
        yield "issue_date", "expiry_date"
