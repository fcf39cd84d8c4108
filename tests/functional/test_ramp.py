"""Splits, ramps, residency and chosen targets through the whole gateway, over HTTP."""

from __future__ import annotations

import asyncio
import base64
from contextlib import AsyncExitStack

from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry

from gateway.admin.views import admin_application
from gateway.events import RampChanged
from tests.fakes import make_query
from tests.inprocess import running
from tests.pictures import jpeg
from tests.redis_server import redis_server

BODY = {"image": base64.b64encode(jpeg(400, 300)).decode(), "country_region": ["THA"], "id_type": ["PP"]}
UPSTREAMS = """
server: {coalesce: false}
upstreams:
  old: {adapter: replay, region: th}
  new: {adapter: replay, region: sg}
  far: {adapter: replay}
"""


async def answers(gateway, times: int = 40, **headers: str) -> list[str]:
    """Who answered, request by request."""
    replies = [await gateway.ask(BODY, **headers) for _ in range(times)]
    assert {status for status, _, _ in replies} == {200}
    return [head["X-Gateway-Upstream"] for _, _, head in replies]


async def test_a_split_by_request():
    route = "{name: r, targets: [old, new], split: {key: request, weights: {old: 50, new: 50}}}"
    async with running(f"{UPSTREAMS}\nroutes: [{route}]") as gateway:
        assert set(await answers(gateway)) == {"old", "new"}


async def test_a_split_by_caller_is_sticky():
    route = "{name: r, targets: [old, new], split: {weights: {old: 50, new: 50}}}"
    async with running(f"{UPSTREAMS}\nroutes: [{route}]") as gateway:
        assert len(set(await answers(gateway))) == 1


ROUTES = """
routes:
  - {name: gold, when: {header: {X-Tenant: gold}}, targets: [new]}
  - {name: large, when: {min_bytes: 100000}, targets: [far]}
  - {name: r, targets: [old, new]}
"""
CALLERS = """{{accounts: [
  {{name: tester, project_ids: [{project}], token: {{env: TESTER}}, may_choose: true}},
  {{name: guest, project_ids: [{project}], token: {{env: OTHER}}}}]}}"""


async def test_headers_and_sizes_choose_the_route():
    async with running(UPSTREAMS + ROUTES) as gateway:
        assert await answers(gateway, 1) == ["old"]
        assert await answers(gateway, 1, **{"X-Tenant": "gold"}) == ["new"]
        assert await answers(gateway, 1, **{"X-Tenant": "tin"}) == ["old"]


async def test_who_may_choose_is_obeyed_and_others_are_refused():
    callers = " ".join(CALLERS.format(project="0123456789abcdef0123456789abcdef").split())
    async with running(UPSTREAMS + ROUTES, callers=callers, TESTER="t", OTHER="o") as gateway:
        tester, other = {"X-Auth-Token": "t"}, {"X-Auth-Token": "o"}
        assert await answers(gateway, 1, **tester) == ["old"]
        assert await answers(gateway, 1, **tester, **{"X-Gateway-Target": "new"}) == ["new"]
        for headers in (
            {**tester, "X-Gateway-Target": "far"},
            {**other, "X-Gateway-Target": "new"},
            {**other, "X-Gateway-No-Fallback": "true"},
        ):
            status, body, _ = await gateway.ask(BODY, **headers)
            assert (status, body["error_code"]) == (400, "AIS.0101")


RAMP = """
state: {{directory: {folder}}}
routes:
  - name: r
    targets: [old]
    migrate: {{from: old, to: new, steps: [50, 100], key: request, advance: {{samples: 20, after: 0}}, gates: {gates}}}
"""


def ramped(folder, *, gates: str = "{success: 0.8, minimum: 20}", failing: str = "") -> str:
    return UPSTREAMS.replace("region: sg", f"region: sg{failing}") + RAMP.format(folder=folder, gates=gates)


async def test_a_ramp_climbs_over_http_and_its_operators_have_the_last_word(tmp_path):
    async with AsyncExitStack() as stack:
        gateway = await stack.enter_async_context(running(ramped(tmp_path)))
        assert set(await answers(gateway, 120)) == {"old", "new"}
        migration = gateway.gateway.migrations["r"]
        await migration.sync()
        assert migration.state("THA-PP").share == 100
        assert set(await answers(gateway, 20)) == {"new"}
        app = admin_application(
            CollectorRegistry(), ready=list, openapi="{}", take_again=None, ramps=lambda: gateway.gateway.ramps
        )
        admin = await stack.enter_async_context(TestClient(TestServer(app)))
        response = await admin.post("/api/routes/r/rollback?pair=THA-PP")
        assert (response.status, (await response.json())["pairs"][0]["state"]) == (200, "rolled_back")
        assert set(await answers(gateway, 20)) == {"old"}
        assert (await admin.post("/api/routes/r/stop")).status == 404
        assert (await admin.post("/api/routes/s/pause")).status == 404
        assert (await admin.get("/api/routes")).status == 200
        value = gateway.registry.get_sample_value
        assert value("gateway_ramp_weight_ratio", {"route": "r", "pair": "THA-PP"}) == 0
        assert value("gateway_ramp_state", {"route": "r", "pair": "THA-PP"}) == 3
    async with running(ramped(tmp_path)) as gateway:
        assert set(await answers(gateway, 20)) == {"old"}


