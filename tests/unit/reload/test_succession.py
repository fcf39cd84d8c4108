from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from gateway.config.load import load_text
from gateway.errors import UpstreamMisconfigured
from gateway.image.fetch import Fetcher, FetchPolicy
from gateway.image.load import ImageLoader
from gateway.image.obs import ObjectStorage
from gateway.migrate.ramps import Ramps
from gateway.model import IdDocument, Query, Recognition
from gateway.reload.measures import metrics_for
from gateway.reload.succession import MOST_RETIRED, Succession
from gateway.resilience.caller_limits import CallerLimits
from gateway.state.memory import MemoryStore
from gateway.wire.auth import Callers
from gateway.wire.serving import Parts, WireSettings
from tests.fakes import Events
from tests.reloading import PROJECT, picture, until

TEXT = """
callers: {{anonymous: true}}
server: {{drain: {drain}}}
upstreams: {{{name}: {{adapter: replay, options: {{}}}}}}
routes: [{{name: all, targets: [{name}]}}]
"""


class FakeGeneration:
    """Answers under its name, once it may; ``log`` tells when it was opened and closed."""

    def __init__(self, name: str, log: list[str], *, works: bool = True, held: bool = False, drain: float = 30.0):
        self.name, self.works, self.log = name, works, log
        self.config = load_text(TEXT.format(name=name, drain=drain), name="test.yaml")
        self.gateway = SimpleNamespace(nests={}, ramps=Ramps())
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        if not held:
            self.go.set()

    async def __aenter__(self) -> Parts:
        await asyncio.sleep(0)
        self.log.append(f"{self.name} opens")
        if not self.works:
            raise UpstreamMisconfigured("it does not work")
        loader = ImageLoader(ObjectStorage(Fetcher(FetchPolicy())))
        return Parts(WireSettings(), Callers(True), CallerLimits({}, MemoryStore()), self, loader, Events())

    async def __aexit__(self, *_: object) -> None:
        self.log.append(f"{self.name} closes")

    async def recognize(self, _query: Query, /) -> Recognition:
        self.asked.set()
        await self.go.wait()
        return Recognition(IdDocument(country_region="THA"), self.name)


class Bench:
    """A succession that is served."""

    def __init__(self, first: FakeGeneration) -> None:
        self.registry = CollectorRegistry()
        self.succession = Succession(first, metrics_for(self.registry, first.config))

    async def __aenter__(self):
        await self.succession.__aenter__()
        self.client = TestClient(TestServer(self.succession.application))
        await self.client.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()
        await self.succession.__aexit__(None, None, None)

    async def ask(self) -> str:
        """Who answers."""
        async with self.client.post(f"/v2/{PROJECT}/ocr/id-document", json=picture()) as response:
            assert response.status == 200
            return response.headers["X-Gateway-Upstream"]

    def start(self) -> asyncio.Task[str]:
        return asyncio.get_running_loop().create_task(self.ask())


async def test_the_old_one_is_closed_when_its_last_request_is_over():
    log: list[str] = []
    old, new = FakeGeneration("old", log, held=True), FakeGeneration("new", log)
    async with Bench(old) as bench:
        under_way = bench.start()
        await old.asked.wait()
        await bench.succession.replace(new)
        assert bench.succession.current is new
        assert await bench.ask() == "new"
        assert log == ["old opens", "new opens"]
        assert bench.registry.get_sample_value("gateway_inflight_requests") == 1
        old.go.set()
        assert await under_way == "old"
        await until(lambda: "old closes" in log)
    assert log == ["old opens", "new opens", "old closes", "new closes"]


async def test_without_requests_it_is_closed_at_once():
    log: list[str] = []
    async with Bench(FakeGeneration("old", log)) as bench:
        await bench.succession.replace(FakeGeneration("new", log))
        await until(lambda: log == ["old opens", "new opens", "old closes"], 1.0)


async def test_it_is_closed_anyway_when_its_time_is_up(caplog):
    log: list[str] = []
    old = FakeGeneration("old", log, held=True)
    async with Bench(old) as bench:
        under_way = bench.start()
        await old.asked.wait()
        with caplog.at_level(logging.WARNING):
            await bench.succession.replace(FakeGeneration("new", log, drain=0.01))
            await until(lambda: "old closes" in log)
        expected = f"configuration {old.config.hash} is closed although 1 request(s) are under way"
        assert [record.getMessage() for record in caplog.records] == [expected]
        old.go.set()
        assert await under_way == "old"


async def test_one_that_cannot_be_opened_changes_nothing():
    log: list[str] = []
    old = FakeGeneration("old", log)
    async with Bench(old) as bench:
        for _ in range(2 * MOST_RETIRED):
            with pytest.raises(UpstreamMisconfigured):
                await bench.succession.replace(FakeGeneration("bad", log, works=False))
        assert bench.succession.current is old
        assert await bench.ask() == "old"
        assert bench.registry.get_sample_value("gateway_config_info", {"hash": old.config.hash}) == 1
    assert log == ["old opens", *["bad opens"] * 2 * MOST_RETIRED, "old closes"]


async def test_only_so_many_wait_for_their_last_request():
    log: list[str] = []
    generations = [FakeGeneration(f"g{number}", log, held=True) for number in range(MOST_RETIRED + 2)]
    async with Bench(generations[0]) as bench:
        requests = []
        for generation in generations[1:-1]:
            requests.append(bench.start())
            await bench.succession.current.asked.wait()
            await bench.succession.replace(generation)
        requests.append(bench.start())
        await bench.succession.current.asked.wait()
        last = asyncio.get_running_loop().create_task(bench.succession.replace(generations[-1]))
        await asyncio.sleep(0.05)
        assert not last.done()
        generations[3].go.set()
        await last
        assert "g3 closes" in log
        for generation in generations:
            generation.go.set()
        assert await asyncio.gather(*requests) == [f"g{number}" for number in range(MOST_RETIRED + 1)]
    assert len(log) == 2 * len(generations)


async def test_the_names_of_the_metrics_follow():
    log: list[str] = []
    async with Bench(FakeGeneration("old", log)) as bench:
        await bench.succession.replace(FakeGeneration("new", log))
        labels = {"upstream": "new", "kind": "primary", "outcome": "ok"}
        assert bench.registry.get_sample_value("gateway_attempts_total", labels) == 0
