"""The tree polices itself: layers hold, every module stands alone, files stay small and have their tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "gateway"
SOURCES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))


def test_the_import_contracts_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_each_module_can_be_imported_first():
    """In a process each that knows libraries only, so that no module leans on another having been imported before it."""
    program = (
        "import importlib, os, sys\n"
        "import aiohttp.web, cv2, msgspec, numpy, onnxruntime, PIL.Image, prometheus_client.aiohttp, yaml\n"
        "tried = {}\n"
        "def wait():\n"
        "    child, status = os.wait()\n"
        "    name = tried.pop(child)\n"
        "    if status:\n"
        "        sys.exit(name)\n"
        "for name in sys.argv[1:]:\n"
        "    if len(tried) == os.cpu_count():\n"
        "        wait()\n"
        "    if (child := os.fork()) == 0:\n"
        "        importlib.import_module(name)\n"
        "        os._exit(0)\n"
        "    tried[child] = name\n"
        "while tried:\n"
        "    wait()\n"
    )
    names = [".".join(path.with_suffix("").parts) for path in SOURCES if path.name not in {"__main__.py", "worker.py"}]
    result = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_file_is_one_idea(path):
    assert len((ROOT / path).read_text().splitlines()) <= 300


def test_the_median_file_is_about_a_hundred_lines():
    lengths = sorted(len((ROOT / path).read_text().splitlines()) for path in SOURCES if path.name != "__init__.py")
    assert lengths[len(lengths) // 2] <= 110


def test_no_function_is_longer_than_a_screen():
    for path in SOURCES:
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"


NO_TWIN = {
    "gateway/__main__.py",  # one call
    "gateway/app.py",  # a process: tests/functional/test_whole_gateway.py
    "gateway/events.py",  # facts without behaviour, but for one function
    "gateway/exchange.py",  # shapes without behaviour
    "gateway/reader/mrz/record.py",
    "gateway/reader/text.py",
    "gateway/wire/openapi/__main__.py",  # one call
}


def is_a_vendors(path: Path) -> bool:
    """Whether the file is in an adapter's folder: its test is the folder of recorded cases."""
    return path.parts[:2] == ("gateway", "adapters") and len(path.parts) > 3


def test_every_file_has_its_test():
    missing = {
        str(path)
        for path in SOURCES
        if path.name != "__init__.py"
        and not is_a_vendors(path)
        and not (ROOT / "tests" / "unit" / path.relative_to("gateway")).with_name(f"test_{path.name}").exists()
    }
    assert missing == NO_TWIN
