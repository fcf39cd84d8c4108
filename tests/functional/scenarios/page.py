"""The table of scenarios in ``docs/resilience.md``, made of the tests themselves: ``python -m tests.functional.scenarios.page``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1]
PAGE = FOLDER.parents[1] / "docs" / "resilience.md"
HEAD = "| | what goes wrong | what must hold | test |\n|---|---|---|---|\n"


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Scenario, fault, limit and file, for every test that says what its scenario is."""
    for file in sorted(FOLDER.rglob("test_*.py")):
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            named = re.match(r"test_(s\d\d)_", node.name)
            text = ast.get_docstring(node)
            if named and text:
                fault, _, limit = text.partition(": ")
                yield named[1].upper(), fault, limit, str(file.relative_to(FOLDER))


def table() -> str:
    return HEAD + "".join(f"| {' | '.join(row[:3])} | `{row[3]}` |\n" for row in sorted(rows()))


def written(text: str) -> str:
    """``text`` of the page with the table as it should be."""
    before, _, rest = text.partition(HEAD)
    after = rest[rest.find("\n\n") + 1 :]
    return f"{before}{table()}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
