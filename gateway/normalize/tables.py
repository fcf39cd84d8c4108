"""The tables that ship beside the code as JSON, read once at import."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def load(package: str, name: str) -> Any:
    """The parsed content of ``name`` in ``package``; its shape is the reader's to know."""
    return json.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
