"""Pillow as the gateway's own process has it: only the embedded reader's processes read on where a file is cut off."""

from __future__ import annotations

import pytest
from PIL import ImageFile


@pytest.fixture(autouse=True)
def _cut_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
