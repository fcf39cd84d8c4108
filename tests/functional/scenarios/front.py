"""The gateway in front of vendors that fail: its configuration, and one request to it."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.functional.process import Served, serving
from tests.functional.scenarios.faulty import Faulty
from tests.inprocess import Running, running
from tests.pictures import jpeg

NAMES = ("first", "second", "third")

QUICK = {"timeout": 10.0, "first_byte_timeout": 0.3, "idle_timeout": 0.3}
"""Seconds, where a scenario is about the limit that fires and not about its length: 20 and 10 are the defaults."""

SETTLED_SOON = 5.0
"""Seconds: less than any limit but QUICK's, and enough for one of QUICK's limits and an answer from the next vendor, on a busy machine too."""


def picture(tag: str = "", size: int = 0) -> str:
    """A picture as callers send it; other tags make other pictures. ``size`` is about the bytes of the file."""
    return base64.b64encode(jpeg(640, 480) + tag.encode() + bytes(size)).decode()


def configuration(
    vendors: Mapping[str, Faulty],
    *,
    each: Mapping[str, Any] | None = None,
    upstreams: Mapping[str, Mapping[str, Any]] | None = None,
    route: Mapping[str, Any] | None = None,
    **sections: Any,
) -> str:
    """YAML for a route along all ``vendors`` in order. ``each`` holds settings of every upstream, ``upstreams`` more for
    some, whose ``options`` are added to those that there are; ``sections`` are whole sections of the file.
    """
    configured = {}
    for name, vendor in vendors.items():
        own = dict((upstreams or {}).get(name, {}))
        options = {"endpoint": vendor.url, "project_id": "p", **own.pop("options", {})}
        configured[name] = {
            "adapter": "huawei_id_document", "options": options, "price": 0.01, **(each or {}), **own
        }  # fmt: skip
    routes = [{"name": "default", "targets": list(vendors), **(route or {})}]
    whole = {"upstreams": configured, "routes": routes, **sections}
    return "\n".join(f"{name}: {json.dumps(section)}" for name, section in whole.items())


@asynccontextmanager
async def in_front_of(*vendors: Faulty, **settings: Any) -> AsyncIterator[Running]:
    """The gateway over ``vendors``, called first, second, third; ``settings`` as in :func:`configuration`."""
    async with AsyncExitStack() as stack:
        named = await _listening(stack, vendors)
        yield await stack.enter_async_context(running(configuration(named, **settings)))


@asynccontextmanager
async def process_in_front_of(
    *vendors: Faulty, folder: Path, server: str = "drain: 5", environ: Mapping[str, str] | None = None, **settings: Any
) -> AsyncIterator[Served]:
    """The same as a process of its own. Its methods block: call them in a thread."""
    async with AsyncExitStack() as stack:
        named = await _listening(stack, vendors)
        sections = {"callers": {"anonymous": True}, **settings}
        process = serving(configuration(named, **sections), folder, server=server, **(environ or {}))
        yield await asyncio.to_thread(stack.enter_context, process)


async def _listening(stack: AsyncExitStack, vendors: tuple[Faulty, ...]) -> dict[str, Faulty]:
    return dict(zip(NAMES, [await stack.enter_async_context(vendor.serving()) for vendor in vendors], strict=False))


@dataclass(frozen=True)
class Reply:
    """What a caller got: ``outcome`` is the error code, or ``ok``; ``trail`` the attempts as upstream and outcome."""

    status: int
    outcome: str
    result: dict[str, Any]
    headers: Mapping[str, str]
    seconds: float

    @property
    def upstream(self) -> str:
        return self.headers.get("X-Gateway-Upstream", "")

    @property
    def trail(self) -> list[tuple[str, str]]:
        listed = self.headers.get("X-Gateway-Trail", "")
        attempts = [attempt.split(";") for attempt in listed.split(", ") if attempt]
        return [(parts[0], parts[1].removeprefix("outcome=")) for parts in attempts]


async def ask(gateway: Running, *, headers: Mapping[str, str] | None = None, **body: Any) -> Reply:
    """One request, for a picture of its own unless ``image`` or ``url`` tells another."""
    started = time.monotonic()
    if not body.keys() & {"image", "url"}:
        body["image"] = picture(str(started))
    status, answer, given = await gateway.ask(body, **(headers or {}))
    outcome = answer.get("error_code", "ok")
    return Reply(status, outcome, answer.get("result", {}), given, time.monotonic() - started)
