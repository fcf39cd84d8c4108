"""The tree in the docstring is the tree in the code, flags included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gateway import errors
from gateway.errors import GatewayError

LINE = re.compile(r"^[ │]*[├└]─ (\w+)")


def subclasses(kind: type[GatewayError]) -> Iterator[type[GatewayError]]:
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            yield from subclasses(child)


def test_every_class_stands_in_the_drawing_under_its_base():
    assert errors.__doc__ is not None
    drawn = [(line.index(match[1]), match[1]) for line in errors.__doc__.splitlines() if (match := LINE.match(line))]
    parents: dict[int, str] = {}
    tree = {}
    for depth, name in drawn:
        tree[name] = next((parents[outer] for outer in sorted(parents, reverse=True) if outer < depth), "GatewayError")
        parents = {outer: parent for outer, parent in parents.items() if outer < depth} | {depth: name}
    assert tree == {kind.__name__: kind.__base__.__name__ for kind in subclasses(GatewayError) if kind.__base__}


def test_the_drawing_tells_the_flags():
    assert errors.__doc__ is not None
    flags = {}
    for line in errors.__doc__.splitlines():
        if match := re.match(r"^[ │]*[├└]─ (\w+) +(R|-) +(F|-) +(T|-) ", line):
            flags[match[1]] = tuple(mark != "-" for mark in match.groups()[1:])
    assert len(flags) > 8
    for name, drawn in flags.items():
        kind = getattr(errors, name)
        assert (kind.retryable, kind.failover, kind.trips_breaker) == drawn, name


def test_every_outcome_names_one_class():
    kinds = list(subclasses(GatewayError))
    assert len({kind.outcome for kind in kinds}) == len(kinds)
