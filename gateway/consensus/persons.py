"""Whether answers are about one person, so that nothing of two is ever put into one document. Pure."""

from __future__ import annotations

from itertools import combinations

from gateway.consensus.answers import NAME, Answers

_MARKS = (("document_number",), NAME, ("birth_date",))
"""What tells persons apart. Each may be misread on its own, and relatives share names and have consecutive numbers."""


def may_be_one_person(answers: Answers, one: int, other: int) -> bool:
    """Whether the two may be put into one document. Of number, name and birth date, as far as both have them, at most one
    is in conflict, by more than a misreading would explain, and at least one is not: a first name here and a last name there
    fit nothing. Where one of the two has none of
    these, as the back of a card has, there is nothing to mix up.
    """
    ours, theirs = ({mark for mark in _MARKS if answers.given(place, mark)} for place in (one, other))
    both = {mark for mark in ours & theirs if answers.comparable(one, other, mark)}
    conflicts = {mark for mark in both if answers.conflict(one, other, mark)}
    return not (ours and theirs) or (len(conflicts) <= 1 and both > conflicts)


def of_one_person(answers: Answers, minimum: int) -> tuple[int, ...] | None:
    """The places of those that are of one person, where it is clear which: it is the only largest set of them in which all
    may be merged with all, no less than ``minimum``, and more than half. None where it is not.
    """
    strangers = {pair for pair in combinations(answers, 2) if not may_be_one_person(answers, *pair)}
    for size in range(len(answers), max(minimum, len(answers) // 2 + 1) - 1, -1):
        groups = [group for group in combinations(answers, size) if strangers.isdisjoint(combinations(group, 2))]
        if groups:
            return groups[0] if len(groups) == 1 else None
    return None
