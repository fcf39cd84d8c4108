"""A part of the configuration file together with its place, so that any later check can cite file, line and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from gateway.config.errors import ConfigError, Problem, likely
from gateway.config.files import fingerprint
from gateway.config.nodes import Node, join


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One configuration being read: its name in messages, where its relative paths start, and its problems so far.

    ``files`` are those that were read for it, or should have been, with the fingerprint of their content.
    """

    name: str
    folder: Path
    environ: Mapping[str, str] = field(repr=False)
    problems: list[Problem] = field(default_factory=list)
    files: dict[Path, bytes | None] = field(default_factory=dict, repr=False)

    def note(self, path: Path, content: bytes | None) -> None:
        """Remember that ``path`` was read, None where it could not be. A pipe is not a file that could change."""
        if content is None or path.is_file():
            self.files[path] = None if content is None else fingerprint(content)

    def raise_problems(self) -> None:
        """Raise :class:`ConfigError` with everything that was reported; return where there is nothing."""
        if self.problems:
            raise ConfigError(self.problems)


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One value of the file, not yet converted. A Struct field of this type keeps a key raw for phase two."""

    node: Node = field(repr=False)
    path: str
    source: Source = field(repr=False)

    def child(self, key: str | int) -> Self:
        """The value under ``key``; where the file has none, an empty mapping at this place."""
        value = self.node.value
        node = Node(self.node.line, {})
        if isinstance(value, Mapping) and isinstance(key, str):
            node = value.get(key, node)
        elif isinstance(value, tuple) and isinstance(key, int) and key < len(value):
            node = value[key]
        return replace(self, node=node, path=join(self.path, key))

    def __iter__(self) -> Iterator[str]:
        """The keys of this mapping as written; none where it is something else."""
        return iter(self.keys())

    def keys(self) -> tuple[str, ...]:
        """What iterating gives, at once."""
        return tuple(self.node.value) if isinstance(self.node.value, Mapping) else ()

    def __len__(self) -> int:
        """Entries of a mapping or list; 0 for anything else."""
        return len(self.node.value) if isinstance(self.node.value, Mapping | tuple) else 0

    def __bool__(self) -> bool:
        """A section is there, however empty."""
        return True

    def has_problems(self) -> bool:
        """Whether something was reported about this section or a part of it."""
        parts = (f"{self.path}.", f"{self.path}[")
        paths = (problem.path for problem in self.source.problems)
        return any(path == self.path or path.startswith(parts) for path in paths)

    def report(self, message: str, *keys: str | int) -> None:
        """Record a problem with this section, or with the value that ``keys`` lead to from here."""
        place: Section = self
        for key in keys:
            place = place.child(key)
        self.source.problems.append(Problem(self.source.name, place.node.line, place.path, message))

    def report_unknown(self, what: str, found: str, known: Iterable[str], *keys: str | int) -> None:
        """Record that ``found`` is no known ``what`` (``upstream``, ``adapter``…), with the likely spelling."""
        self.report(f"no {what} is called {found}{likely(found, known)}", *keys)


class Here(Section):
    """A Struct field of this type is no key: it receives the section that the Struct itself was read from."""

    __slots__ = ()
