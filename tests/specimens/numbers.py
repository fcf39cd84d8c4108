"""Check digits of national numbers, so that a specimen's numbers are of the right kind."""

from __future__ import annotations

from collections.abc import Callable


def thai(number: str) -> str:
    """Thirteen digits: the last is 11 minus the weighted sum (13 down to 2) modulo 11, modulo 10."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:12], range(13, 1, -1), strict=True))
    return number[:12] + str((11 - total % 11) % 10)


def chilean(number: str) -> str:
    """RUN: weights 2 to 7 from the right, modulo 11; ten is K."""
    total = sum(int(digit) * (2 + position % 6) for position, digit in enumerate(reversed(number)))
    return number + "0123456789K0"[11 - total % 11]


def taiwanese(number: str) -> str:
    """A letter for the place, a digit for the sex, seven digits and a check digit, modulo 10."""
    place = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    values = [place // 10, place % 10, *(int(digit) for digit in number[1:9])]
    total = sum(value * weight for value, weight in zip(values, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return number[:9] + str(-total % 10)


CHECKS: dict[str, Callable[[str], str]] = {"": str, "thai": thai, "chilean": chilean, "taiwanese": taiwanese}
