from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gateway.local.models import Models, ModelsMissing, models_folder


def test_the_alphabet_has_a_blank_first_and_a_space_last(models: Models) -> None:
    assert models.alphabet[0] == ""
    assert models.alphabet[-1] == " "
    assert len(models.alphabet) == models.recognition.get_outputs()[0].shape[-1]
    assert set("ABCXYZ0189<éñ中") <= set(models.alphabet)


def test_the_models_package_itself_is_not_imported(models: Models) -> None:
    assert models
    assert "rapidocr" not in sys.modules


def test_missing_models_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelsMissing, match=r"pip install id-document-gateway\[local\]"):
        models_folder("no_such_package_anywhere")
    (tmp_path / "emptied").mkdir()
    (tmp_path / "emptied" / "__init__.py").write_text("")
    sys.path.insert(0, str(tmp_path))
    try:
        with pytest.raises(ModelsMissing, match="PP-OCRv6_det_small"):
            models_folder("emptied")
    finally:
        sys.path.remove(str(tmp_path))
