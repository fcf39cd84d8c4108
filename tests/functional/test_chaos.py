"""Twenty seconds of ``make chaos``, with the same seed every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_promise_is_kept():
    command = [sys.executable, "scripts/chaos.py", "--seconds", "20", "--seed", "7", "--callers", "6"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout + result.stderr
    assert "BROKEN" not in result.stdout
    assert result.stdout.count("kept  ") == 14
