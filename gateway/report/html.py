"""HTML built as values: whatever is plain text is escaped, and only what was built here is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of writing, and halves of characters: a name may hold any."""

_VOID = frozenset({"br", "meta"})


class Markup(str):
    """Text that is HTML already. :func:`tag`, :func:`join` and :func:`raw` make it."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"
"""What may stand in an element: text (escaped), :class:`Markup` (as it is), several of these, or nothing."""


def text(value: str) -> Markup:
    """``value`` as it is to be read, whatever characters it has."""
    return value if isinstance(value, Markup) else Markup(escape(_UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", value)))


def join(*children: Child) -> Markup:
    """``children`` one after the other."""
    return Markup("".join(_pieces(children)))


def tag(element: str, /, *children: Child, **attributes: str | float | None) -> Markup:
    """One element. ``class_`` stands for ``class``, ``stroke_width`` for ``stroke-width``; None leaves an attribute out."""
    given = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None}
    opening = "".join([element, *(f' {key}="{text(_attribute(value))}"' for key, value in given.items())])
    return Markup(f"<{opening}>" if element in _VOID else f"<{opening}>{join(*children)}</{element}>")


def raw(trusted: str) -> Markup:
    """Our own text that must not be escaped, such as a style sheet. Never for a name or a value."""
    return Markup(trusted)


def _pieces(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if isinstance(child, str):
            yield text(child)
        elif child is not None:
            yield from _pieces(child)


def _attribute(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
