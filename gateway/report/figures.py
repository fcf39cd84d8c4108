"""Numbers as people read them."""

from __future__ import annotations

import math

NOTHING = "\N{EN DASH}"
"""Stands where there is no figure."""

_THIN = "\N{NARROW NO-BREAK SPACE}"


def count(value: int) -> str:
    """``12 345``"""
    return f"{value:,}".replace(",", _THIN)


def counted(value: int, one: str, several: str = "") -> str:
    """``1 picture``, ``2 pictures``; ``several`` where an s is not enough."""
    return f"{count(value)} {one if value == 1 else several or one + 's'}"


def percent(share: float | None, digits: int = 1) -> str:
    """``98.2 %``; only what is exactly so is called 100 % or 0 %."""
    if share is None:
        return NOTHING
    closest = 10.0 ** -(digits + 2)
    shown = share if share in {0.0, 1.0} else min(max(share, closest), 1 - closest)
    return f"{100 * shown:.{0 if share in {0.0, 1.0} else digits}f}{_THIN}%"


def interval(low: float, high: float) -> str:
    """``96 to 99 %``: a range of shares, rounded outwards."""
    return f"{math.floor(100 * low)} to {math.ceil(100 * high)}{_THIN}%"


def seconds(value: float | None) -> str:
    """``840 ms``, ``1.24 s``, ``31 s``."""
    if value is None:
        return NOTHING
    if not value:
        return f"0{_THIN}s"
    if value < 0.9995:
        return f"{1000 * value:.0f}{_THIN}ms"
    return f"{value:.3g}{_THIN}s" if value < 10 else f"{value:.0f}{_THIN}s"


def money(value: float | None) -> str:
    """Two decimals, and as many as tell something where it is less than 1; the currency is that of the prices."""
    if value is None:
        return NOTHING
    return f"{value:,.2f}".replace(",", _THIN) if value >= 1 or not value else f"{value:.3g}"


def change(before: float | None, after: float | None) -> str:
    """``+50 %``, from one amount to another."""
    if before is None or after is None or before <= 0:
        return NOTHING
    return f"{100 * (after / before - 1):+.0f}{_THIN}%"
