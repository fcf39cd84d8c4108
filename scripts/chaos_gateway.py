"""The gateway under trial as a process of its own: its configuration, its log, its numbers."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parent.parent

DEADLINE = 10.0
ATTEMPT = 1.5
"""Seconds that a request and one attempt may take."""

PRICES = {"a": 0.03, "b": 0.02, "c": 0.01}
CONCURRENCY, PATIENCE = 6, 0.5
"""Calls at once to a vendor, and seconds that others wait for their turn."""

RETRIES = 1
"""That may be under way at one vendor: there are never so many requests that a tenth of them would be more."""

COOLDOWN, THRESHOLD = 1.0, 5
HEDGES = 0.1
HEDGED, PLAIN = "hedged", "plain"
"""The two routes, for documents of Viet Nam and of Thailand."""

LABELS = frozenset({"route", "upstream", "kind", "outcome", "to", "reason"})


def configuration(urls: Mapping[str, str], folder: Path) -> str:
    """YAML for a route with and one without hedging along all vendors, in opposite order."""
    policies = {
        "timeout": ATTEMPT,
        "first_byte_timeout": ATTEMPT,
        "idle_timeout": 1.0,
        "retry": {
            "attempts": 2,
            "base": 0.05,
            "cap": 0.2,
            "max_wait": 0.5,
            "budget": {"ratio": 0.1, "minimum": RETRIES},
        },
        "breaker": {"consecutive": THRESHOLD, "window": 5, "cooldown": COOLDOWN, "max_cooldown": 3 * COOLDOWN},
        "limits": {"concurrency": CONCURRENCY, "queue": 64, "wait": PATIENCE},
    }
    accept = {"require": ["document_number", "birth_date"], "truth": True}
    routes = [
        {
            "name": HEDGED,
            "when": {"country_region": ["VNM"]},
            "targets": sorted(urls, reverse=True),
            "accept": accept,
            "hedge": {"after": 0.4, "budget": HEDGES},
        },
        {"name": PLAIN, "targets": sorted(urls), "accept": accept},
    ]
    sections = {
        "server": {"listen": "127.0.0.1:0", "deadline": DEADLINE, "drain": 5},
        "admin": {"listen": "127.0.0.1:0"},
        "journal": {"directory": str(folder / "journal")},
        "callers": {"anonymous": True},
        "upstreams": {
            name: {
                "adapter": "huawei_id_document",
                "options": {"endpoint": url, "project_id": "p"},
                "price": PRICES[name],
                **policies,
            }
            for name, url in urls.items()
        },
        "routes": routes,
    }
    return "\n".join(f"{name}: {json.dumps(section)}" for name, section in sections.items())


@dataclass(frozen=True)
class Sample:
    """Numbers at one moment of the monotonic clock: bytes of memory, open files, metrics by name and label values."""

    at: float
    memory: int
    files: int
    metrics: Mapping[tuple[str, ...], float]

    def total(self, name: str, **labels: str) -> float:
        """The sum of all series of ``name`` with these values among their labels."""
        wanted = set(labels.values())
        return sum(
            value for (metric, *values), value in self.metrics.items() if metric == name and wanted <= set(values)
        )


@dataclass
class Gateway:
    """``samples`` grows while it is watched; ``log`` and ``journal`` are complete once it has stopped."""

    process: asyncio.subprocess.Process
    folder: Path
    session: aiohttp.ClientSession
    url: str
    admin: str
    samples: list[Sample] = field(default_factory=list)

    async def sample(self) -> Sample:
        async with self.session.get(f"{self.admin}/metrics") as response:
            metrics = dict(_series(await response.text()))
        process = Path(f"/proc/{self.process.pid}")
        pages = int((process / "statm").read_text().split()[1])
        files = len(list((process / "fd").iterdir()))
        taken = Sample(time.monotonic(), pages * os.sysconf("SC_PAGE_SIZE"), files, metrics)
        self.samples.append(taken)
        return taken

    async def watch(self, every: float = 0.25) -> None:
        """Take samples until cancelled."""
        while True:
            await self.sample()
            await asyncio.sleep(every)

    async def stop(self) -> int:
        """End it as an orchestrator would, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()

    def log(self) -> Iterator[dict[str, Any]]:
        yield from map(json.loads, (self.folder / "log").read_text().splitlines())

    def journal(self) -> Iterator[dict[str, Any]]:
        for file in sorted((self.folder / "journal").iterdir()):
            yield from map(json.loads, file.read_text().splitlines())


def _series(text: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """Name and values of the labels of interest; the rest of the metrics is of no interest here."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if family.type != "histogram":
                values = [
                    value for name, value in sample.labels.items() if name in LABELS or name.endswith("_upstream")
                ]
                yield (sample.name, *values), sample.value


@asynccontextmanager
async def serving(urls: Mapping[str, str], folder: Path, *arguments: str) -> AsyncIterator[Gateway]:
    """The gateway in front of the vendors at ``urls``; ``arguments`` go to the interpreter."""
    file = folder / "gateway.yaml"
    file.write_text(configuration(urls, folder))
    command: Sequence[str] = (sys.executable, *arguments, "-m", "gateway", "serve", "--config", str(file))
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log, cwd=ROOT)
    try:
        listen, admin = await _addresses(process, folder / "log")
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            yield Gateway(process, folder, session, listen, admin)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _addresses(process: asyncio.subprocess.Process, log: Path) -> tuple[str, str]:
    """Of the caller side and the admin side, from the log line that tells them."""
    while process.returncode is None:
        if entry := _serving(log):
            return entry["listen"], entry["admin"]
        await asyncio.sleep(0.05)
    raise SystemExit(f"the gateway did not start; its log is in {log}")


def _serving(log: Path) -> dict[str, str] | None:
    lines = [line for line in log.read_text().splitlines() if '"serving"' in line]
    return json.loads(lines[0]) if lines else None
