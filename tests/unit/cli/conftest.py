"""The program within this process, a configuration and a picture for it."""

import io

import pytest
from PIL import Image

from gateway.cli import main
from tests.unit.cli.program import VENDOR


@pytest.fixture
def call(capsys, monkeypatch):
    """The same within this process, for what needs no event loop."""
    for name in ("TOKEN", "BILLING_TOKEN", "OTHER_TOKEN"):
        monkeypatch.setenv(name, f"hunter2 {name}")

    def run_here(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as done:
            code = done.code
        output, errors = capsys.readouterr()
        assert "hunter2" not in output + errors
        return code, output, errors

    return run_here


@pytest.fixture
def config(tmp_path):
    def write(endpoint="http://127.0.0.1:1"):
        path = tmp_path / "vendor.yaml"
        path.write_text(VENDOR.replace("ENDPOINT", str(endpoint).rstrip("/")))
        return path

    return write


@pytest.fixture
def picture(tmp_path):
    content = io.BytesIO()
    Image.new("RGB", (400, 300)).save(content, "PNG")
    path = tmp_path / "picture.png"
    path.write_bytes(content.getvalue())
    return path
