"""One section of YAML becomes one typed value; every mistake in it is reported with its line, none stops the search.

Used twice: for the whole file (:func:`draft`) and, in phase two, for sections whose type is known only once an adapter
or a credentials scheme has been looked up (:func:`convert`, :func:`convert_by_type`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from enum import EnumMeta
from typing import Any, Final, TypeVar, get_args, get_origin

import msgspec

from gateway.config.errors import did_you_mean, likely
from gateway.config.secrets import read_secret
from gateway.config.section import Here, Section
from gateway.config.types import Parsed
from gateway.config.words import (
    base,
    choices,
    expected,
    found,
    is_mapping,
    is_parsed,
    is_sequence,
    is_struct,
    length_fits,
    members,
)
from gateway.secret import Secret

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

_FAILED: Final = object()
"""Stands for a value that could not be converted; the reason has been reported."""


def convert(section: Section, kind: type[T]) -> T | None:
    """``section`` as a ``kind``; None where anything in it is wrong, which has then been reported to its source."""
    before = len(section.source.problems)
    value = _value(section, kind)
    return None if value is _FAILED or len(section.source.problems) > before else value


def convert_by_type(section: Section, kinds: Mapping[str, type[T]], what: str) -> T | None:
    """``section`` as the one of ``kinds`` that its key ``type`` names. ``what`` is the word for it in messages."""
    entries = section.node.value
    if not isinstance(entries, Mapping):
        convert(section, dict)
        return None
    if "type" not in entries:
        section.report(f"missing, expected one of {', '.join(sorted(kinds))}", "type")
        return None
    name = convert(section.child("type"), str)
    if name is None or name not in kinds:
        if name is not None:
            section.report_unknown(what, name, kinds, "type")
        return None
    rest = {key: node for key, node in entries.items() if key != "type"}
    return convert(replace(section, node=replace(section.node, value=rest)), kinds[name])


def draft(section: Section, kind: type[S]) -> S | None:
    """``section`` as a ``kind``, with defaults in place of what was wrong; None where there is no default for it.

    For checks that go on after a mistake. Whoever uses the result for more calls ``source.raise_problems()`` first.
    """
    value = _value(section, kind)
    return value if isinstance(value, kind) else None


def _value(section: Section, hint: Any) -> Any:
    """Dispatch on the type: containers go down, leaves are converted one by one."""
    kind = base(hint)
    if section.node.faulty:
        return _FAILED
    if len(members(kind)) > 1:
        return _union(section, hint)
    if kind is Section:
        return section
    if kind is Secret:
        secret = read_secret(section)
        return _FAILED if secret is None else secret
    if is_struct(kind):
        return _struct(section, kind)
    if is_sequence(kind):
        return _sequence(section, hint)
    if is_mapping(kind):
        return _mapping(section, kind)
    if choices(kind) is not None:
        return _choice(section, kind)
    if is_parsed(kind):
        return _parsed(section, kind)
    return _leaf(section, hint)


def _union(section: Section, hint: Any) -> Any:
    """The member that has the shape of what is there: list, mapping or scalar."""
    value = section.node.value
    kinds = [kind for kind in members(base(hint)) if kind is not type(None)]
    if value is None and len(kinds) < len(members(base(hint))):
        return None
    if len(kinds) > 1 and isinstance(value, tuple):
        kinds = [kind for kind in kinds if is_sequence(base(kind))]
    elif len(kinds) > 1 and isinstance(value, Mapping):
        kinds = [kind for kind in kinds if _takes_mapping(base(kind))]
    elif len(kinds) > 1:
        kinds = [kind for kind in kinds if not is_sequence(base(kind)) and not _takes_mapping(base(kind))]
    return _value(section, kinds[0]) if len(kinds) == 1 else _leaf(section, hint)


def _takes_mapping(kind: Any) -> bool:
    return kind in {Section, Secret} or is_struct(kind) or is_mapping(kind)


def _struct(section: Section, kind: type[msgspec.Struct]) -> Any:
    if not isinstance(section.node.value, Mapping):
        return _mismatch(section, kind)
    before = len(section.source.problems)
    values = _fields(section, kind)
    if values is None:
        return _FAILED
    try:
        return kind(**values)
    except ValueError as error:  # a Struct's own check in __post_init__
        if len(section.source.problems) == before:
            section.report(str(error))
        return _FAILED


def _fields(section: Section, kind: type[msgspec.Struct]) -> dict[str, Any] | None:
    """The arguments for ``kind``; a wrong value is left to its default, or to None for all where it has none."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind) if field.type is not Here}
    present = section.keys()
    for key in present:
        if key not in fields:
            section.report(f"unknown key{likely(key, fields)}", key)
    here = Here(section.node, section.path, section.source)
    values: dict[str, Any] = {field.name: here for field in msgspec.structs.fields(kind) if field.type is Here}
    usable = True
    for key, field in fields.items():
        value = _FAILED
        if key in present or (field.required and field.type is Section):
            value = _value(section.child(key), field.type)
        elif field.required:
            section.report(f"missing, expected {expected(field.type)}", key)
        if value is not _FAILED:
            values[field.name] = value
        elif field.required:
            usable = False
    return values if usable else None


def _sequence(section: Section, hint: Any) -> Any:
    if not isinstance(section.node.value, tuple):
        return _mismatch(section, hint)
    kind = base(hint)
    build = get_origin(kind) or kind
    item = (*get_args(kind), Any)[0]
    values = [_value(section.child(index), item) for index in range(len(section))]
    complete = all(value is not _FAILED for value in values)
    if complete and not length_fits(hint, len(values)):
        return _mismatch(section, hint)
    return build(value for value in values if value is not _FAILED)


def _mapping(section: Section, kind: Any) -> Any:
    if not isinstance(section.node.value, Mapping):
        return _mismatch(section, kind)
    name, item = get_args(kind) or (str, Any)
    values = {}
    for key in section:
        try:
            msgspec.convert(key, name)
        except msgspec.ValidationError:
            section.report(f"the key must be {expected(name)}", key)
        values[key] = _value(section.child(key), item)
    return {key: value for key, value in values.items() if value is not _FAILED}


def _choice(section: Section, kind: Any) -> Any:
    allowed = choices(kind) or ()
    value = section.node.value
    if isinstance(value, str | int) and not isinstance(value, bool) and value in allowed:
        return kind(value) if isinstance(kind, EnumMeta) else value
    hint = did_you_mean(value, map(str, allowed)) if isinstance(value, str) else ""
    section.report(f"expected {expected(kind)}, found {found(section.node, kind)}{hint}")
    return _FAILED


def _parsed(section: Section, kind: type[Parsed]) -> Any:
    try:
        return kind.parse(section.node.value)
    except ValueError:
        return _mismatch(section, kind)


def _leaf(section: Section, hint: Any) -> Any:
    """A scalar, judged by msgspec: types without coercion, bounds, patterns, dates written as text."""
    try:
        value = msgspec.convert(section.node.value, hint)
    except msgspec.ValidationError:
        return _mismatch(section, hint)
    if isinstance(value, float) and not math.isfinite(value):
        return _mismatch(section, hint)
    return value


def _mismatch(section: Section, hint: Any) -> Any:
    section.report(f"expected {expected(hint)}, found {found(section.node, hint)}")
    return _FAILED