async def test_a_newcomer_that_fails_is_thrown_back_and_no_caller_sees_it(tmp_path):
    config = ramped(tmp_path, failing=", options: {faults: {UpstreamUnavailable: 1}}")
    async with running(config) as gateway:
        assert set(await answers(gateway, 120)) == {"old"}
        await gateway.gateway.migrations["r"].sync()
        changes = [event for event in gateway.events if isinstance(event, RampChanged)]
        assert [(event.share, event.state, event.reason) for event in changes][-1] == (0, "rolled_back", "failed")
        assert changes[-1].verdicts == {"success": "fail"}


async def test_replicas_on_one_redis_agree_though_one_of_them_is_replaced(tmp_path):
    with redis_server(tmp_path) as redis:
        config = ramped(tmp_path).replace(f"directory: {tmp_path}", f"url: 'redis://127.0.0.1:{redis.port}/0'")
        async with running(config) as one:
            async with running(config) as other:
                for gateway in (one, other):
                    await answers(gateway, 60)
                for gateway in (one, other, one, other):
                    await gateway.gateway.migrations["r"].sync()
                states = [gateway.gateway.migrations["r"].state("THA-PP") for gateway in (one, other)]
                assert states[0] == states[1]
                assert states[0].share == 100
            await one.gateway.ramps.order("r", "rollback")
            async with running(config) as other:
                assert set(await answers(other, 20)) == {"old"}
                await other.gateway.ramps.order("r", "resume", "THA-PP")
            await one.gateway.migrations["r"].sync()
            assert set(await answers(one, 40)) == {"old", "new"}


def picture(number: int) -> dict[str, object]:
    return BODY | {"image": base64.b64encode(jpeg(400, 300) + number.to_bytes(2)).decode()}


async def test_a_newcomer_that_misreads_is_thrown_back_by_what_the_shadow_sees(tmp_path):
    """On one pair: nothing is known against it on the others."""
    config = ramped(
        tmp_path, gates="{agreement: {birth_date: 0.9}, minimum: 20}", failing=", options: {wrong: {birth_date: 0.4}}"
    )
    config = config.replace("gates:", "steps: [20, 100], gates:").replace("steps: [50, 100], ", "")
    async with running(config + "    shadow: {candidate: new, fraction: 1, concurrency: 8}\n") as gateway:
        for number in range(100):
            assert (await gateway.ask(picture(number)))[0] == 200
        async with asyncio.timeout(10):
            while gateway.gateway.migrations["r"].state("THA-PP").state != "rolled_back":
                await gateway.gateway.migrations["r"].sync()
                await asyncio.sleep(0)
        changes = [event for event in gateway.events if isinstance(event, RampChanged) and event.reason == "failed"]
        assert {event.pair for event in changes} == {"THA-PP", "any"}
        assert all(event.verdicts["agreement.birth_date"] == "fail" for event in changes)
        assert gateway.gateway.migrations["r"].state("VNM-ID").share == 20


async def test_documents_stay_within_their_regions():
    down = UPSTREAMS.replace("old: {adapter: replay", "old: {adapter: huawei_id_document").replace(
        "region: th", "region: eu, options: {endpoint: http://127.0.0.1:9, project_id: p}"
    )
    route = "{name: r, targets: [old, new], residency: [sg]}"
    async with running(f"{down}\nroutes: [{route}]") as gateway:
        assert await answers(gateway, 2) == ["new", "new"]


async def test_a_rehearsed_end():
    upstreams = UPSTREAMS.replace("region: th", "region: th, brownout: {before: 2999-01-01T00:00:00Z, fraction: 0.5}")
    async with running(f"{upstreams}\nroutes: [{{name: r, targets: [old, new]}}]") as gateway:
        assert set(await answers(gateway, 40)) == {"old", "new"}


async def test_explain_in_a_gateway_at_work(tmp_path):
    async with running(ramped(tmp_path)) as gateway:
        verdict = gateway.gateway.explain(make_query())[0]
        assert [(target.name, target.percent) for target in verdict.targets] == [("new", 50), ("old", 50)]
