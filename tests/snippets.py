"""Code blocks of the documentation by name, so that what is printed there is what is tried.

A block is named by the comment on the line before it: ``<!-- python-endpoint -->``.
"""

from __future__ import annotations

import re
from pathlib import Path

GATEWAY = "https://gw.example.com"
"""Stands for the gateway in every block."""

_BLOCK = re.compile(r"^<!-- ([a-z-]+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def snippet(document: Path, name: str, url: str = GATEWAY) -> str:
    """The block called ``name``, with the gateway at ``url``."""
    (text,) = [text for found, text in _BLOCK.findall(document.read_text()) if found == name]
    return text.replace(GATEWAY, url)


def names(document: Path) -> list[str]:
    return [name for name, _ in _BLOCK.findall(document.read_text())]
