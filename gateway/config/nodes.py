"""YAML text becomes a tree that remembers its lines. The only file that knows YAML.

Refused here: a file that is not one YAML document, a key that stands twice in one mapping (YAML would silently keep
the last one), tags, and an anchor that contains itself. Anchors and ``<<`` merges work. Keys are taken as written, so
that a key ``no`` stays ``no``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

import yaml

Scalar: TypeAlias = bool | int | float | str | date | None
"""``datetime`` is one too: it is a ``date``."""

_SCALAR_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str", "timestamp"))
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Node:
    """A value as it stands in the file: the line of its key (or list item), what YAML made of it, and its text."""

    line: int
    value: Scalar | tuple[Node, ...] | Mapping[str, Node] = field(repr=False)
    text: str = field(default="", repr=False)
    faulty: bool = False
    """There is a :class:`Fault` about it already, and so no value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that YAML allows and we do not. The message holds no part of the text but keys and tags."""

    line: int
    path: str
    message: str


class NotYaml(Exception):
    """The text is not one YAML document. ``line`` counts from 1, None where it is not known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> tuple[Node | None, list[Fault]]:
    """The tree of a YAML document (None where there is nothing in it) and what is wrong with it."""
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        raise NotYaml(f"the character #x{error.character:04x} is not allowed") from None
    try:
        root = loader.get_single_node()
        reader = _Reader(loader)
        return (None if root is None else reader.node(root, "")), reader.faults
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(filter(None, (error.context, error.problem)))
        raise NotYaml(message, mark.line + 1 if mark else None) from None
    except RecursionError:
        raise NotYaml("nested too deep") from None
    finally:
        loader.dispose()


def join(path: str, key: str | int) -> str:
    """``routes`` and 1 and ``name`` become ``routes[1].name``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


class _Reader:
    """Turns the nodes of one document into ours, each once however many aliases point at it."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._loader = loader
        self._done: dict[int, Node] = {}
        self._open: set[int] = set()
        self.faults: list[Fault] = []

    def node(self, node: yaml.Node, path: str) -> Node:
        mark = id(node)
        if mark in self._open:
            return self._fault(node, path, "an anchor that contains itself")
        if mark not in self._done:
            self._open.add(mark)
            self._done[mark] = self._read(node, path)
            self._open.discard(mark)
        return self._done[mark]

    def _read(self, node: yaml.Node, path: str) -> Node:
        if isinstance(node, yaml.MappingNode):
            return Node(_line(node), self._mapping(node, path))
        if isinstance(node, yaml.SequenceNode):
            items = enumerate(node.value)
            return Node(_line(node), tuple(self.node(item, join(path, index)) for index, item in items))
        return self._scalar(node, path)

    def _scalar(self, node: yaml.Node, path: str) -> Node:
        if node.tag not in _SCALAR_TAGS:
            return self._fault(node, path, f"the tag {node.tag} is not understood here")
        try:
            value: Scalar = self._loader.construct_object(node)
        except (ValueError, OverflowError):
            kind = node.tag.rpartition(":")[2]
            return self._fault(node, path, f"looks like a {kind} to YAML but is none; put it in quotes")
        return Node(_line(node), value, node.value)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Node]:
        own: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                merged = {**self._merged(value, path), **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self._fault(key, path, "a key must be plain text")
            elif key.value in own:
                first = own[key.value].line
                self._fault(key, join(path, key.value), f"this key stands twice in one mapping, first in line {first}")
            else:
                own[key.value] = replace(self.node(value, join(path, key.value)), line=_line(key))
        return {**merged, **own}

    def _merged(self, value: yaml.Node, path: str) -> dict[str, Node]:
        """The entries behind ``<<: *anchor`` or ``<<: [*first, *second]``, where the first one wins."""
        found: dict[str, Node] = {}
        for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            node = self.node(source, path)
            if isinstance(node.value, Mapping):
                found = {**node.value, **found}
            else:
                self._fault(source, path, "only a mapping can be merged with <<")
        return found

    def _fault(self, node: yaml.Node, path: str, message: str) -> Node:
        self.faults.append(Fault(_line(node), path, message))
        return Node(_line(node), None, faulty=True)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
