from pathlib import Path

import pytest

from gateway.adapters.registry import ADAPTERS
from scripts.vendors_page import page

ROOT = Path(__file__).parents[3]


def test_the_page_is_what_the_adapters_say():
    assert (ROOT / "docs" / "vendors.md").read_text("utf-8") == page(), (
        "python -m scripts.vendors_page > docs/vendors.md"
    )


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_adapter_has_its_readme(name: str):
    text = (ROOT / "gateway" / "adapters" / name / "README.md").read_text("utf-8")
    assert text.startswith(f"# {name}\n")
    assert f"adapter: {name}\n" in text
