"""What the documentation points to is there: files, headings, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gateway.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "gateway").rglob("*.md")])

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text())


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_there(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    return file.exists() and (not anchor or anchor in anchors(file))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links(page):
    targets = [target for target in _LINK.findall(prose(page)) if not re.match("https?:|mailto:", target)]
    assert [target for target in targets if not is_there(page, target)] == []


def test_make_targets():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    quoted = {name for page in PAGES for name in re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE)}
    assert {"demo", "run", "test", "check"} <= quoted
    assert quoted - targets == set()


def test_commands(capsys):
    quoted = {name for page in PAGES for name in re.findall(r"(?:id-gateway|-m gateway) ([a-z]+)", page.read_text())}
    assert {"check", "explain", "recognize", "serve"} <= quoted
    for name in quoted:
        with pytest.raises(SystemExit) as finished:
            main([name, "--help"])
        assert finished.value.code == 0, name
    capsys.readouterr()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files(page):
    """Those of the repository that code and commands name."""
    named = set(re.findall(r"(?<![\w./-])((?:config|docs|scripts|tests)/[\w./-]*\w)", page.read_text()))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
