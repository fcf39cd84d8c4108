"""Whether one string may be a misreading of another: letters and figures that look alike, one edit."""

from __future__ import annotations

from gateway.reader.mrz.alike import TO_DIGIT

_LOOKS = str.maketrans(dict(TO_DIGIT))
"""O, D and Q for 0, I and L for 1, Z for 2, S for 5, B for 8, G for 6: letters that no engine tells from figures surely."""

_SHORTEST = 3
"""Characters. Of anything shorter one edit makes something else."""


def misread(one: str, other: str) -> bool:
    """Whether ``one`` and ``other``, capitals and compact, differ only by look-alikes, or by one edit that leaves most."""
    return looks_alike(one, other) or (max(len(one), len(other)) >= _SHORTEST and one_edit(one, other))


def looks_alike(one: str, other: str) -> bool:
    """Whether both are the same once letters have become the figures that they look like."""
    return len(one) == len(other) and one.translate(_LOOKS) == other.translate(_LOOKS)


def one_edit(one: str, other: str) -> bool:
    """Whether one character put in, left out or exchanged makes ``other`` of ``one``, or nothing at all has to be done."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest = start if len(shorter) < len(longer) else start + 1
    return shorter[rest:] == longer[start + 1 :]
