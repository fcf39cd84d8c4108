"""The gateway in this process over a real file, which can be changed while it runs."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from gateway.config.load import LoadedConfig, load_file
from gateway.metrics import Metrics
from gateway.reload.generation import Generation, prepare
from gateway.reload.measures import metrics_for
from gateway.reload.reloader import Reloader
from gateway.reload.succession import Succession
from tests.pictures import jpeg
from tests.serving import serving

PROJECT = "0123456789abcdef0123456789abcdef"


class FakeVendor:
    """The original's API. Answers with ``country``, at once or, while it is closed, once it is opened."""

    def __init__(self, country: str = "THA") -> None:
        self.country = country
        self.open = asyncio.Event()
        self.open.set()
        self.status = 200
        self.calls = 0
        self.keys: list[str] = []
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/v2/{project_id}/ocr/id-document", self._answer)
        self.server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self.server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.open.set()
        await self.server.close()

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    @property
    def upstream(self) -> str:
        """As in YAML, to be used within braces."""
        return f'adapter: huawei_id_document, options: {{endpoint: "{self.url}", project_id: p}}'

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        self.calls += 1
        self.keys.append(request.headers.get("X-Auth-Token", ""))
        await self.open.wait()
        if self.status != 200:
            return web.json_response({"error_code": "APIG.0301", "error_msg": "no"}, status=self.status)
        return web.json_response({"result": {"country_region": self.country, "id_type": "PP"}})


def picture(tag: object = "") -> dict[str, str]:
    """A body with another picture for every ``tag``."""
    return {"image": base64.b64encode(jpeg(640, 480) + str(tag).encode()).decode()}


@dataclass
class Reloading:
    """``load`` is what the reloader calls, to be replaced by a test; ``loads`` counts."""

    file: Path
    environ: Mapping[str, str]
    registry: CollectorRegistry
    succession: Succession = field(init=False)
    reloader: Reloader = field(init=False)
    url: str = ""
    client: aiohttp.ClientSession = field(init=False)
    loads: int = 0
    load: Callable[[], LoadedConfig] = field(init=False)

    def __post_init__(self) -> None:
        self.load = partial(load_file, self.file, environ=self.environ)

    def counted(self) -> LoadedConfig:
        self.loads += 1
        return self.load()

    @property
    def hash(self) -> str:
        return self.succession.current.config.hash

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(f"gateway_{name}", labels)

    async def write(self, text: str) -> None:
        await asyncio.to_thread(self.file.write_text, text)

    async def ask(self, body: Mapping[str, Any] | None = None, **headers: str) -> tuple[int, str | None]:
        """Status, and the upstream that answered."""
        path = f"{self.url}/v2/{PROJECT}/ocr/id-document"
        async with self.client.post(path, json=body or picture(), headers=headers) as response:
            await response.read()
            return response.status, response.headers.get("X-Gateway-Upstream")


@asynccontextmanager
async def reloading(text: str, folder: Path, **environ: str) -> AsyncIterator[Reloading]:
    """Serve the YAML ``text``, which is written to a file in ``folder``, with ``environ`` for its secrets."""
    file = folder / "gateway.yaml"
    if not file.exists():
        file.write_text(text)
    house = Reloading(file, environ, CollectorRegistry())
    metrics, first = await asyncio.to_thread(_begin, house)
    succession = house.succession = Succession(first, metrics)
    house.reloader = Reloader(succession, house.counted, metrics)
    client = house.client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    async with succession, serving(succession.application) as port, house.reloader, client:
        house.url = f"http://127.0.0.1:{port}"
        yield house


def _begin(house: Reloading) -> tuple[Metrics, Generation]:
    config = house.load()
    metrics = metrics_for(house.registry, config)
    return metrics, prepare(config, metrics)


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until ``condition`` holds, which it has to within ``seconds``."""
    for _ in range(int(seconds / 0.005)):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come to that")


def as_kubernetes(folder: Path, text: str, version: str) -> Path:
    """Have ``gateway.yaml`` in ``folder`` say ``text`` the way a ConfigMap volume does: the file is a link through
    ``..data``, which is itself a link that is replaced by another in one step. Returns the file.
    """
    data = folder / f"..{version}"
    data.mkdir()
    (data / "gateway.yaml").write_text(text)
    new = folder / "..data_tmp"
    new.symlink_to(data.name)
    new.rename(folder / "..data")
    file = folder / "gateway.yaml"
    if not file.is_symlink():
        file.symlink_to(Path("..data") / "gateway.yaml")
    return file
