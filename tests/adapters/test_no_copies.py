"""No two adapters share six lines: what two of them need has a place of its own, a layer down."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from gateway.adapters.registry import ADAPTERS

PACKAGE = Path(__file__).parents[2] / "gateway" / "adapters"
LINES = 6


def code(path: Path) -> list[str]:
    """The lines of code, but for imports, blanks and comments."""
    text = path.read_text(encoding="utf-8")
    imports = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = (line.strip() for number, line in enumerate(text.splitlines(), 1) if number not in imports)
    return [line for line in lines if line and not line.startswith("#")]


def runs(vendor: str) -> Iterator[tuple[str, ...]]:
    for path in (PACKAGE / vendor).rglob("*.py"):
        lines = code(path)
        yield from (tuple(lines[start : start + LINES]) for start in range(len(lines) - LINES + 1))


def test_no_two_adapters_share_six_lines():
    of = {vendor: set(runs(vendor)) for vendor in ADAPTERS}
    assert all(of.values())
    shared = {(one, other): of[one] & of[other] for one, other in combinations(of, 2)}
    assert {pair: lines for pair, lines in shared.items() if lines} == {}
