"""``docs/adding-a-vendor.md`` done as it says: a vendor is there with a folder and a registry entry alone."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.adapters import registry
from tests.adapters.cases import SAMPLE_BASE64
from tests.inprocess import Running, running

DOCUMENT = Path(__file__).parents[2] / "docs" / "adding-a-vendor.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder, importable, and the entry."""
    folder = tmp_path / "acme"
    folder.mkdir()
    adapter, mapping = blocks("python")
    (folder / "adapter.py").write_text(adapter)
    (folder / "mapping.py").write_text(mapping)
    (folder / "__init__.py").write_text("from acme.adapter import Acme\n")
    monkeypatch.syspath_prepend(tmp_path)
    with patch.dict(registry.ADAPTERS, {"acme": importlib.import_module("acme").Acme}):
        yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme"]:
        del sys.modules[name]


async def read(request: web.Request) -> web.Response:
    if request.headers.get("x-key") != "the-key":
        return web.json_response({"error": "bad_key"}, status=401)
    if (await request.json())["picture"] != SAMPLE_BASE64.decode():
        return web.json_response({"error": "blurred"})
    return web.json_response({"number": "X 123", "born": "07/03/1965", "sex": "Female", "new": 1})


@pytest.fixture
async def vendor() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/read", read)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


def configuration(vendor: str) -> str:
    (text,) = blocks("yaml")
    assert yaml.safe_load(text)["upstreams"]["acme"]["adapter"] == "acme"
    return text.replace("https://api.acme.example", vendor)


async def ask(gateway: Running, image: str) -> tuple[int, dict[str, object]]:
    status, answer, _ = await gateway.ask({"image": image, "country_region": ["ALB"], "id_type": ["PP"]})
    return status, answer


@pytest.mark.usefixtures("acme")
async def test_the_vendor_of_the_page_answers_through_the_whole_gateway(vendor: str):
    async with running(configuration(vendor), ACME_KEY="the-key") as gateway:
        status, answer = await ask(gateway, SAMPLE_BASE64.decode())
        assert (status, answer) == (
            200,
            {"result": {
                "country_region": "ALB", "id_type": "PP", "sex": "F", "birth_date": "1965-03-07", "document_number": "X123",
            }},
        )  # fmt: skip
        other = SAMPLE_BASE64[:-8] + b"AAAA/9k="
        status, answer = await ask(gateway, other.decode())
        assert (status, answer["error_code"]) == (400, "AIS.0104")


@pytest.mark.usefixtures("acme")
async def test_its_refusal_of_our_key_is_not_the_callers(vendor: str):
    async with running(configuration(vendor), ACME_KEY="another") as gateway:
        status, answer = await ask(gateway, SAMPLE_BASE64.decode())
    assert (status, answer["error_code"]) == (503, "ModelArts.4403")
