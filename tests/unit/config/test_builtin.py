from pathlib import Path

from gateway.config.builtin import BUILTIN

ROOT = Path(__file__).parents[3]


def test_it_is_the_shipped_file():
    assert (ROOT / "config" / "gateway.yaml").read_text() == BUILTIN
