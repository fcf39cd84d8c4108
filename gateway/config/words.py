"""What a setting expects and what the file holds, in words for whoever has to correct it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

import msgspec

from gateway.config import secrets
from gateway.config.nodes import Node
from gateway.config.types import Parsed
from gateway.secret import Secret

SEQUENCES = (list, tuple, set, frozenset)

_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-01-31",
    datetime: "a moment with its time zone such as 2026-01-31T00:00:00Z",
    Secret: secrets.EXPECTED,
    type(None): "nothing",
}


def choices(hint: Any) -> tuple[str | int, ...] | None:
    """The values of a Literal or an Enum; None for any other type."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return tuple(member.value for member in hint)
    return None


def expected(hint: Any) -> str:
    """What to write for a setting of type ``hint``. A ``msgspec.Meta(description=…)`` wins over everything else."""
    if get_origin(hint) is Annotated:
        return _constrained(hint)
    if (allowed := choices(hint)) is not None:
        return "one of " + ", ".join(map(str, allowed[:20])) + (", …" if len(allowed) > 20 else "")
    if len(members(hint)) > 1:
        return " or ".join(dict.fromkeys(expected(member) for member in members(hint) if member is not type(None)))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_parsed(hint):
        return hint.expected
    return "a list" if is_sequence(hint) else "a mapping"


def _constrained(hint: Any) -> str:
    kind, *extras = get_args(hint)
    words = expected(kind)
    for meta in extras:
        if isinstance(meta, msgspec.Meta):
            if meta.description:
                return meta.description
            bounds = {"above": meta.gt, "at least": meta.ge, "below": meta.lt, "at most": meta.le}
            limits = " and ".join(f"{word} {bound}" for word, bound in bounds.items() if bound is not None)
            words += f" {limits}" if limits else ""
            unit = "characters" if kind is str else "items"
            if meta.min_length:
                words += f" of at least {meta.min_length} {unit if meta.min_length > 1 else unit[:-1]}"
            if meta.max_length is not None:
                words += f" of at most {meta.max_length} {unit}"
            if meta.pattern:
                words += f" that matches {meta.pattern}"
            if meta.tz:
                words = _PLAIN[datetime]
    return words


def found(node: Node, hint: Any) -> str:
    """What the file holds where ``hint`` was expected, and how to keep YAML from reading text as something else.

    Text is shown only where a scalar was expected: in the place of a secret or a whole section it may be a key.
    """
    value = node.value
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, tuple):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        if not _is_scalar(hint):
            return "text"
        return f'the text "{value}"' if len(value) <= 60 else f"a text of {len(value)} characters"
    if isinstance(value, bool):
        return _found_bool(node.text, str(value).lower(), hint)
    name = f"the {'date' if isinstance(value, date) else 'number'} {node.text}"
    return f'{name}; write "{node.text}" in quotes' if _wants_text(hint) else name


def base(hint: Any) -> Any:
    """``hint`` without its ``Annotated`` constraints."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def members(hint: Any) -> tuple[Any, ...]:
    """The types of a union; ``hint`` itself for any other type."""
    return get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)


def is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def is_mapping(hint: Any) -> bool:
    origin = get_origin(hint) or hint
    return isinstance(origin, type) and issubclass(origin, Mapping)


def is_sequence(hint: Any) -> bool:
    return (get_origin(hint) or hint) in SEQUENCES


def length_fits(hint: Any, length: int) -> bool:
    """Whether a list of ``length`` items keeps the bounds that ``hint`` is annotated with."""
    metas = [meta for meta in get_args(hint)[1:] if isinstance(meta, msgspec.Meta)] if base(hint) is not hint else []
    return all((m.min_length or 0) <= length and (m.max_length is None or length <= m.max_length) for m in metas)


def is_parsed(hint: Any) -> TypeGuard[type[Parsed]]:
    return isinstance(hint, type) and isinstance(hint, Parsed)


def _found_bool(text: str, name: str, hint: Any) -> str:
    if not _wants_text(hint):
        return name
    if text.lower() == name:
        return f'{name}; write "{text}" in quotes'
    return f'{name}, which is how YAML reads {text}; write "{text}" in quotes'


def _is_scalar(hint: Any) -> bool:
    kinds = [base(member) for member in members(base(hint))]
    return not any(kind is Secret or is_struct(kind) or is_mapping(kind) or is_sequence(kind) for kind in kinds)


def _wants_text(hint: Any) -> bool:
    kinds = [base(member) for member in members(base(hint))]
    return any(kind is str or isinstance((choices(kind) or (0,))[0], str) for kind in kinds)
