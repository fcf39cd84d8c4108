"""The whole gateway in this process, on a free loopback port: YAML in, HTTP out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from prometheus_client import CollectorRegistry

from gateway.app import caller_side, metrics_for
from gateway.build import Gateway, build
from gateway.config.load import load_text
from gateway.events import to_all
from tests.fakes import Events
from tests.serving import serving

PROJECT = "0123456789abcdef0123456789abcdef"


@dataclass
class Running:
    url: str
    gateway: Gateway
    events: Events
    registry: CollectorRegistry
    client: aiohttp.ClientSession

    async def ask(self, body: dict[str, Any], **headers: str) -> tuple[int, dict[str, Any], Mapping[str, str]]:
        """Status, JSON and headers of the answer to one request of the old API."""
        path = f"{self.url}/v2/{PROJECT}/ocr/id-document"
        async with self.client.post(path, json=body, headers=headers) as response:
            return response.status, await response.json(), response.headers


@asynccontextmanager
async def running(config: str, *, callers: str = "{anonymous: true}", **environ: str) -> AsyncIterator[Running]:
    """Serve the YAML text ``config`` to ``callers``, with ``environ`` for its secrets."""
    loaded = load_text(f"callers: {callers}\n{config}", name="test.yaml", folder=Path(), environ=environ)
    registry = CollectorRegistry()
    metrics = metrics_for(registry, loaded)
    events = Events()
    gateway = build(loaded, observer=to_all(metrics, events))
    async with gateway, aiohttp.ClientSession() as client:
        app = caller_side(loaded.settings, gateway, metrics, None)
        async with serving(app) as port:
            yield Running(f"http://127.0.0.1:{port}", gateway, events, registry, client)
